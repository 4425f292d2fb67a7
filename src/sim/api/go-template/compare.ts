import { compareBytes } from '../bytewise.js';
import { printData } from './format-value.js';
import { isIntegerKind } from './go-types.js';
import {
  GoInteger,
  GoNamedText,
  GoNil,
  GoStruct,
  type MaybeValue,
  typeOfData,
  unbox,
  type Value,
} from './go-values.js';
import { TemplateError } from './template-error.js';

const BAD_TYPE = 'invalid type for comparison';

type Kind = 'bool' | 'int' | 'uint' | 'float' | 'string' | 'other';

function kindOf(value: MaybeValue): Kind {
  const kind = typeOfData(value?.data)?.kind;
  if (kind === undefined || value?.data instanceof GoNil) return 'other';
  if (kind === 'bool' || kind === 'string') return kind;
  if (kind === 'float64') return 'float';
  if (!isIntegerKind(kind)) return 'other';
  return kind.startsWith('uint') ? 'uint' : 'int';
}

/** `eq`: whether the first equals any of the others. Throws TemplateError with the complaint alone. */
export function equalsAny(first: MaybeValue, others: readonly MaybeValue[]): boolean {
  if (others.length === 0) throw new TemplateError('missing argument for comparison');
  const left = unbox(first);
  return others.some((other) => isEqual(left, unbox(other)));
}

function isEqual(left: MaybeValue, right: MaybeValue): boolean {
  const [kind, other] = [kindOf(left), kindOf(right)];
  if (kind !== other && !areIntegers(kind, other)) {
    if (left !== undefined && right !== undefined) throw incompatible(left, right);
    return false;
  }
  if (kind !== 'other') return basicData(left) === basicData(right);
  return areSame(left, right);
}

function areIntegers(kind: Kind, other: Kind): boolean {
  return (kind === 'int' && other === 'uint') || (kind === 'uint' && other === 'int');
}

function areSame(left: MaybeValue, right: MaybeValue): boolean {
  if (left !== undefined && right !== undefined) {
    const [first, second] = [typeOfData(left.data), typeOfData(right.data)];
    if (first?.kind !== second?.kind) {
      throw new TemplateError(
        `non-comparable types ${printData(left.data)}: ${first?.name}, ${second?.name}: ${printData(right.data)}`,
      );
    }
  }
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right);
  const type = typeOfData(right?.data);
  if (type?.kind === 'map' || type?.kind === 'slice') {
    throw new TemplateError(`non-comparable type ${printData(right?.data)}: ${type.name}`);
  }
  return left?.data === right?.data || sameStruct(left?.data, right?.data);
}

function sameStruct(left: unknown, right: unknown): boolean {
  if (!(left instanceof GoStruct) || !(right instanceof GoStruct) || left.type !== right.type) return false;
  return left.type.kind === 'struct' && printData(left) === printData(right);
}

function isNil(value: MaybeValue): boolean {
  return value === undefined || value.data instanceof GoNil;
}

function basicData(value: MaybeValue): unknown {
  const data = value?.data;
  return data instanceof GoInteger || data instanceof GoNamedText ? data.value : data;
}

function incompatible(left: Value, right: Value): TemplateError {
  const [first, second] = [typeOfData(left.data)?.name, typeOfData(right.data)?.name];
  return new TemplateError(`incompatible types for comparison: ${first} and ${second}`);
}

/** `lt`; the other comparisons are made from it and `eq`. Throws TemplateError with the complaint alone. */
export function isLess(first: MaybeValue, second: MaybeValue): boolean {
  const [left, right] = [unbox(first), unbox(second)];
  const [kind, other] = [kindOf(left), kindOf(right)];
  if (left === undefined || right === undefined || kind === 'other' || other === 'other') {
    throw new TemplateError(BAD_TYPE);
  }
  if (kind !== other && !areIntegers(kind, other)) throw incompatible(left, right);
  if (kind === 'bool') throw new TemplateError(BAD_TYPE);
  const [a, b] = [basicData(left), basicData(right)];
  if (kind === 'string') return compareBytes(a as string, b as string) < 0;
  return (a as number) < (b as number);
}
