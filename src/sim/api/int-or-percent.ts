/** Values that are a number or a share of something: maxSurge, minAvailable … (apimachinery util/intstr). */
import { goQuote } from './go-text.js';
import type { IntOrString } from './object.js';

/** A text that is neither a number nor a percentage, in the words of apimachinery. */
export class IntOrPercentError extends Error {}

/**
 * The number a value stands for, a percentage taken of `total`.
 * @throws IntOrPercentError in the words of intstr.GetScaledValueFromIntOrPercent.
 */
export function scaledValue(value: IntOrString, total: number, roundUp: boolean): number {
  if (typeof value === 'number') return value;
  if (!value.endsWith('%')) {
    throw new IntOrPercentError('invalid value for IntOrString: invalid type: string is not a percentage');
  }
  const digits = value.slice(0, -1);
  if (!/^[+-]?\d+$/.test(digits)) {
    const why = `strconv.Atoi: parsing ${goQuote(digits)}: invalid syntax`;
    throw new IntOrPercentError(`invalid value for IntOrString: invalid value ${goQuote(value)}: ${why}`);
  }
  const share = (Number(digits) * total) / 100;
  return roundUp ? Math.ceil(share) : Math.floor(share);
}
