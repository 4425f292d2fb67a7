import { goPrint } from '../../api/go-value.js';
import { deepCopy, isJsonObject } from '../../api/object.js';
import { ownField, setField } from '../../api/set-field.js';
import { type Chart, chartName, type Values } from '../chart/chart.js';
import { HelmError } from '../errors.js';

/** What helm's log says while values come together; the time is put before it. */
export type Log = (text: string) => void;

const GLOBAL = 'global';

/** The values a chart is rendered with: what was given over its own, down the tree of charts. Null takes away. */
export function coalesceValues(chart: Chart, given: Values, log: Log): Values {
  return coalesce(chart, deepCopy(given), '', false, log);
}

/** The same, where null stays null. */
export function mergeChartValues(chart: Chart, given: Values, log: Log): Values {
  return coalesce(chart, deepCopy(given), '', true, log);
}

function coalesce(chart: Chart, given: Values, prefix: string, merge: boolean, log: Log): Values {
  coalesceOwn(chart, given, prefix, merge, log);
  for (const child of chart.dependencies) {
    const name = chartName(child);
    const own = ownField(given, name);
    if (own === undefined) setField(given, name, {});
    else if (!isJsonObject(own)) throw new HelmError(`type mismatch on ${name}: ${truthText(own)}`);
    const values = ownField(given, name) as Values;
    const path = joined(prefix, chartName(chart));
    coalesceGlobals(values, given, path, log);
    setField(given, name, coalesce(child, values, path, merge, log));
  }
  return given;
}

/** What Go's `%t` makes of something that is no truth value. */
function truthText(value: unknown): string {
  if (typeof value === 'boolean') return String(value);
  const type = typeof value === 'string' ? 'string' : typeof value === 'number' ? 'float64' : undefined;
  return type === undefined ? '%!t(<nil>)' : `%!t(${type}=${goPrint(value)})`;
}

function joined(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}

function coalesceGlobals(values: Values, parent: Values, prefix: string, log: Log): void {
  const own = ownField(values, GLOBAL) ?? {};
  const from = ownField(parent, GLOBAL) ?? {};
  if (!isJsonObject(own)) return log(`warning: skipping globals because destination ${GLOBAL} is not a table.`);
  if (!isJsonObject(from)) return log(`warning: skipping globals because source ${GLOBAL} is not a table.`);
  for (const [key, value] of Object.entries(from)) {
    const mine = ownField(own, key);
    if (isJsonObject(value)) {
      const copy = { ...value };
      if (!Object.hasOwn(own, key)) setField(own, key, copy);
      else if (!isJsonObject(mine))
        log(`Conflict: cannot merge map onto non-map for ${JSON.stringify(key)}. Skipping.`);
      else {
        coalesceTables(copy, mine, joined(prefix, key), true, log);
        setField(own, key, copy);
      }
    } else if (isJsonObject(mine)) log(`key ${key} is table. Skipping`);
    else setField(own, key, value);
  }
  setField(values, GLOBAL, own);
}

/** A chart's own values below those given. */
function coalesceOwn(chart: Chart, given: Values, prefix: string, merge: boolean, log: Log): void {
  const path = joined(prefix, chartName(chart));
  const children = new Set(chart.dependencies.map(chartName));
  for (const [key, value] of Object.entries(deepCopy(chart.values) ?? {})) {
    if (!Object.hasOwn(given, key)) {
      if (!merge && value === null) continue;
      if (!merge && isJsonObject(value)) cleanNulls(value);
      setField(given, key, value);
      continue;
    }
    const own = ownField(given, key);
    if (own === null && !merge) delete given[key];
    else if (isJsonObject(own)) {
      if (isJsonObject(value)) {
        const merging = merge || children.has(key);
        if (!merging) cleanNulls(value);
        coalesceTables(own, value, joined(path, key), merging, log);
      } else if (value !== null) log(`warning: skipped value for ${path}.${key}: Not a table.`);
    }
  }
}

/** Fills what one table lacks from another. With `merge` a null stays, otherwise it takes the key away. */
export function coalesceTables(
  into: Values | undefined,
  from: Values | undefined,
  prefix: string,
  merge: boolean,
  log: Log,
): Values {
  if (!from) return into ?? {};
  if (!into) return from;
  const given = new Set(Object.keys(from).filter((key) => from[key] !== null));
  for (const key of Object.keys(into)) if (into[key] === null) setField(from, key, null);
  for (const [key, value] of Object.entries(from)) {
    const path = joined(prefix, key);
    const own = ownField(into, key);
    if (Object.hasOwn(into, key) && !merge && own === null && given.has(key)) delete into[key];
    else if (!Object.hasOwn(into, key)) setField(into, key, value);
    else if (isJsonObject(value)) {
      if (isJsonObject(own)) coalesceTables(own, value, path, merge, log);
      else log(`warning: cannot overwrite table with non table for ${path} (${goPrint(value)})`);
    } else if (isJsonObject(own) && value !== null)
      log(`warning: destination for ${path} is a table. Ignoring non-table value (${goPrint(value)})`);
  }
  return into;
}

function cleanNulls(table: Values): void {
  for (const [key, value] of Object.entries(table)) {
    if (value === null) delete table[key];
    else if (isJsonObject(value)) cleanNulls(value);
  }
}
