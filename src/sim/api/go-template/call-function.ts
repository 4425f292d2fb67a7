import { evaluateArgument, validateArgument } from './argument.js';
import type { Evaluation } from './evaluate.js';
import { type GoFunction, type GoType, REFLECT } from './go-types.js';
import { type GoData, GoInteger, type MaybeValue, toResult, typeOfData, unbox } from './go-values.js';
import { type Input, NO_INPUT } from './input.js';
import { type AnyNode, nodeText, type Operand } from './nodes.js';
import { TemplateError } from './template-error.js';
import { isTrue } from './truth.js';

/** What a function is given: operands as they are written, and what comes through the pipe. */
export interface Arguments {
  readonly dot: MaybeValue;
  readonly written: readonly Operand[];
  readonly input: Input;
}

/** A function or method that is to be called. */
interface Callee {
  readonly name: string;
  readonly called: GoFunction;
  /** What a complaint of the function itself names. */
  readonly node: AnyNode;
  /** Of a method: what it is called on. */
  readonly receiver: GoData | typeof NO_INPUT;
}

/** Calls a function with its arguments, checked as Go checks them. Complains through the evaluation. */
export function callFunction(run: Evaluation, callee: Callee, args: Arguments): MaybeValue {
  const { name, called, node, receiver } = callee;
  const isOwn = receiver === NO_INPUT;
  checkCount(run, name, called, args);
  if (isOwn && (name === 'and' || name === 'or')) return shortCircuit(run, name === 'or', args);
  const values = argumentValues(run, called, args);
  try {
    if (isOwn && name === 'call') throw notCallable(values[0], args);
    const data = values.map((value, i) => toArgument(value, paramAt(called, i)));
    const given = isOwn ? data : [receiver, ...data];
    const result = (called.call as (...given: unknown[]) => unknown)(...given);
    return called.result === REFLECT ? (result as MaybeValue) : toResult(result, called.result);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    run.node = node;
    return run.fail(`error calling ${name}: ${error.message}`, error);
  }
}

function checkCount(run: Evaluation, name: string, called: GoFunction, { written, input }: Arguments): void {
  const given = written.length + (input === NO_INPUT ? 0 : 1);
  const fixed = called.params.length;
  if (!called.variadic) {
    if (given !== fixed) run.fail(`wrong number of args for ${name}: want ${fixed} got ${given}`);
  } else if (given < fixed - 1) {
    run.fail(`wrong number of args for ${name}: want at least ${fixed - 1} got ${written.length}`);
  }
}

function paramAt(called: GoFunction, index: number): GoType {
  return called.params[Math.min(index, called.params.length - 1)] as GoType;
}

function argumentValues(run: Evaluation, called: GoFunction, { dot, written, input }: Arguments): MaybeValue[] {
  const values = written.map((operand, i) => evaluateArgument(run, dot, paramAt(called, i), operand));
  if (input !== NO_INPUT) values.push(validateArgument(run, input, paramAt(called, values.length)));
  return values;
}

function shortCircuit(run: Evaluation, stopsAt: boolean, { dot, written, input }: Arguments): MaybeValue {
  let value: MaybeValue;
  for (const operand of written) {
    value = evaluateArgument(run, dot, REFLECT, operand);
    if (isTrue(value) === stopsAt) return value;
  }
  return input === NO_INPUT ? value : input;
}

/** What a function of ours takes for a value of Go: whole numbers of an asked basic type come as JavaScript's. */
function toArgument(value: MaybeValue, param: GoType): unknown {
  if (param === REFLECT) return value;
  if (value === undefined) return null;
  const { data } = value;
  return data instanceof GoInteger && param === data.type && param.name === param.kind ? Number(data.value) : data;
}

function notCallable(value: MaybeValue, { written: [first] }: Arguments): TemplateError {
  const callee = unbox(value);
  if (callee === undefined) return new TemplateError('call of nil');
  const type = typeOfData(callee.data)?.name;
  const piped = typeof callee.data === 'string' ? callee.data : `<${type} Value>`;
  return new TemplateError(`non-function ${first === undefined ? piped : nodeText(first)} of type ${type}`);
}
