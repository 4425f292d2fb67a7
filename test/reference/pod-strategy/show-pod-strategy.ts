/** `node scripts/run.mjs test/reference/pod-strategy/show-pod-strategy.ts [WORDS…]`: what of new pods differs from the real server. */
import { showComparison } from '../sequences/show.js';
import { comparePodStrategy } from './compare-pod-strategy.js';

showComparison(comparePodStrategy(), process.argv.slice(2));
