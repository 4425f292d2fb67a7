/** `node scripts/run.mjs test/reference/resize/show-resize.ts [WORDS…]`: what of changes of resources differs from the real server. */
import { showComparison } from '../sequences/show.js';
import { compareResize } from './compare-resize.js';

showComparison(compareResize(), process.argv.slice(2));
