/** All sequences, alphabetically by name. */
import { BODIES } from './bodies.js';
import { DELETION } from './deleting.js';
import { JSON_PATCHES, MERGE_PATCHES, STRATEGIC_PATCHES } from './patches.js';
import { PAGING, SELECTORS } from './reading.js';
import type { Sequence } from './sequence.js';
import { WATCHES } from './watching.js';
import { WRITING } from './writing.js';

/** The sequences. */
export const SEQUENCES: readonly Sequence[] = [
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
