import { goQuote } from '../go-text.js';
import { type Arguments, callFunction } from './call-function.js';
import type { Evaluation } from './evaluate.js';
import type { GoType } from './go-types.js';
import {
  boxed,
  element,
  type GoData,
  GoNil,
  GoStruct,
  type MaybeValue,
  plain,
  typeOfData,
  typeOfValue,
  zero,
} from './go-values.js';
import { fieldOf } from './index-value.js';
import { NO_INPUT } from './input.js';
import type { AnyNode } from './nodes.js';

/** What `.Name` is of a value: a method's result, a map's element, a struct's field. Complains through the evaluation. */
export function fieldValue(
  run: Evaluation,
  receiver: MaybeValue,
  name: string,
  node: AnyNode,
  args: Arguments,
): MaybeValue {
  const { missingKey } = run.group;
  if (receiver === undefined) {
    if (missingKey === 'error') run.fail(`nil data; no entry for key ${goQuote(name)}`);
    return undefined;
  }
  const seen = typeOfValue(receiver).name;
  const { data } = receiver;
  if (data === null) return run.fail(`nil pointer evaluating ${seen}.${name}`);
  const type = typeOfData(data) as GoType;
  const method = type.methods?.().get(name);
  if (method !== undefined) return callFunction(run, { name, called: method, node, receiver: data }, args);
  const hasArguments = args.written.length > 0 || args.input !== NO_INPUT;
  if (data instanceof GoStruct && Object.hasOwn(data.fields, name)) {
    if (!/^\p{Lu}/u.test(name)) run.fail(`${name} is an unexported field of struct type ${seen}`);
    if (hasArguments) run.fail(`${name} has arguments but cannot be invoked as function`);
    return data.boxedFields.includes(name) ? boxed(data.fields[name]) : plain(data.fields[name]);
  }
  if (type.kind === 'map') {
    if (hasArguments) run.fail(`${name} is not a method but has arguments`);
    return elementOf(run, data, type, name);
  }
  if (data instanceof GoNil && type.kind === 'ptr') run.fail(`nil pointer evaluating ${seen}.${name}`);
  return run.fail(`can't evaluate field ${name} in type ${seen}`);
}

function elementOf(run: Evaluation, data: GoData, type: GoType, name: string): MaybeValue {
  const elem = type.elem as GoType;
  const found = data instanceof GoNil ? undefined : fieldOf(data as { [key: string]: GoData }, name);
  if (found !== undefined) return element(found, elem);
  if (run.group.missingKey === 'error') run.fail(`map has no entry for key ${goQuote(name)}`);
  return run.group.missingKey === 'zero' ? element(zero(elem), elem) : undefined;
}
