import { byteLength, bytesOf, sliceBytes } from './go-bytes.js';
import { type GoType, isIntegerKind, UINT8 } from './go-types.js';
import {
  boxed,
  element,
  type GoData,
  GoInteger,
  GoNil,
  GoStruct,
  isGoList,
  isGoMap,
  itemsOf,
  type MaybeValue,
  plain,
  typed,
  typeOfData,
  typeOfValue,
  unbox,
  type Value,
  zero,
} from './go-values.js';
import { TemplateError } from './template-error.js';

/** `index`: looks into maps and lists, one index after another. Throws TemplateError with the complaint alone. */
export function indexValue(item: MaybeValue, indexes: readonly MaybeValue[]): MaybeValue {
  let value = unbox(item);
  if (value === undefined) throw new TemplateError('index of untyped nil');
  for (const each of indexes) {
    const inner: MaybeValue = unbox(value);
    if (inner === undefined) throw new TemplateError('index of nil pointer');
    value = indexOnce(inner, unbox(each));
  }
  return value;
}

function indexOnce(item: Value, index: MaybeValue): MaybeValue {
  const { data } = item;
  const type = typeOfData(data) as GoType;
  if (type.kind === 'map') {
    const key = mapKey(index);
    const found = data instanceof GoNil ? undefined : fieldOf(data as { [key: string]: GoData }, key);
    return element(found ?? zero(type.elem as GoType), type.elem as GoType);
  }
  if (isGoList(data)) {
    const at = position(index, data.length, 'slice');
    return element(itemsOf(data)[at], type.elem as GoType);
  }
  if (typeof data !== 'string') throw new TemplateError(`can't index item of type ${type.name}`);
  const bytes = bytesOf(data);
  return plain(new GoInteger(UINT8, BigInt(bytes[position(index, bytes.length, 'string')] ?? 0)));
}

/** A field of an object by a name from a template; undefined when it is not there. */
export function fieldOf(object: { readonly [key: string]: GoData }, name: string): GoData {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function mapKey(index: MaybeValue): string {
  if (index === undefined) throw new TemplateError('value is nil; should be of type string');
  if (typeof index.data === 'string') return index.data;
  throw new TemplateError(`value has type ${typeOfData(index.data)?.name}; should be string`);
}

function position(index: MaybeValue, length: number, kind: 'slice' | 'string'): number {
  const at = bound(index, length);
  if (at === length) throw new TemplateError(`reflect: ${kind} index out of range`);
  return at;
}

function bound(index: MaybeValue, length: number): number {
  if (index === undefined) throw new TemplateError('cannot index slice/array with nil');
  // `slice`, unlike `index`, does not look into the box a field's value comes in.
  if (!isIntegerKind(typeOfValue(index).kind)) {
    throw new TemplateError(`cannot index slice/array with type ${typeOfValue(index).name}`);
  }
  const at = (index.data as GoInteger).value;
  if (at < 0n || at > BigInt(length)) throw new TemplateError(`index out of range: ${at}`);
  return Number(at);
}

/** Go's own `slice`: a part of a list or text. Throws TemplateError with the complaint alone. */
export function sliceValue(item: MaybeValue, indexes: readonly MaybeValue[]): MaybeValue {
  const value = unbox(item);
  if (value === undefined) throw new TemplateError('slice of untyped nil');
  if (indexes.length > 3) throw new TemplateError(`too many slice indexes: ${indexes.length}`);
  const { data } = value;
  const isText = typeof data === 'string';
  if (!isText && !isGoList(data)) throw new TemplateError(`can't slice item of type ${typeOfData(data)?.name}`);
  if (isText && indexes.length === 3) throw new TemplateError('cannot 3-index slice a string');
  const length = isText ? byteLength(data) : data.length;
  const [from = 0, to = length, capacity = to] = indexes.map((index) => bound(index, length));
  if (from > to) throw new TemplateError(`invalid slice index: ${from} > ${to}`);
  if (to > capacity) throw new TemplateError(`invalid slice index: ${to} > ${capacity}`);
  return plain(isText ? sliceBytes(data, from, to) : typed(data.slice(from, to), typeOfData(data) as GoType));
}

/** `len`. Throws TemplateError with the complaint alone. */
export function lengthOf(item: MaybeValue): number {
  if (item === undefined) throw new TemplateError('reflect: call of reflect.Value.Type on zero Value');
  const { data } = item;
  if (data === null || (data instanceof GoNil && data.type.kind === 'ptr')) {
    throw new TemplateError('len of nil pointer');
  }
  if (typeof data === 'string') return byteLength(data);
  if (isGoList(data)) return data.length;
  if (isGoMap(data)) return Object.keys(data).length;
  if (data instanceof GoNil) return 0;
  const type = typeOfData(data);
  const seen = data instanceof GoStruct && type?.kind === 'ptr' ? type.elem : type;
  throw new TemplateError(`len of type ${seen?.name}`);
}

/** kubectl's `exists`: whether `index` with the same arguments would find something. */
export function existsValue(item: MaybeValue, indexes: readonly MaybeValue[]): boolean {
  let value = unbox(item);
  for (const each of indexes) {
    const index = unbox(each)?.data;
    const data = value?.data;
    if (isGoMap(data) && typeof index === 'string') {
      value = unbox(boxed(fieldOf(data, index)));
    } else if (index instanceof GoInteger && (isGoList(data) || typeof data === 'string')) {
      const items = typeof data === 'string' ? [...bytesOf(data)] : itemsOf(data);
      if (index.value < 0n || index.value >= BigInt(items.length)) return false;
      value = unbox(boxed(items[Number(index.value)]));
    } else {
      return false;
    }
  }
  return value !== undefined;
}
