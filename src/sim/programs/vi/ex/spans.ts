export { SECOND } from '../../../kernel/time.js';

/** A day in microseconds. */
export const DAY = 86_400_000_000;
