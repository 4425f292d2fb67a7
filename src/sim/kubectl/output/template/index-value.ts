import { isJsonObject } from '../../../api/object.js';
import { OutputError } from '../../../api/output-error.js';
import { boxed, kindOf, type MaybeValue, plain, typeName, unbox, type Value } from './value.js';

/** `index`: looks into maps and lists, one index after another. Throws OutputError with the complaint alone. */
export function indexValue(item: MaybeValue, indexes: readonly MaybeValue[]): MaybeValue {
  let value = unbox(item);
  if (value === undefined) throw new OutputError('index of untyped nil');
  for (const each of indexes) {
    const inner: MaybeValue = unbox(value);
    if (inner === undefined) throw new OutputError('index of nil pointer');
    value = indexOnce(inner, unbox(each));
  }
  return value;
}

function indexOnce(item: Value, index: MaybeValue): Value {
  if (isJsonObject(item.data)) return boxed(fieldOf(item.data, mapKey(index)));
  if (Array.isArray(item.data)) return boxed(item.data[position(index, item.data.length, 'slice')]);
  if (typeof item.data !== 'string') throw new OutputError(`can't index item of type ${item.type}`);
  const bytes = Buffer.from(item.data, 'utf8');
  return plain(bytes[position(index, bytes.length, 'string')], 'uint8');
}

/** A field of an object by a name from a template; undefined when it is not there. */
export function fieldOf(object: { readonly [key: string]: unknown }, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function mapKey(index: MaybeValue): string {
  if (index === undefined) throw new OutputError('value is nil; should be of type string');
  if (typeof index.data === 'string') return index.data;
  throw new OutputError(`value has type ${index.type}; should be string`);
}

function position(index: MaybeValue, length: number, kind: 'slice' | 'string'): number {
  const at = bound(index, length);
  if (at === length) throw new OutputError(`reflect: ${kind} index out of range`);
  return at;
}

function bound(index: MaybeValue, length: number): number {
  if (index === undefined) throw new OutputError('cannot index slice/array with nil');
  // `slice`, unlike `index`, does not look into the box a field's value comes in.
  if (index.boxed || kindOf(index) !== 'int') {
    throw new OutputError(`cannot index slice/array with type ${typeName(index)}`);
  }
  const at = index.data as number;
  if (at < 0 || at > length) throw new OutputError(`index out of range: ${at}`);
  return at;
}

/** `slice`: a part of a list or text. Throws OutputError with the complaint alone. */
export function sliceValue(item: MaybeValue, indexes: readonly MaybeValue[]): MaybeValue {
  const value = unbox(item);
  if (value === undefined) throw new OutputError('slice of untyped nil');
  if (indexes.length > 3) throw new OutputError(`too many slice indexes: ${indexes.length}`);
  const isText = typeof value.data === 'string';
  if (!isText && !Array.isArray(value.data)) throw new OutputError(`can't slice item of type ${value.type}`);
  if (isText && indexes.length === 3) throw new OutputError('cannot 3-index slice a string');
  const whole = isText ? Buffer.from(value.data as string, 'utf8') : (value.data as unknown[]);
  const [from = 0, to = whole.length, capacity = to] = indexes.map((index) => bound(index, whole.length));
  if (from > to) throw new OutputError(`invalid slice index: ${from} > ${to}`);
  if (to > capacity) throw new OutputError(`invalid slice index: ${to} > ${capacity}`);
  return plain(isText ? (whole as Buffer).subarray(from, to).toString('utf8') : whole.slice(from, to));
}

/** `len`. Throws OutputError with the complaint alone. */
export function lengthOf(item: MaybeValue): MaybeValue {
  if (item?.boxed === true && item.data === null) throw new OutputError('len of nil pointer');
  const data = item?.data;
  if (typeof data === 'string') return plain(Buffer.byteLength(data, 'utf8'), 'int');
  if (Array.isArray(data)) return plain(data.length, 'int');
  if (isJsonObject(data)) return plain(Object.keys(data).length, 'int');
  if (item === undefined) throw new OutputError('reflect: call of reflect.Value.Type on zero Value');
  throw new OutputError(`len of type ${item.type}`);
}

/** kubectl's `exists`: whether `index` with the same arguments would find something. */
export function existsValue(item: MaybeValue, indexes: readonly MaybeValue[]): boolean {
  let value = unbox(item);
  for (const each of indexes) {
    const index = unbox(each);
    if (isJsonObject(value?.data) && typeof index?.data === 'string') {
      value = unbox(boxed(fieldOf(value.data, index.data)));
    } else if (kindOf(index) === 'int' && (Array.isArray(value?.data) || typeof value?.data === 'string')) {
      const parts: ArrayLike<unknown> = Array.isArray(value.data) ? value.data : Buffer.from(value.data, 'utf8');
      const at = index?.data as number;
      if (at < 0 || at >= parts.length) return false;
      value = unbox(boxed(parts[at]));
    } else {
      return false;
    }
  }
  return value !== undefined;
}
