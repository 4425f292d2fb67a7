import type { PlainObject } from './valid-objects.js';

/** One way in which an object was changed at one place. */
export interface Change {
  /** `spec.containers[0].image left out`. */
  readonly id: string;
  readonly object: PlainObject;
}

type Path = readonly (string | number)[];

/** Longer than any name, label or reason may be, and shorter than what is refused for its size alone. */
const TOO_LONG = 300;

/** What becomes of a value when it is made wrong; a row that does not concern the value gives undefined. */
const WRONG: Readonly<Record<string, (value: unknown) => unknown>> = {
  'left out': () => LEFT_OUT,
  null: () => null,
  'of wrong type': (value) => {
    if (typeof value === 'string') return 7;
    if (typeof value === 'number') return 'seven';
    if (typeof value === 'boolean') return 'yes';
    return Array.isArray(value) ? {} : 'text';
  },
  empty: (value) => {
    if (typeof value === 'string') return '';
    if (typeof value === 'number') return 0;
    if (typeof value === 'object' && value !== null) return Array.isArray(value) ? [] : {};
    return undefined;
  },
  'too long': (value) => {
    if (typeof value === 'string') return 'a'.repeat(TOO_LONG);
    if (typeof value === 'number') return 4_294_967_296;
    return undefined;
  },
  'out of enum': (value) => (typeof value === 'string' ? 'Bogus_value!' : undefined),
  negative: (value) => (typeof value === 'number' ? -1 : undefined),
  twice: (value) => (Array.isArray(value) && value.length > 0 ? [...value, value[0]] : undefined),
  'with a field too many': (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, bogus: 1 } : undefined,
};

/** What becomes of a value that somebody changes after the object was made. */
const CHANGED: Readonly<Record<string, (value: unknown) => unknown>> = {
  'left out': () => LEFT_OUT,
  changed: (value) => {
    if (typeof value === 'string') return `${value}x`;
    if (typeof value === 'number') return value + 1;
    if (typeof value === 'boolean') return !value;
    return undefined;
  },
  'one fewer': (value) => (Array.isArray(value) && value.length > 0 ? value.slice(1) : undefined),
};

const LEFT_OUT = Symbol('left out');

/** Each field in turn left out, null, of wrong type, empty, too long, out of enum, negative, doubled, with another beside. */
export function wrongObjects(object: PlainObject): Change[] {
  return changesOf(object, WRONG);
}

/** Each field in turn changed, left out or shortened. */
export function changedObjects(object: PlainObject): Change[] {
  return changesOf(object, CHANGED).filter(({ id }) => !/^(apiVersion|kind|metadata\.name(space)?) /.test(id));
}

function changesOf(object: PlainObject, table: Readonly<Record<string, (value: unknown) => unknown>>): Change[] {
  const changes: Change[] = [];
  for (const [path, value] of places(object)) {
    for (const [name, change] of Object.entries(table)) {
      const next = change(value);
      if (next === undefined) continue;
      changes.push({ id: `${pathText(path)} ${name}`, object: withValue(object, path, next) as PlainObject });
    }
  }
  return changes;
}

function* places(value: unknown, path: Path = []): Generator<readonly [Path, unknown]> {
  if (path.length > 0) yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    yield* places(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}

function withValue(value: unknown, path: Path, next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  const inner = (value as Record<string, unknown>)[key];
  const changed = rest.length === 0 ? next : withValue(inner, rest, next);
  if (Array.isArray(value))
    return value.flatMap((one, index) => (index !== key ? [one] : changed === LEFT_OUT ? [] : [changed]));
  const copy: Record<string, unknown> = { ...(value as object) };
  if (changed === LEFT_OUT) delete copy[key];
  else copy[key] = changed;
  return copy;
}

function pathText(path: Path): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
