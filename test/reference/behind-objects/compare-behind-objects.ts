/** Our answers to requests that make nothing beside the real ones. */
import type { OutgoingAccess } from '../../../src/sim/apiserver/outgoing/outgoing-access.js';
import { dialError } from '../../../src/sim/client/go-errors.js';
import { ourServer } from '../our-server.js';
import { type Comparison, compareSequences } from '../sequences/compare.js';
import { BEHIND_SEQUENCES } from './steps.js';

/** Nobody is there. */
const NOBODY: OutgoingAccess = {
  request({ url }) {
    throw dialError('ECONNREFUSED', new URL(url).host);
  },
};

/** Asks our server everything that was asked of the real one. */
export function compareBehindObjects(): Comparison[] {
  return compareSequences(ourServer({ outgoing: NOBODY }), 'behind-objects', BEHIND_SEQUENCES);
}
