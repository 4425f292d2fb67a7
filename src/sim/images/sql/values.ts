import type { Dialect } from './tokens.js';

/** A value: dates and times are texts, as both databases print them. */
export type Value = string | number | boolean | null;

/** A type of columns and expressions. `name` is how it was written; `sort` is how it behaves. */
export interface ColumnType {
  readonly sort: 'integer' | 'decimal' | 'text' | 'boolean' | 'time' | 'unknown';
  readonly name: string;
  /** Digits after the point of decimals; undefined: as they come. */
  readonly scale?: number;
  /** The most characters of a text. */
  readonly length?: number;
}

export const INTEGER: ColumnType = { sort: 'integer', name: 'int' };
export const TEXT: ColumnType = { sort: 'text', name: 'text' };
export const BOOLEAN: ColumnType = { sort: 'boolean', name: 'boolean' };
export const TIME: ColumnType = { sort: 'time', name: 'timestamp' };
export const UNKNOWN: ColumnType = { sort: 'unknown', name: 'unknown' };

/** A decimal with so many digits behind its point. */
export function decimalOf(scale: number): ColumnType {
  return { sort: 'decimal', name: 'decimal', scale };
}

/** A value as a client is told it; null stays null. */
export function shownValue(value: Value, type: ColumnType, dialect: Dialect): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return dialect === 'mysql' ? (value ? '1' : '0') : value ? 't' : 'f';
  if (typeof value === 'number' && type.sort === 'decimal' && type.scale !== undefined)
    return value.toFixed(Math.min(type.scale, 20));
  return String(value);
}

/** A value as a number, where one is needed. */
export function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return Number.parseFloat(value ?? '') || 0;
}

/** Whether a condition holds; unknown does not. */
export function holds(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  return value !== null && numberOf(value) !== 0;
}

/** Orders two values that are both there: below 0, 0, above 0. */
export function compareValues(one: Value, other: Value, dialect: Dialect): number {
  if (typeof one === 'string' && typeof other === 'string') {
    const [a, b] = dialect === 'mysql' ? [one.toLowerCase(), other.toLowerCase()] : [one, other];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (typeof one === 'string' && typeof other === 'boolean')
    return compareValues(/^t|^1|^y|^on/i.test(one), other, dialect);
  if (typeof one === 'boolean' && typeof other === 'string')
    return compareValues(one, /^t|^1|^y|^on/i.test(other), dialect);
  return numberOf(one) - numberOf(other);
}

/** Orders for ORDER BY; MySQL has nulls first, PostgreSQL last. */
export function orderValues(one: Value, other: Value, dialect: Dialect): number {
  if (one === null || other === null) {
    const sign = dialect === 'mysql' ? 1 : -1;
    return one === other ? 0 : one === null ? -sign : sign;
  }
  return compareValues(one, other, dialect);
}
