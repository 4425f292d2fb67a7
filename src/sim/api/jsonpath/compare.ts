import { compareBytes } from '../bytewise.js';
import { type GoKind, goKind } from '../go-type.js';
import { OutputError } from '../output-error.js';

const BAD_TYPE = 'invalid type for comparison';

/** Whether `left operator right` holds in a filter. Numbers compare with numbers of their own kind only. Throws OutputError. */
export function compareValues(operator: string, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
      return isLess(left, right);
    case '<=':
      return isLess(left, right) || isEqual(left, right);
    case '>':
      return !isLess(left, right) && !isEqual(left, right);
    case '>=':
      return !isLess(left, right);
    default:
      throw new OutputError(`unrecognized filter operator ${operator}`);
  }
}

function commonKind(left: unknown, right: unknown): GoKind {
  const kind = goKind(left);
  const other = goKind(right);
  if (kind === 'other' || other === 'other') throw new OutputError(BAD_TYPE);
  if (kind !== other) throw new OutputError('incompatible types for comparison');
  return kind;
}

function isEqual(left: unknown, right: unknown): boolean {
  commonKind(left, right);
  return left === right;
}

function isLess(left: unknown, right: unknown): boolean {
  const kind = commonKind(left, right);
  if (kind === 'bool') throw new OutputError(BAD_TYPE);
  if (kind === 'string') return compareBytes(left as string, right as string) < 0;
  return (left as number) < (right as number);
}
