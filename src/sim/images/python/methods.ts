import { encodeText } from '../../kernel/bytes.js';
import { NotSimulated, Raised } from './failures.js';
import { orderOf } from './operators.js';
import { Builtin, Bytes, Dict, equal, List, Tuple, textOf, typeOf, type Value, Vast } from './values.js';

type Method<T> = (of: T, args: readonly Value[]) => Value;

const text = (value: Value | undefined): string => {
  if (typeof value !== 'string') throw new NotSimulated(`a ${typeOf(value ?? null)} where a str is usual`);
  return value;
};
const set = (value: Value | undefined) => `[${text(value).replace(/[\\\]^-]/g, '\\$&')}]`;

const STRING: Readonly<Record<string, Method<string>>> = {
  encode: (of) => new Bytes(Buffer.from(encodeText(of)).toString('latin1')),
  endswith: (of, [end]) => of.endsWith(text(end)),
  find: (of, [part]) => BigInt(of.indexOf(text(part))),
  isdigit: (of) => /^\d+$/.test(of),
  join: (of, [items]) =>
    itemsOf(items ?? null)
      .map(text)
      .join(of),
  lower: (of) => of.toLowerCase(),
  lstrip: (of, [what]) => of.replace(new RegExp(`^${what === undefined ? '\\s' : set(what)}+`), ''),
  replace: (of, [from, to]) => of.replaceAll(text(from), () => text(to)),
  rstrip: (of, [what]) => of.replace(new RegExp(`${what === undefined ? '\\s' : set(what)}+$`), ''),
  split: (of, [by]) => new List(by === undefined ? of.trim().split(/\s+/).filter(Boolean) : of.split(text(by))),
  splitlines: (of) => new List(of.replace(/\r?\n$/, '').split(/\r?\n/)),
  startswith: (of, [start]) => of.startsWith(text(start)),
  strip: (of, [what]) =>
    what === undefined ? of.trim() : of.replace(new RegExp(`^${set(what)}+|${set(what)}+$`, 'g'), ''),
  title: (of) => of.replace(/[A-Za-z]+/g, (word) => (word[0] ?? '').toUpperCase() + word.slice(1).toLowerCase()),
  upper: (of) => of.toUpperCase(),
};

const LIST: Readonly<Record<string, Method<List>>> = {
  append: (of, [item]) => {
    of.items.push(item ?? null);
    return null;
  },
  clear: (of) => {
    of.items.length = 0;
    return null;
  },
  count: (of, [item]) => BigInt(of.items.filter((one) => equal(one, item ?? null)).length),
  extend: (of, [items]) => {
    for (const item of itemsOf(items ?? null)) of.items.push(item);
    return null;
  },
  insert: (of, [at, item]) => {
    of.items.splice(Number(at), 0, item ?? null);
    return null;
  },
  pop: (of, [at]) => {
    const [item] = of.items.splice(at === undefined ? -1 : Number(at), 1);
    if (item === undefined) throw new Raised('IndexError', 'pop from empty list');
    return item;
  },
  reverse: (of) => {
    of.items.reverse();
    return null;
  },
  sort: (of) => {
    sort(of.items);
    return null;
  },
};

const DICT: Readonly<Record<string, Method<Dict>>> = {
  get: (of, [key, otherwise = null]) => {
    const found = of.get(key ?? null);
    return found === undefined ? otherwise : found;
  },
  items: (of) => new List([...of.entries.values()].map((pair) => new Tuple(pair))),
  keys: (of) => new List([...of.entries.values()].map(([key]) => key)),
  update: (of, [other]) => {
    if (!(other instanceof Dict)) throw new NotSimulated('update with something that is no dict');
    for (const [key, value] of other.entries.values()) of.set(key, value);
    return null;
  },
  values: (of) => new List([...of.entries.values()].map(([, value]) => value)),
};

const BYTES: Readonly<Record<string, Method<Bytes>>> = {
  decode: (of) => Buffer.from(of.text, 'latin1').toString('utf8'),
};

/** A method of a text, list, dict or bytes, bound to it. */
export function methodOf(of: Value, name: string): Value | undefined {
  const bind = <T>(table: Readonly<Record<string, Method<T>>>, self: T) => {
    const method = Object.hasOwn(table, name) ? table[name] : undefined;
    return (
      method &&
      new Builtin(name, (args, named) => {
        if (named.size > 0) throw new NotSimulated(`named arguments of ${name}`);
        return method(self, args);
      })
    );
  };
  if (typeof of === 'string') return bind(STRING, of);
  if (of instanceof List) return bind(LIST, of);
  if (of instanceof Dict) return bind(DICT, of);
  return of instanceof Bytes ? bind(BYTES, of) : undefined;
}

/** Sorts in place. Throws `Raised` when two items have no order. */
export function sort(items: Value[]): void {
  items.sort((one, other) => {
    const order = orderOf(one, other);
    if (order === undefined)
      throw new Raised('TypeError', `'<' not supported between instances of '${typeOf(other)}' and '${typeOf(one)}'`);
    return order;
  });
}

/** What a loop goes through. */
export function itemsOf(value: Value): readonly Value[] {
  if (value instanceof List || value instanceof Tuple) return value.items;
  if (typeof value === 'string') return [...value];
  if (value instanceof Dict) return [...value.entries.values()].map(([key]) => key);
  if (value instanceof Bytes) return [...value.text].map((one) => BigInt(one.charCodeAt(0)));
  if (value instanceof Vast) throw new NotSimulated(`the characters of so large a ${value.type}`);
  throw new Raised('TypeError', `'${typeOf(value)}' object is not iterable`);
}

/** The words of `print`. */
export function spaced(values: readonly Value[], separator: string): string {
  return values.map(textOf).join(separator);
}
