import { compareBytes } from './bytewise.js';
import { goNumber } from './go-number.js';
import { goQuote } from './go-text.js';

/** A value as Go's `%v` prints it: `map[a:1 b:[x y]]`, `<nil>`. Map keys are sorted. */
export function goPrint(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'number') return goNumber(value);
  if (Array.isArray(value)) return `[${value.map(goPrint).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const entries = sortedEntries(value).map(([key, item]) => `${key}:${goPrint(item)}`);
  return `map[${entries.join(' ')}]`;
}

/** A value as Go's `%#v` prints it, maps as `map[string]interface {}{"a":1}`. */
export function goSyntax(value: unknown): string {
  return syntax(value, '<nil>');
}

function syntax(value: unknown, nil: string): string {
  if (value === null || value === undefined) return nil;
  if (typeof value === 'number') return goNumber(value);
  if (typeof value === 'string') return goQuote(value);
  const inner = (item: unknown): string => syntax(item, 'interface {}(nil)');
  if (Array.isArray(value)) return `[]interface {}{${value.map(inner).join(', ')}}`;
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => `${inner(key)}:${inner(item)}`);
    return `map[interface {}]interface {}{${entries.join(', ')}}`;
  }
  if (typeof value !== 'object') return String(value);
  const entries = sortedEntries(value).map(([key, item]) => `${goQuote(key)}:${inner(item)}`);
  return `map[string]interface {}{${entries.join(', ')}}`;
}

/** The fields of an object in the order Go lists a map's keys; fields that are undefined do not exist. */
export function sortedEntries(value: object): [string, unknown][] {
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => compareBytes(a, b));
}
