/** Ranges of sizes and costs, which end where 64 bits do. */
import type { Estimate } from '../program.js';

/** The largest amount there is. */
export const MOST = 2 ** 64;

/** Anything from nothing to everything. */
export const UNKNOWN: Estimate = { min: 0, max: MOST };

function capped(amount: number): number {
  return amount >= MOST ? MOST : amount;
}

/** An amount that is known. */
export function fixed(amount: number): Estimate {
  return { min: amount, max: amount };
}

/** The sum of two. */
export function plus(a: Estimate, b: Estimate): Estimate {
  return { min: capped(a.min + b.min), max: capped(a.max + b.max) };
}

/** The product of two. */
export function times(a: Estimate, b: Estimate): Estimate {
  return { min: capped(a.min * b.min), max: capped(a.max * b.max) };
}

/** So many times as much, rounded up. */
export function scaled(a: Estimate, factor: number): Estimate {
  return { min: capped(Math.ceil(a.min * factor)), max: capped(Math.ceil(a.max * factor)) };
}

/** What lies in either. */
export function union(a: Estimate, b: Estimate): Estimate {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}
