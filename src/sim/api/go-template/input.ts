import type { MaybeValue } from './go-values.js';

/** What stands for no argument coming through the pipe; nothing at all may come through it. */
export const NO_INPUT = Symbol('no input');
export type Input = MaybeValue | typeof NO_INPUT;
