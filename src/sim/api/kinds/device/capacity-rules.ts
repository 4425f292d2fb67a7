/** Rules of how much of a device's capacity may be asked for at once (resource/validation validateRequestPolicy). */
import { duplicate, type FieldError, forbidden, invalid, required, tooMany } from '../../field-error.js';
import { addQuantity, compareQuantity, formatQuantity, type Quantity, quantityValue } from '../../quantity.js';
import type { CapacityRequestPolicy, DeviceCapacity } from '../../types/devices.js';
import { readQuantity } from '../quantity-rules.js';

const VALUES_MAX = 10;

/** A policy is for devices that several claims may share. */
export function validateCapacity(path: string, capacity: DeviceCapacity, shared: boolean): FieldError[] {
  const { requestPolicy: policy, value } = capacity;
  if (!policy) return [];
  const at = `${path}.requestPolicy`;
  if (!shared) return [forbidden(at, 'allowMultipleAllocations must be true')];
  const hasValues = (policy.validValues ?? []).length > 0;
  if (hasValues && policy.validRange) {
    const words = 'exactly one policy can be specified, cannot specify "validValues" and "validRange" at the same time';
    return [forbidden(at, words)];
  }
  const whole = readQuantity(value);
  if (!hasValues && !policy.validRange) return [];
  const list = hasValues ? 'validValues' : 'validRange';
  if (policy.default === undefined) return [required(`${at}.default`, `required when ${list} is defined`)];
  const usual = readQuantity(policy.default);
  return hasValues
    ? validateValues(`${at}.validValues`, policy.validValues ?? [], usual, whole)
    : validateRange(`${at}.validRange`, policy.validRange ?? {}, usual, whole);
}

function validateValues(path: string, texts: readonly string[], usual: Quantity, whole: Quantity): FieldError[] {
  const values = texts.map(readQuantity);
  const errors: FieldError[] = [];
  values.forEach((value, index) => {
    const before = values[index - 1];
    if (!before || compareQuantity(before, value) <= 0) return;
    errors.push(invalid(`${path}[${index}]`, formatQuantity(value), 'values must be sorted in ascending order'));
  });
  let found = false;
  if (values.length > VALUES_MAX) errors.push(tooMany(path, values.length, VALUES_MAX));
  else {
    found = values.some((value) => compareQuantity(value, usual) === 0);
    errors.push(...validateOptions(path, values, whole));
  }
  if (found) return errors;
  const words = 'default value is not valid according to the requestPolicy';
  return [...errors, invalid(path, formatQuantity(usual), words)];
}

function validateOptions(path: string, values: readonly Quantity[], whole: Quantity): FieldError[] {
  const keys = values.map((value) => String(quantityValue(value)));
  const large = values.flatMap((value, index) => {
    if (compareQuantity(value, whole) <= 0) return [];
    const words = `option is larger than capacity value: ${formatQuantity(whole)}`;
    return [invalid(`${path}[${index}]`, formatQuantity(value), words)];
  });
  const twice = keys.flatMap((key, index) => (keys.indexOf(key) < index ? [duplicate(`${path}[${index}]`, key)] : []));
  return [...large, ...twice];
}

function validateRange(
  path: string,
  range: NonNullable<CapacityRequestPolicy['validRange']>,
  usual: Quantity,
  whole: Quantity,
): FieldError[] {
  if (range.min === undefined) return [required(`${path}.min`, 'required when validRange is defined')];
  const min = readQuantity(range.min);
  const max = range.max === undefined ? undefined : readQuantity(range.max);
  const errors: FieldError[] = [];
  const more = (a: Quantity, b: Quantity, field: string, words: string) => {
    if (compareQuantity(a, b) > 0)
      errors.push(invalid(`${path}.${field}`, formatQuantity(a), `${words}: ${formatQuantity(b)}`));
  };
  more(min, whole, 'min', 'min is larger than capacity value');
  if (compareQuantity(usual, min) < 0) {
    errors.push(invalid(`${path}.min`, formatQuantity(usual), `default is less than min: ${formatQuantity(min)}`));
  }
  if (max) {
    more(min, max, 'max', 'min is larger than max');
    more(max, whole, 'max', 'max is larger than capacity value');
    more(usual, max, 'max', 'default is more than max');
  }
  if (range.step === undefined) return errors;
  const step = readQuantity(range.step);
  const at = `${path}.step`;
  const added = addQuantity(min, step);
  if (compareQuantity(added, whole) > 0) {
    const words = `one step ${formatQuantity(added)} is larger than capacity value: ${formatQuantity(whole)}`;
    errors.push(invalid(at, formatQuantity(step), words));
  }
  return [...errors, ...(max ? [usual, max] : [usual]).flatMap((value) => validateStep(at, value, min, step))];
}

function validateStep(path: string, value: Quantity, min: Quantity, step: Quantity): FieldError[] {
  if ((quantityValue(value) - quantityValue(min)) % quantityValue(step) === 0) return [];
  const words = `value is not a multiple of a given step (${formatQuantity(step)}) from (${formatQuantity(min)})`;
  return [invalid(path, formatQuantity(value), words)];
}
