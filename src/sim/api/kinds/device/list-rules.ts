/** Lists that may not grow too long, and whose items are checked each by itself (resource/validation validateSlice, validateSet). */
import { duplicate, type FieldError, tooMany } from '../../field-error.js';

/** How an item is checked, and where it stands. */
export type ItemRule<T> = (path: string, item: T) => FieldError[];

/** A list of at most so many items. */
export function validateItems<T>(
  path: string,
  items: readonly T[] | null | undefined,
  limit: number,
  rule: ItemRule<T>,
): FieldError[] {
  if (!items) return [];
  if (items.length > limit) return [tooMany(path, items.length, limit)];
  return items.flatMap((item, index) => rule(`${path}[${index}]`, item));
}

/** The same, with no two items of the same key. */
export function validateUniqueItems<T>(
  path: string,
  items: readonly T[] | null | undefined,
  limit: number,
  rule: ItemRule<T>,
  keyOf: (item: T) => string,
): FieldError[] {
  const errors = validateItems(path, items, limit, rule);
  if (!items || items.length > limit) return errors;
  const seen = new Set<string>();
  items.forEach((item, index) => {
    const key = keyOf(item);
    if (seen.has(key)) errors.push(duplicate(`${path}[${index}]`, key));
    seen.add(key);
  });
  return errors;
}
