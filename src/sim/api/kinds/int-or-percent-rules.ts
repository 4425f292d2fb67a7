/** Rules of numbers that may be percentages: budgets and rolling updates (apps/validation). */
import { type FieldError, invalid } from '../field-error.js';
import { percent } from '../names.js';
import type { IntOrString } from '../object.js';
import { nonnegative } from './meta.js';

/** A number of at least zero, or a percentage. */
export function nonnegativeIntOrPercent(path: string, value: IntOrString): FieldError[] {
  if (typeof value === 'number') return nonnegative(path, value);
  return percent(value).map((message) => invalid(path, value, message));
}

/** Percentages end at a hundred. */
export function atMost100Percent(path: string, value: IntOrString): FieldError[] {
  const share = percentValue(value);
  return share !== undefined && share > 100 ? [invalid(path, value, 'must not be greater than 100%')] : [];
}

/** The number, or the percentage's number; 0 for what is neither. */
export function plainValue(value: IntOrString | undefined): number {
  if (value === undefined) return 0;
  return percentValue(value) ?? (typeof value === 'number' ? value : Number(value) || 0);
}

function percentValue(value: IntOrString): number | undefined {
  return typeof value === 'string' && percent(value).length === 0 ? Number(value.slice(0, -1)) : undefined;
}

/** How fast a workload is replaced, as messages print it: the server's own form, whose fields have no JSON names. */
export function internalRollingUpdate(
  update: { readonly maxUnavailable?: IntOrString; readonly maxSurge?: IntOrString } | undefined,
): object | null {
  return update ? { MaxUnavailable: update.maxUnavailable ?? 0, MaxSurge: update.maxSurge ?? 0 } : null;
}
