/** Our answers about custom kinds beside the real ones. */
import { ourServer } from '../our-server.js';
import { type Comparison, compareSequences } from '../sequences/compare.js';
import { CUSTOM_SEQUENCES } from './sequences.js';

/** Asks our server everything that was asked of the real one. */
export function compareCustom(): Comparison[] {
  return compareSequences(ourServer(), 'custom', CUSTOM_SEQUENCES);
}
