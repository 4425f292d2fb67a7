/** All sequences, alphabetically by name. */
import { BAD_BODIES } from './bad-bodies.js';
import { BAD_PROTOBUF } from './bad-messages.js';
import { BAD_PATHS, BAD_QUERIES } from './bad-places.js';
import { BODIES } from './bodies.js';
import { DELETION } from './deleting.js';
import { JSON_PATCHES, MERGE_PATCHES, STRATEGIC_PATCHES } from './patches.js';
import { PAGING, SELECTORS } from './reading.js';
import type { Sequence } from './sequence.js';
import { WATCHES } from './watching.js';
import { WRITING } from './writing.js';

/** The sequences. */
export const SEQUENCES: readonly Sequence[] = [
  BAD_BODIES,
  BAD_PATHS,
  BAD_PROTOBUF,
  BAD_QUERIES,
  BODIES,
  DELETION,
  JSON_PATCHES,
  MERGE_PATCHES,
  PAGING,
  SELECTORS,
  STRATEGIC_PATCHES,
  WATCHES,
  WRITING,
];
