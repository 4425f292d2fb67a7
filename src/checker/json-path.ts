import { JSONPath } from 'jsonpath-plus';
import { Filter } from './filter.js';

/** Everything a JSONPath finds in a value; none when it finds nothing. Its filters compute and run nothing; an Error for one that cannot be read. */
export function findAll(value: unknown, path: string): unknown[] {
  const found: unknown = JSONPath({ path, json: value as object, eval: Filter, wrap: true });
  return Array.isArray(found) ? found : [];
}

/** What a JSONPath means in a check: its one match itself, several as a list, `undefined` for none. */
export function findValue(value: unknown, path: string): unknown {
  const found = findAll(value, path);
  return found.length <= 1 ? found[0] : found;
}
