/** Our answers about new pods beside the real ones. */
import { ourServer } from '../our-server.js';
import { type Comparison, compareSequences } from '../sequences/compare.js';
import { POD_STRATEGY_SEQUENCES } from './steps.js';

/** Asks our server everything that was asked of the real one. */
export function comparePodStrategy(): Comparison[] {
  return compareSequences(ourServer(), 'pod-strategy', POD_STRATEGY_SEQUENCES);
}
