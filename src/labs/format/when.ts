import type { Expected, Plain, VariantValue, When } from './lab.js';
import { type Draw, isSeveral, nameOf } from './variants.js';

/**
 * The value of `name` or `name.field`; undefined when there is none. Of several drawn ones it is a list: their names, or
 * that field of each.
 */
export function drawnValue(values: Draw, path: string): Plain | readonly Plain[] | undefined {
  const [name = '', field, ...rest] = path.split('.');
  if (rest.length > 0 || !Object.hasOwn(values, name)) return undefined;
  const drawn = values[name] as Draw[string];
  if (!isSeveral(drawn)) return partOf(drawn, field);
  const parts = drawn.flatMap((one) => partOf(one, field) ?? []);
  return parts.length > 0 ? parts : undefined;
}

/** Whether a condition holds; without one it does. */
export function applies(when: When | undefined, values: Draw): boolean {
  return Object.entries(when ?? {}).every(([path, expected]) => isAsExpected(expected, drawnValue(values, path)));
}

function isAsExpected(expected: Expected, value: Plain | readonly Plain[] | undefined): boolean {
  if (value === undefined) return false;
  if (typeof expected !== 'object') return value === expected;
  const found: readonly Plain[] = typeof value === 'object' ? value : [value];
  if (isList(expected)) return typeof value !== 'object' && expected.includes(value);
  const { has, lacks } = expected;
  if (has !== undefined && !listOf(has).some((one) => found.includes(one))) return false;
  return lacks === undefined || !listOf(lacks).some((one) => found.includes(one));
}

function partOf(value: VariantValue, field: string | undefined): Plain | undefined {
  if (field === undefined) return nameOf(value);
  return typeof value === 'object' && Object.hasOwn(value, field) ? value[field] : undefined;
}

const listOf = (value: Plain | readonly Plain[]): readonly Plain[] => (typeof value === 'object' ? value : [value]);

function isList(expected: Expected): expected is readonly Plain[] {
  return Array.isArray(expected);
}
