import {
  BOOL,
  baseEnvironment,
  CelError,
  type CelType,
  compile,
  DOUBLE,
  DYN,
  Environment,
  type FunctionDeclaration,
  fromJson,
  INT,
  listType,
  mapType,
  STRING,
  toJson,
  type Value,
} from '../sim/cel/index.js';

type Compiled = ReturnType<typeof compile>;

/** A value, or why there is none. */
export type Evaluated =
  | { readonly value: string | number | boolean; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: string };

/** Works an expression out over values: texts, numbers, booleans, lists and maps of them. */
export type Evaluate = (expression: string, values: Readonly<Record<string, unknown>>) => Evaluated;

/** Programs by expression and the types of what it may name. A lab's are evaluated for every combination of its values. */
const compiled = new Map<string, Compiled>();
const COMPILED_MAX = 500;

/**
 * Works a CEL expression out, with Kubernetes' functions. Numbers must come out whole, at every division: where 7 * 15 is
 * divided by 100 that is an error and not 1, which CEL would say.
 */
export const evaluateExpression: Evaluate = (expression, values) => {
  const { program, issues, failure } = compiledFor(expression, values);
  if (!program) return { error: firstIssue(issues ?? failure ?? '') };
  const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fromJson(value)]));
  const { value, error } = program.evaluate(given);
  return error === undefined ? outcome(value as Value) : { error };
};

/** What an expression gives, as a list: its items, or the one value. */
export type EvaluatedList =
  | { readonly value: readonly unknown[]; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: string };

/** Works an expression out that may give a list, such as the names of some of the objects in `values`. */
export function evaluateList(expression: string, values: Readonly<Record<string, unknown>>): EvaluatedList {
  const { program, issues, failure } = compiledFor(expression, values);
  if (!program) return { error: firstIssue(issues ?? failure ?? '') };
  const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fromJson(value)]));
  const { value, error } = program.evaluate(given);
  return error === undefined ? { value: [toJson(value as Value)].flat() } : { error };
}

function outcome(value: Value): Evaluated {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return { value };
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? { value: Number(value) } : { error: `comes to ${value}: too large` };
    case 'number':
      return Number.isSafeInteger(value) ? { value } : { error: `comes to ${value}, which is not whole` };
    default:
      return { error: 'comes to something that is no number, text or boolean' };
  }
}

function compiledFor(expression: string, values: Readonly<Record<string, unknown>>): Compiled {
  const types = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeOf(value)]));
  const key = JSON.stringify([expression, Object.entries(types)]);
  let known = compiled.get(key);
  if (!known) {
    known = compile(expression, new WholeNumbers(baseEnvironment(), { variables: types }));
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    compiled.set(key, known);
  }
  return known;
}

/** An environment in which a division of whole numbers that leaves something is an error. */
class WholeNumbers extends Environment {
  override function(name: string): FunctionDeclaration | undefined {
    const declared = super.function(name);
    return name === '_/_' && declared?.run ? { ...declared, run: wholeQuotient(declared.run) } : declared;
  }
}

function wholeQuotient(divide: NonNullable<FunctionDeclaration['run']>): FunctionDeclaration['run'] & object {
  return (...[a, b]: [Value, Value]): Value => {
    if (typeof a === 'bigint' && typeof b === 'bigint' && b !== 0n && a % b !== 0n)
      return new CelError(`${a} / ${b} does not come out whole`);
    return (divide as (a: Value, b: Value) => Value)(a, b);
  };
}

function typeOf(value: unknown): CelType {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'boolean':
      return BOOL;
    case 'number':
      return Number.isInteger(value) ? INT : DOUBLE;
    default:
      return Array.isArray(value) ? listType(DYN) : mapType(STRING, DYN);
  }
}

/** `ERROR: <input>:1:7: undeclared reference to 'x' (in container '')` with the line and a mark below, as one line. */
function firstIssue(issues: string): string {
  const [line = ''] = issues.split('\n');
  return line.replace(/^ERROR: <input>:\d+:\d+: /, '').replace(/ \(in container ''\)$/, '');
}
