/** `node scripts/run.mjs test/reference/custom/show-custom.ts [WORDS…]`: what of custom kinds differs from the real server. */
import { showComparison } from '../sequences/show.js';
import { compareCustom } from './compare-custom.js';

showComparison(compareCustom(), process.argv.slice(2));
