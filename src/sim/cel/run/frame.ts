/** What one evaluation goes by and counts. */
import type { Variables } from '../program.js';
import type { Value } from '../values.js';

/** One evaluation. */
export interface Frame {
  cost: number;
  readonly limit: number;
  readonly variables: Variables;
  /** Variables of loops; undefined where one has no value yet. */
  readonly slots: (Value | undefined)[];
}

/** A part of a program. */
export type Step = (frame: Frame) => Value;

/** Thrown, as nothing may look past it: the evaluation has become too dear. */
export const CANCELLED = new Error('operation cancelled: actual cost limit exceeded');

/** Adds to the cost. */
export function charge(frame: Frame, cost: number): void {
  frame.cost += cost;
  if (frame.cost > frame.limit) throw CANCELLED;
}
