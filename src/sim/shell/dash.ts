import type { Program } from '../kernel/sys.js';
import { shellProgram } from './bash.js';
import { DASH } from './dialect/dash.js';

/** dash 0.5.12, Debian's and Ubuntu's `sh`. */
export const dash: Program = shellProgram(DASH);
