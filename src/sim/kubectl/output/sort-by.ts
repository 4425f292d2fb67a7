import { compareBytes } from '../../api/bytewise.js';
import { goQuote } from '../../api/go-text.js';
import { goKind } from '../../api/go-type.js';
import { OutputError } from '../../api/output-error.js';
import { compareQuantity, parseQuantity, type Quantity, QuantityError } from '../../api/quantity.js';
import { jsonPathEvaluator } from './jsonpath/print.js';
import { relaxedJsonPath } from './relaxed-jsonpath.js';
import type { Table } from './table.js';

/** Up to this length Go sorts by insertion, which shows where the order of two items is not defined. */
const INSERTION_LENGTH_MAX = 12;

/** Sorts objects as `kubectl get --sort-by PATH` does before it prints them in full. Throws OutputError. */
export function sortObjects<T>(objects: readonly T[], path: string): T[] {
  if (objects.length < 2) return [...objects];
  return sortBy(objects, relaxedJsonPath(orItself(path)), (object) => object, '*unstructured.Unstructured');
}

/** Objects that cannot be compared: kubectl logs that and is gone (klog.Exitf). */
export class UnsortableError extends Error {}

/** Sorts a table's rows by their objects. Throws OutputError. */
export function sortTable(table: Table, path: string): Table {
  const field = orItself(path);
  const prefix = 'sorting error: ';
  const rows = sortBy(table.rows, field, (row) => row.object, '[][][]reflect.Value', prefix);
  return { ...table, rows };
}

/** A path that is not understood is tried as it is, so that the complaint comes from whoever needs it. */
function orItself(path: string): string {
  try {
    return relaxedJsonPath(path);
  } catch (error) {
    if (error instanceof OutputError) return path;
    throw error;
  }
}

interface Keyed<T> {
  readonly item: T;
  /** Undefined when the object has no such field. */
  readonly key: { readonly value: unknown } | undefined;
}

function sortBy<T>(items: readonly T[], field: string, objectOf: (item: T) => unknown, type: string, prefix = ''): T[] {
  const path = jsonPathEvaluator(field, true, prefix);
  const keyed: Keyed<T>[] = items.map((item) => {
    const first = path.find(objectOf(item))[0];
    return { item, key: first === undefined || first.length === 0 ? undefined : { value: first[0] } };
  });
  if (keyed.length > 0 && keyed.every(({ key }) => key === undefined)) {
    throw new OutputError(`couldn't find any field with path ${goQuote(field)} in the list of objects`);
  }
  return inOrder(keyed, (a, b) => isLess(a, b, field, type)).map(({ item }) => item);
}

function isLess(a: Keyed<unknown>, b: Keyed<unknown>, field: string, type: string): boolean {
  if (a.key === undefined) return true;
  if (b.key === undefined) return false;
  try {
    return isValueLess(a.key.value, b.key.value);
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    throw new UnsortableError(`Field ${field} in ${type} is an unsortable type: interface, err: ${error.message}`);
  }
}

function isValueLess(a: unknown, b: unknown): boolean {
  if (a === null || b === null) return a === null && b !== null;
  const kind = goKind(a);
  if (kind === 'bool' || kind === 'other') throw new OutputError(`unsortable type: ${unsortable(a)}`);
  if (kind !== goKind(b)) throw new OutputError('unsortable interface: interface');
  if (typeof a !== 'string') return (a as number) < (b as number);
  const left = quantityOrUndefined(a);
  const right = left === undefined ? undefined : quantityOrUndefined(b as string);
  if (left === undefined || right === undefined) return compareBytes(a, b as string) < 0;
  return compareQuantity(left, right) < 0;
}

function unsortable(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

function quantityOrUndefined(text: string): Quantity | undefined {
  try {
    return parseQuantity(text);
  } catch (error) {
    if (error instanceof QuantityError) return undefined;
    throw error;
  }
}

function inOrder<T>(items: readonly T[], less: (a: T, b: T) => boolean): T[] {
  const sorted = [...items];
  if (sorted.length > INSERTION_LENGTH_MAX) {
    return sorted.sort((a, b) => (less(a, b) ? (less(b, a) ? 0 : -1) : less(b, a) ? 1 : 0));
  }
  for (let i = 1; i < sorted.length; i++) {
    for (let j = i; j > 0 && less(sorted[j] as T, sorted[j - 1] as T); j--) {
      [sorted[j], sorted[j - 1]] = [sorted[j - 1] as T, sorted[j] as T];
    }
  }
  return sorted;
}
