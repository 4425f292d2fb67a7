import { compareBytes } from '../../../api/bytewise.js';
import { OutputError } from '../../../api/output-error.js';
import { goSprintf } from './printf.js';
import { kindOf, type MaybeValue, printValue, typeName, unbox, type Value } from './value.js';

const BAD_TYPE = 'invalid type for comparison';

/** `eq`: whether the first equals any of the others. Throws OutputError with the complaint alone. */
export function equalsAny(first: MaybeValue, others: readonly MaybeValue[]): boolean {
  if (others.length === 0) throw new OutputError('missing argument for comparison');
  const left = unbox(first);
  return others.some((other) => isEqual(left, unbox(other)));
}

function isEqual(left: MaybeValue, right: MaybeValue): boolean {
  const kind = kindOf(left);
  if (kind !== kindOf(right)) {
    if (left !== undefined && right !== undefined) throw incompatible(left, right);
    return false;
  }
  if (kind !== 'other') return left?.data === right?.data;
  if (left === undefined || right === undefined) return left === right;
  if (left.type !== right.type) {
    throw new OutputError(
      `non-comparable types ${goSprintf('%s', [left])}: ${left.type}, ${right.type}: ${printValue(right)}`,
    );
  }
  throw new OutputError(`non-comparable type ${goSprintf('%s', [right])}: ${right.type}`);
}

function incompatible(left: Value, right: Value): OutputError {
  return new OutputError(`incompatible types for comparison: ${typeName(left)} and ${typeName(right)}`);
}

/** `lt`; the other comparisons are made from it and `eq`. Throws OutputError with the complaint alone. */
export function isLess(first: MaybeValue, second: MaybeValue): boolean {
  const left = unbox(first);
  const right = unbox(second);
  const kind = kindOf(left);
  const other = kindOf(right);
  if (left === undefined || right === undefined || kind === 'other' || other === 'other') {
    throw new OutputError(BAD_TYPE);
  }
  if (kind !== other) throw incompatible(left, right);
  if (kind === 'bool') throw new OutputError(BAD_TYPE);
  if (kind === 'string') return compareBytes(left.data as string, right.data as string) < 0;
  return (left.data as number) < (right.data as number);
}
