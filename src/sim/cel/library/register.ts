/** All groups of functions, in the order they are declared. */
import type { Library } from '../environment.js';
import { OPERATORS } from './operators.js';
import { STANDARD } from './standard.js';
import { TIMES } from './times.js';

/** What every environment has. */
export const LIBRARIES: readonly Library[] = [OPERATORS, STANDARD, TIMES];
