import type { Waiting } from '../../kernel/wait.js';
import { NotSimulated, Raised } from './failures.js';
import type { Parameter, Statement } from './tree.js';

/** Values of a program: int is a bigint, float a number. */
export type Value =
  | bigint
  | number
  | string
  | boolean
  | null
  | List
  | Tuple
  | Dict
  | Bytes
  | Vast
  | Func
  | Builtin
  | Class
  | Instance
  | Module;

export class List {
  readonly items: Value[];
  constructor(items: Value[]) {
    this.items = items;
  }
}
export class Tuple {
  readonly items: readonly Value[];
  constructor(items: readonly Value[]) {
    this.items = items;
  }
}
/** Keys by what they are equal in. */
export class Dict {
  readonly entries = new Map<string, readonly [Value, Value]>();
  get(key: Value): Value | undefined {
    return this.entries.get(hashOf(key))?.[1];
  }
  set(key: Value, value: Value): void {
    this.entries.set(hashOf(key), [key, value]);
  }
}
/** bytes, one character for each. */
export class Bytes {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
/** A text or an array of bytes that is so large that only its length is kept. */
export class Vast {
  readonly type: string;
  readonly length: number;
  constructor(type: string, length: number) {
    this.type = type;
    this.length = length;
  }
}
export interface Scope {
  readonly names: Map<string, Value>;
  readonly above: Scope | undefined;
  readonly globals: Set<string>;
}
export class Func {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly defaults: ReadonlyMap<string, Value>;
  readonly body: readonly Statement[];
  readonly scope: Scope;
  constructor(
    name: string,
    parameters: readonly Parameter[],
    defaults: ReadonlyMap<string, Value>,
    body: readonly Statement[],
    scope: Scope,
  ) {
    this.name = name;
    this.parameters = parameters;
    this.defaults = defaults;
    this.body = body;
    this.scope = scope;
  }
}
export type Named = ReadonlyMap<string, Value>;
export class Builtin {
  readonly name: string;
  readonly call: (args: readonly Value[], named: Named) => Value | Waiting<Value>;
  constructor(name: string, call: (args: readonly Value[], named: Named) => Value | Waiting<Value>) {
    this.name = name;
    this.call = call;
  }
}
export class Class {
  readonly name: string;
  readonly base: Class | undefined;
  readonly members: Map<string, Value>;
  constructor(name: string, base: Class | undefined, members: Map<string, Value>) {
    this.name = name;
    this.base = base;
    this.members = members;
  }
  find(name: string): Value | undefined {
    return this.members.get(name) ?? this.base?.find(name);
  }
  is(name: string): boolean {
    return this.name === name || (this.base?.is(name) ?? false);
  }
}
export class Instance {
  readonly of: Class;
  readonly members = new Map<string, Value>();
  constructor(of: Class) {
    this.of = of;
  }
}
export class Module {
  readonly name: string;
  readonly members: ReadonlyMap<string, Value>;
  constructor(name: string, members: Readonly<Record<string, Value>>) {
    this.name = name;
    this.members = new Map(Object.entries(members));
  }
}

function hashOf(key: Value): string {
  if (typeof key === 'string') return `s${key}`;
  if (typeof key === 'boolean') return `n${Number(key)}`;
  if (typeof key === 'bigint' || typeof key === 'number') return `n${key}`;
  if (key === null) return 'none';
  if (key instanceof Tuple) return `t${key.items.map(hashOf).join(',')}`;
  if (key instanceof List || key instanceof Dict) throw new Raised('TypeError', `unhashable type: '${typeOf(key)}'`);
  throw new NotSimulated(`${typeOf(key)} as a key`);
}

/** The name of a value's type. */
export function typeOf(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (value instanceof List) return 'list';
  if (value instanceof Tuple) return 'tuple';
  if (value instanceof Dict) return 'dict';
  if (value instanceof Bytes) return 'bytes';
  if (value instanceof Vast) return value.type;
  if (value instanceof Func) return 'function';
  if (value instanceof Builtin) return 'builtin_function_or_method';
  if (value instanceof Class) return 'type';
  return value instanceof Instance ? value.of.name : 'module';
}

export function truthOf(value: Value): boolean {
  if (value instanceof List || value instanceof Tuple) return value.items.length > 0;
  if (value instanceof Dict) return value.entries.size > 0;
  if (value instanceof Bytes) return value.text !== '';
  return value instanceof Vast ? value.length > 0 : typeof value === 'object' && value !== null ? true : Boolean(value);
}

/** What `repr` gives. */
export function reprOf(value: Value): string {
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Bytes)
    return `b${quoted(value.text).replace(/[\x80-\xff]/g, (one) => `\\x${one.charCodeAt(0).toString(16)}`)}`;
  if (value instanceof List) return `[${value.items.map(reprOf).join(', ')}]`;
  if (value instanceof Tuple) return `(${value.items.map(reprOf).join(', ')}${value.items.length === 1 ? ',' : ''})`;
  if (value instanceof Dict)
    return `{${[...value.entries.values()].map(([key, one]) => `${reprOf(key)}: ${reprOf(one)}`).join(', ')}}`;
  if (value instanceof Instance && value.of.is('Exception')) {
    const args = value.members.get('args');
    return `${value.of.name}${args instanceof Tuple ? (args.items.length === 1 ? `(${reprOf(args.items[0] ?? null)})` : reprOf(args)) : '()'}`;
  }
  return textOf(value);
}

/** What `str` gives. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return floatText(value);
  if (value instanceof Instance && value.of.is('Exception')) return messageOf(value);
  if (value instanceof Class && !value.is('object'))
    return `<class '${value.is('Exception') ? '' : '__main__.'}${value.name}'>`;
  if (value instanceof List || value instanceof Tuple || value instanceof Dict || value instanceof Bytes)
    return reprOf(value);
  throw new NotSimulated(`a ${typeOf(value)} as text`);
}

/** What an exception says. */
export function messageOf(exception: Instance): string {
  const args = exception.members.get('args');
  const items = args instanceof Tuple ? args.items : [];
  const [first] = items;
  if (items.length === 0 || first === undefined) return '';
  if (items.length > 1 && args !== undefined) return reprOf(args);
  return exception.of.name === 'KeyError' ? reprOf(first) : textOf(first);
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/[\x00-\x1f\x7f]/g, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return quote + inner + quote;
}

export function isWaiting(value: Value | Waiting<Value>): value is Waiting<Value> {
  return typeof value === 'object' && value !== null && 'next' in value;
}

export function equal(left: Value, right: Value): boolean {
  const number = (value: Value) => typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean';
  if (number(left) && number(right))
    return Number(left) === Number(right) && (typeof left !== 'bigint' || typeof right !== 'bigint' || left === right);
  if (left instanceof Bytes && right instanceof Bytes) return left.text === right.text;
  if ((left instanceof List && right instanceof List) || (left instanceof Tuple && right instanceof Tuple))
    return (
      left.items.length === right.items.length && left.items.every((one, at) => equal(one, right.items[at] ?? null))
    );
  if (left instanceof Dict && right instanceof Dict)
    return (
      left.entries.size === right.entries.size &&
      [...left.entries.values()].every(([key, one]) => {
        const other = right.get(key);
        return other !== undefined && equal(one, other);
      })
    );
  if (left instanceof Vast || right instanceof Vast) throw new NotSimulated('comparing very large texts');
  return left === right;
}
