import type { Program } from '../kernel/sys.js';
import { shellProgram } from './bash.js';
import { ASH } from './dialect/ash.js';

/** busybox's shell, by the names ash and sh. */
export const ash: Program = shellProgram(ASH);
