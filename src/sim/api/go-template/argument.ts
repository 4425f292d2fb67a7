import type { Evaluation } from './evaluate.js';
import { ANY, assignable, canBeNil, type GoType, isIntegerKind, REFLECT } from './go-types.js';
import { GoInteger, type MaybeValue, plain, typeOfData, typeOfValue, type Value, zero } from './go-values.js';
import { nodeText, type Operand } from './nodes.js';

/** The value of an operand where a type is asked for. Complains through the evaluation. */
export function evaluateArgument(run: Evaluation, dot: MaybeValue, type: GoType, node: Operand): MaybeValue {
  run.node = node;
  switch (node.type) {
    case 'nil':
      if (type === REFLECT) return undefined;
      return canBeNil(type) ? plain(zero(type)) : run.fail(`cannot assign nil to ${type.name}`);
    case 'bool':
    case 'number':
    case 'string':
      return constantArgument(run, type, node);
    default:
      return validateArgument(run, run.operand(dot, node), type);
  }
}

type Constant = Extract<Operand, { type: 'bool' | 'number' | 'string' }>;

function constantArgument(run: Evaluation, type: GoType, node: Constant): MaybeValue {
  if (type === ANY || type === REFLECT) return run.operand(undefined, node);
  if (type.kind === 'bool' || type.kind === 'string') {
    return node.type === type.kind ? plain(node.value) : run.fail(`expected ${type.kind}; found ${nodeText(node)}`);
  }
  if (type.kind === 'float64') {
    return node.type === 'number' ? plain(node.constant.float) : run.fail(`expected float; found ${nodeText(node)}`);
  }
  if (isIntegerKind(type.kind)) return integerArgument(run, type, node);
  return run.fail(`can't handle ${nodeText(node)} for arg of type ${type.name}`);
}

function integerArgument(run: Evaluation, type: GoType, node: Constant): MaybeValue {
  const unsigned = type.kind.startsWith('uint');
  const value = node.type !== 'number' ? undefined : unsigned ? node.constant.uint : node.constant.int;
  if (value !== undefined) return plain(new GoInteger(type, value));
  return run.fail(`expected ${unsigned ? 'unsigned ' : ''}integer; found ${nodeText(node)}`);
}

/** Lets a value pass where its type is asked for. Complains through the evaluation. */
export function validateArgument(run: Evaluation, value: MaybeValue, type: GoType): MaybeValue {
  if (type === REFLECT) return value;
  if (value === undefined) {
    return canBeNil(type) ? plain(zero(type)) : run.fail(`invalid value; expected ${type.name}`);
  }
  if (assignable(typeOfValue(value), type)) return value;
  if (!value.boxed || value.data === null) return mismatch(run, value, type);
  return assignable(typeOfData(value.data) as GoType, type)
    ? plain(value.data)
    : mismatch(run, plain(value.data) as Value, type);
}

function mismatch(run: Evaluation, value: Value, type: GoType): MaybeValue {
  const seen = typeOfValue(value);
  if (seen.kind === 'ptr' && seen.elem !== undefined && assignable(seen.elem, type)) return value;
  return run.fail(`wrong type for value; expected ${type.name}; got ${seen.name}`);
}
