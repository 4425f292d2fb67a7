import { isJsonObject } from '../../api/object.js';
import { ownField } from '../../api/set-field.js';
import type { Values } from '../chart/chart.js';

/** What stands at a dotted path; undefined when there is nothing, or a table (helm then sees no value). */
export function pathValue(values: Values, path: string): unknown {
  const parts = path.split('.');
  const table = tableAt(values, parts.slice(0, -1).join('.'));
  const value = table && ownField(table, parts.at(-1) ?? '');
  return isJsonObject(value) ? undefined : value;
}

/** The table at a dotted path; undefined when there is none. */
export function tableAt(values: Values, path: string): Values | undefined {
  let table: unknown = values;
  for (const part of path === '' ? [] : path.split('.')) {
    if (!isJsonObject(table)) return undefined;
    table = ownField(table, part);
  }
  return isJsonObject(table) ? table : undefined;
}
