/** Whether an applied configuration fits its type, in the words of structured-merge-diff. */
import { isJsonObject, type JsonObject } from '../object.js';
import { pathElementText } from './path-text.js';
import { FieldPathError, isAssociative, itemOf, memberOf, type Place, pathElement } from './structure.js';

interface Problem {
  readonly path: string;
  readonly message: string;
}

/** What is wrong with a value, as one text; undefined when nothing is. `duplicates` are let pass in what is stored. */
export function typeProblems(place: Place, value: JsonObject, duplicates: 'refused' | 'allowed'): string | undefined {
  const problems: Problem[] = [];
  check({ problems, duplicates: duplicates === 'allowed' }, '', place, value);
  const texts = problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  if (texts.length <= 1) return texts[0];
  return ['errors:', ...texts.map((text) => `  ${text}`)].join('\n');
}

interface Check {
  readonly problems: Problem[];
  readonly duplicates: boolean;
}

function check(state: Check, path: string, place: Place, value: unknown): void {
  if (value === null) return;
  switch (place.type.kind) {
    case 'struct':
    case 'map':
      if (isJsonObject(value)) checkMembers(state, path, place, value);
      else state.problems.push({ path, message: `expected map, got ${wrapped(value)}` });
      return;
    case 'list':
      if (Array.isArray(value)) checkItems(state, path, place, value);
      else state.problems.push({ path, message: `expected list, got ${wrapped(value)}` });
      return;
    default: {
      const message = scalarProblem(place, value);
      if (message) state.problems.push({ path, message });
    }
  }
}

function checkMembers(state: Check, path: string, place: Place, value: JsonObject): void {
  for (const [name, member] of Object.entries(value)) {
    const at = memberOf(place, name);
    if (!at) {
      state.problems.push({ path: `${path}.${name}`, message: 'field not declared in schema' });
      return;
    }
    check(state, `${path}.${name}`, at, member);
  }
}

function checkItems(state: Check, path: string, place: Place, values: readonly unknown[]): void {
  const item = itemOf(place);
  const { field } = place;
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    let element = `[${index}]`;
    if (field && isAssociative(field)) {
      const named = nameOf(place, value);
      if (named instanceof FieldPathError) {
        state.problems.push({ path, message: `element ${index}: ${named.message}` });
        return;
      }
      element = pathElementText(named);
      if (seen.has(named) && !state.duplicates) {
        state.problems.push({ path, message: `duplicate entries for key ${element}` });
      }
      seen.add(named);
    }
    check(state, path + element, item, value);
  }
}

function nameOf(place: Place, value: unknown): string | FieldPathError {
  try {
    return pathElement(itemOf(place).type, place.field as NonNullable<Place['field']>, value);
  } catch (error) {
    if (error instanceof FieldPathError) return error;
    throw error;
  }
}

const STRINGS = new Set(['string', 'bytes', 'time', 'microTime', 'duration']);
const NUMBERS = new Set(['int32', 'int64', 'byte', 'uint', 'float']);

function scalarProblem({ type }: Place, value: unknown): string | undefined {
  if (STRINGS.has(type.kind)) {
    return typeof value === 'string'
      ? undefined
      : `expected string, got &value.valueUnstructured{Value:${inGo(value)}}`;
  }
  if (NUMBERS.has(type.kind)) {
    return typeof value === 'number' ? undefined : `expected numeric (int or float), got ${goType(value)}`;
  }
  if (type.kind === 'bool') return typeof value === 'boolean' ? undefined : `expected boolean, got ${wrapped(value)}`;
  if (type.kind === 'quantity') {
    return typeof value === 'object' ? `expected any scalar, got ${wrapped(value)}` : undefined;
  }
  return undefined;
}

/** A value as Go prints it with %v inside the struct that holds it. */
function wrapped(value: unknown): string {
  return `&{${printed(value)}}`;
}

function printed(value: unknown): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(printed).join(' ')}]`;
  if (isJsonObject(value)) {
    const entries = Object.keys(value)
      .sort()
      .map((key) => `${key}:${printed(value[key])}`);
    return `map[${entries.join(' ')}]`;
  }
  return String(value);
}

/** A value as Go prints it with %#v. */
function inGo(value: unknown): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(inGo).join(', ')}}`;
  if (isJsonObject(value)) {
    const entries = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${inGo(value[key])}`);
    return `map[string]interface {}{${entries.join(', ')}}`;
  }
  if (value === null) return 'interface {}(nil)';
  return JSON.stringify(value);
}

function goType(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}
