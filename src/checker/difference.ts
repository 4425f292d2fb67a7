import { deepEqual } from './condition.js';
import { hasFields } from './has-fields.js';

/** Where two values differ: below which path, and what stands there in each. */
export interface Difference {
  /** `.template.spec.containers[0].image`; empty when they differ as a whole. */
  readonly path: string;
  readonly one: unknown;
  readonly other: unknown;
}

/** The first place at which two different values differ: as deep as both have the same shape. */
export function firstDifferent(one: unknown, other: unknown): Difference {
  if (!hasFields(one) || !hasFields(other) || Array.isArray(one) !== Array.isArray(other))
    return { path: '', one, other };
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return { path: '', one, other };
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (deepEqual(one[key], other[key])) continue;
    const below = firstDifferent(one[key], other[key]);
    return { ...below, path: `${Array.isArray(one) ? `[${key}]` : step(key)}${below.path}` };
  }
  return { path: '', one, other };
}

function step(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key}']`;
}
