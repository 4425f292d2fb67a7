/** Limits of numbers, in the words of kube-openapi's number validator. */
import { goFloat, isGoInteger } from '../../go-number.js';
import type { SchemaProps } from '../../types/custom-resource-definition.js';
import { composite, type Issue, issue, Result } from './result.js';

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  integer: ['int32', 'int64'],
  number: ['double', 'float'],
};
const FLOAT_MAX = 3.4028234663852886e38;

/** Compares a number with the limits of its schema. */
export function validateNumber(path: string, value: number, types: readonly string[], schema: SchemaProps): Result {
  const [type = ''] = types.length === 1 ? types.filter((one) => one in FORMATS) : [];
  const format = FORMATS[type]?.includes(schema.format ?? '') ? (schema.format as string) : '';
  const range = (number: number, prefix: string) => rangeIssue(path, number, type, format, prefix);
  const result = new Result().add(range(value, 'Checked'));
  const { multipleOf, maximum, minimum } = schema;
  if (multipleOf !== undefined) {
    result.add(range(multipleOf, 'MultipleOf'), multipleIssue(path, value, multipleOf));
  }
  if (maximum !== undefined) {
    const wrong = range(maximum, 'Maximum boundary');
    const exclusive = schema.exclusiveMaximum === true;
    const words = exclusive ? 'should be less than' : 'should be less than or equal to';
    const limit = limitFor(value, maximum, wrong !== undefined);
    const passed = exclusive ? value >= limit.number : value > limit.number;
    result.add(wrong, passed ? issue('invalid', path, `${words} ${limit.text}`, value) : undefined);
  }
  if (minimum !== undefined) {
    const wrong = range(minimum, 'Minimum boundary');
    const exclusive = schema.exclusiveMinimum === true;
    const words = exclusive ? 'should be greater than' : 'should be greater than or equal to';
    const limit = limitFor(value, minimum, wrong !== undefined);
    const passed = exclusive ? value <= limit.number : value < limit.number;
    result.add(wrong, passed ? issue('invalid', path, `${words} ${limit.text}`, value) : undefined);
  }
  result.checks += 1;
  return result;
}

/** Whole numbers are compared with what is whole of a limit, unless that does not fit the type. */
function limitFor(value: number, limit: number, isForeign: boolean): { number: number; text: string } {
  if (!isGoInteger(value) || isForeign) return { number: limit, text: goFloat(limit) };
  const whole = Math.trunc(limit);
  return { number: whole, text: String(BigInt(whole)) };
}

function multipleIssue(path: string, value: number, factor: number): Issue | undefined {
  if (factor <= 0) return composite(`factor MultipleOf declared for ${path} must be positive: ${goFloat(factor)}`);
  const isWhole = isGoInteger(value) && isGoInteger(factor);
  const quotient = factor < 1 ? (1 / factor) * value : value / factor;
  const fits = isWhole ? value % factor === 0 : isNearlyWhole(quotient);
  const shown = isWhole ? String(factor) : goFloat(factor);
  return fits ? undefined : issue('invalid', path, `should be a multiple of ${shown}`, value);
}

/** As swag's IsFloat64AJSONInteger has it: a difference of a billionth counts as none. */
function isNearlyWhole(value: number): boolean {
  if (!Number.isFinite(value) || Math.abs(value) > 2 ** 53 - 1) return false;
  const whole = Math.trunc(value);
  const difference = Math.abs(value - whole);
  if (value === whole) return true;
  return whole === 0 || value === 0
    ? difference < Number.EPSILON * 1e-300
    : difference / (Math.abs(value) + Math.abs(whole)) < 1e-9;
}

function rangeIssue(path: string, value: number, type: string, format: string, prefix: string): Issue | undefined {
  const fits =
    type === 'integer'
      ? format === 'int32'
        ? Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31
        : isGoInteger(value)
      : format !== 'float' || Math.abs(value) <= FLOAT_MAX;
  if (fits) return undefined;
  const how = format === '' ? '(default format)' : `with format ${format}`;
  return composite(`${prefix} value must be of type ${type} ${how} in ${path}`);
}
