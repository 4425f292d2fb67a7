/** Errors of programs that run, in cel-go's words. */
import { CelError } from '../values.js';

/** A function has no way to take these arguments. */
export const NO_OVERLOAD = new CelError('no such overload');
/** An int became too large. */
export const INT_OVERFLOW = new CelError('integer overflow');
/** An unsigned number became too large, or less than zero. */
export const UINT_OVERFLOW = new CelError('unsigned integer overflow');
/** A span of time became too long. */
export const DURATION_OVERFLOW = new CelError('duration overflow');
/** An instant left the years 1 to 9999. */
export const TIMESTAMP_OVERFLOW = new CelError('timestamp overflow');
