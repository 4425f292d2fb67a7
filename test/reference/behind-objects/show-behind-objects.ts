/** `node scripts/run.mjs test/reference/behind-objects/show-behind-objects.ts [WORDS…]`: what differs from the real server. */
import { showComparison } from '../sequences/show.js';
import { compareBehindObjects } from './compare-behind-objects.js';

showComparison(compareBehindObjects(), process.argv.slice(2));
