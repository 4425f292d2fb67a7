import { goNumber } from '../../api/go-number.js';
import { readPattern } from '../../api/go-pattern.js';
import { deepEqual, isJsonObject } from '../../api/object.js';
import { parseUrl } from '../template/formats/go-url.js';
import { type Problem, singleQuoted } from './problem.js';

type Schema = Readonly<Record<string, unknown>>;

/** All types, in the order in which they are named. */
const TYPES = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'];

/** The first thing wrong with a value itself, for which nothing else is looked at: type, const, enum. */
export function typeProblem(schema: Schema, value: unknown, path: readonly string[]): Problem | undefined {
  const problem = (text: string): Problem => ({ path, text, causes: [] });
  const { type, enum: allowed } = schema;
  const types = Array.isArray(type) ? (type as string[]) : typeof type === 'string' ? [type] : [];
  const is = typeOf(value);
  const isWhole = is === 'number' && Number.isInteger(Number(value));
  if (types.length > 0 && !types.includes(is) && !(isWhole && types.includes('integer')))
    return problem(`got ${is}, want ${TYPES.filter((each) => types.includes(each)).join(' or ')}`);
  if (Object.hasOwn(schema, 'const') && !same(value, schema['const']))
    return problem(isPlain(schema['const']) ? `value must be ${shown(schema['const'])}` : "'const' failed");
  if (!Array.isArray(allowed) || allowed.some((each) => same(value, each))) return undefined;
  if (!allowed.every(isPlain)) return problem("'enum' failed");
  return problem(
    allowed.length === 1
      ? `value must be ${shown(allowed[0])}`
      : `value must be one of ${allowed.map(shown).join(', ')}`,
  );
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'bigint') return 'number';
  return typeof value;
}

function same(a: unknown, b: unknown): boolean {
  return typeof a === 'bigint' ? Number(a) === b : deepEqual(a, b);
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return singleQuoted(value);
  return value === null ? '<nil>' : typeof value === 'number' ? goNumber(value) : String(value);
}

/** What numbers of things, lengths, sizes and patterns have against a value; forms of texts, where the draft asserts them. */
export function leafProblems(schema: Schema, value: unknown, path: readonly string[], asserts: boolean): Problem[] {
  const texts = isJsonObject(value)
    ? objectTexts(schema, value)
    : Array.isArray(value)
      ? arrayTexts(schema, value)
      : typeof value === 'string'
        ? [...textTexts(schema, value), ...(asserts ? formatTexts(schema, value) : [])]
        : typeof value === 'number' || typeof value === 'bigint'
          ? numberTexts(schema, Number(value))
          : [];
  return texts.map((text) => ({ path, text, causes: [] }));
}

function limits(schema: Schema, what: string, count: number): string[] {
  const texts: string[] = [];
  const [least, most] = [schema[`min${what}`], schema[`max${what}`]];
  if (typeof least === 'number' && count < least) texts.push(`min${what}: got ${count}, want ${least}`);
  if (typeof most === 'number' && count > most) texts.push(`max${what}: got ${count}, want ${most}`);
  return texts;
}

function objectTexts(schema: Schema, value: Schema): string[] {
  const texts = limits(schema, 'Properties', Object.keys(value).length);
  const missing = absent(schema['required'], value);
  if (missing.length === 1) texts.push(`missing property ${missing[0]}`);
  if (missing.length > 1) texts.push(`missing properties ${missing.join(', ')}`);
  for (const keyword of ['dependencies', 'dependentRequired']) {
    const wishes = schema[keyword];
    for (const [name, names] of Object.entries(isJsonObject(wishes) ? wishes : {})) {
      const lacking = Object.hasOwn(value, name) ? absent(names, value) : [];
      if (lacking.length > 0) texts.push(`properties ${lacking.join(', ')} required, if ${singleQuoted(name)} exists`);
    }
  }
  return texts;
}

function absent(names: unknown, value: Schema): string[] {
  return (Array.isArray(names) ? (names as string[]) : [])
    .filter((name) => !Object.hasOwn(value, name))
    .map(singleQuoted);
}

function arrayTexts(schema: Schema, value: readonly unknown[]): string[] {
  const texts = limits(schema, 'Items', value.length);
  if (schema['uniqueItems'] !== true) return texts;
  for (let later = 1; later < value.length; later += 1) {
    const first = value.slice(0, later).findIndex((item) => same(item, value[later]));
    if (first >= 0) return [...texts, `items at ${first} and ${later} are equal`];
  }
  return texts;
}

function textTexts(schema: Schema, value: string): string[] {
  const texts = limits(schema, 'Length', [...value].length);
  const { pattern } = schema;
  if (typeof pattern === 'string' && !fitsPattern(pattern, value))
    texts.push(`${singleQuoted(value)} does not match pattern ${singleQuoted(pattern)}`);
  return texts;
}

function formatTexts({ format }: Schema, value: string): string[] {
  const problem = typeof format === 'string' ? FORMATS[format]?.(value) : undefined;
  return problem === undefined ? [] : [`${singleQuoted(value)} is not valid ${format}: ${problem}`];
}

/** Whether a text fits a pattern of Go's; one that Go refuses fits nothing. */
export function fitsPattern(pattern: string, text: string): boolean {
  const read = readPattern(pattern);
  return typeof read !== 'string' && read.matcher(text).find();
}

/** What the forms that schemas themselves have to keep say against a text. */
const FORMATS: Readonly<Record<string, (text: string) => string | undefined>> = {
  regex: (text) => {
    const read = readPattern(text);
    return typeof read === 'string'
      ? `error parsing regexp: ${read.replace(/^error parsing regexp: /, '')}`
      : undefined;
  },
  uri: (text) => {
    const read = parseUrl(text);
    if (typeof read === 'string') return read;
    return read.scheme === '' ? 'relative url' : undefined;
  },
  'uri-reference': (text) => {
    if (text.includes('\\')) return 'contains \\';
    const read = parseUrl(text);
    return typeof read === 'string' ? read : undefined;
  },
};

function numberTexts(schema: Schema, value: number): string[] {
  const breaks: Readonly<Record<string, (bound: number) => boolean>> = {
    minimum: (bound) => value < bound,
    maximum: (bound) => value > bound,
    exclusiveMinimum: (bound) => value <= bound,
    exclusiveMaximum: (bound) => value >= bound,
    multipleOf: (bound) => !Number.isInteger(value / bound),
  };
  return Object.entries(breaks).flatMap(([keyword, isBroken]) => {
    const bound = schema[keyword];
    if (typeof bound !== 'number' || !isBroken(bound)) return [];
    return [`${keyword}: got ${goNumber(value)}, want ${goNumber(bound)}`];
  });
}
