/** Our answers to changes of pods' resources beside the real ones. */
import { ourServer } from '../our-server.js';
import { type Comparison, compareSequences } from '../sequences/compare.js';
import { RESIZE_SEQUENCES } from './steps.js';

/** Asks our server everything that was asked of the real one. */
export function compareResize(): Comparison[] {
  return compareSequences(ourServer(), 'resize', RESIZE_SEQUENCES);
}
