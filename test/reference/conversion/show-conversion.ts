/** `node scripts/run.mjs test/reference/conversion/show-conversion.ts [WORDS…]`: what of conversion differs from the real server. */
import { showComparison } from '../sequences/show.js';
import { compareConversion } from './compare-conversion.js';

showComparison(compareConversion(), process.argv.slice(2));
