/** The types of Go that values in templates have, as far as their names, kinds and parts can be seen there. */

export type GoKind =
  | 'bool'
  | 'error'
  | 'float64'
  | 'int'
  | 'int32'
  | 'int64'
  | 'interface'
  | 'map'
  | 'ptr'
  | 'reflect'
  | 'slice'
  | 'string'
  | 'struct'
  | 'uint32'
  | 'uint64'
  | 'uint8';

/** Go's type of a value; types are equal when they are the same object. */
export interface GoType {
  /** As `%T` prints it. */
  readonly name: string;
  readonly kind: GoKind;
  /** Of what lists and maps hold, and what a pointer points at. */
  readonly elem?: GoType;
  /** The unnamed type a named one is made of; values go from one to the other where one of them has no name. */
  readonly underlying?: GoType;
  /** What may be called on values of the type. */
  readonly methods?: () => ReadonlyMap<string, GoMethod>;
  /** The text of `String()` or `Error()`, which printing prefers. */
  readonly text?: (data: never) => string;
  /** The same where only a pointer to the value has the method: what is printed straight from a field. */
  readonly addressText?: (data: never) => string;
}

/** A function a template may call, by its Go signature. */
export interface GoFunction {
  readonly params: readonly GoType[];
  /** The last parameter takes any number of arguments. */
  readonly variadic: boolean;
  readonly result: GoType;
  /** Takes data of the parameters' types and answers data of the result's. Throws TemplateError. */
  readonly call: (...args: never[]) => unknown;
}

/** A method: its function takes the receiver's data first; `params` leaves that out. */
export type GoMethod = GoFunction;

function basic(kind: GoKind, name: string = kind): GoType {
  return { name, kind };
}

export const ANY = basic('interface', 'interface {}');
export const BOOL = basic('bool');
export const FLOAT64 = basic('float64');
export const INT = basic('int');
export const INT64 = basic('int64');
export const STRING = basic('string');
export const UINT8 = basic('uint8');
/** What functions take that look at values themselves rather than at what is in them. */
export const REFLECT = basic('reflect', 'reflect.Value');

const known = new Map<string, GoType>();

/** Makes a type known by its name, so that signatures may name it. */
export function namedType(type: GoType): GoType {
  known.set(type.name, type);
  return type;
}

for (const type of [ANY, BOOL, FLOAT64, INT, INT64, STRING, UINT8, REFLECT]) namedType(type);
for (const kind of ['int32', 'uint32', 'uint64'] as const) namedType(basic(kind));
known.set('any', ANY);
known.set('byte', UINT8);

/** The type of a name such as `[]string` or `map[string]interface {}`; `any` and `byte` stand for what they are. */
export function goTypeOf(name: string): GoType {
  return known.get(name) ?? composed(name);
}

function composed(name: string): GoType {
  const type = compose(name);
  const canonical = known.get(type.name) ?? type;
  known.set(type.name, canonical);
  known.set(name, canonical);
  return canonical;
}

function compose(name: string): GoType {
  if (name.startsWith('[]')) {
    const elem = goTypeOf(name.slice(2));
    return { name: `[]${elem.name}`, kind: 'slice', elem };
  }
  if (name.startsWith('map[string]')) {
    const elem = goTypeOf(name.slice('map[string]'.length));
    return { name: `map[string]${elem.name}`, kind: 'map', elem };
  }
  if (name.startsWith('*')) {
    const elem = goTypeOf(name.slice(1));
    return { name: `*${elem.name}`, kind: 'ptr', elem };
  }
  throw new Error(`no such type: ${name}`);
}

export const LIST = goTypeOf('[]any');
export const MAP = goTypeOf('map[string]any');
export const BYTES = goTypeOf('[]byte');
export const STRINGS = goTypeOf('[]string');

/** Whether a value of one type may go where the other is asked for. */
export function assignable(from: GoType, to: GoType): boolean {
  if (from === to || to === ANY) return true;
  return from.underlying === to || to.underlying === from;
}

/** Whether nil is a value of the type. */
export function canBeNil(type: GoType): boolean {
  return ['interface', 'map', 'ptr', 'slice', 'reflect'].includes(type.kind);
}

const INTEGERS: ReadonlySet<GoKind> = new Set<GoKind>(['int', 'int32', 'int64', 'uint32', 'uint64', 'uint8']);

/** Whether the kind is one of whole numbers. */
export function isIntegerKind(kind: GoKind): boolean {
  return INTEGERS.has(kind);
}

const SIGNATURE = /^\((.*)\) (.+)$/;
const signatures = new Map<string, Omit<GoFunction, 'call'>>();

/** A function by its signature, for instance `(string, ...any) string`; whether it may fail is not written. */
export function goFunction(signature: string, call: GoFunction['call']): GoFunction {
  return { ...readSignature(signature), call };
}

function readSignature(signature: string): Omit<GoFunction, 'call'> {
  const found = signatures.get(signature);
  if (found !== undefined) return found;
  const [, params = '', result = ''] = SIGNATURE.exec(signature) ?? [];
  const names = params === '' ? [] : params.split(', ');
  const read = {
    params: names.map((name) => goTypeOf(name.replace('...', ''))),
    variadic: params.includes('...'),
    result: goTypeOf(result),
  };
  signatures.set(signature, read);
  return read;
}
