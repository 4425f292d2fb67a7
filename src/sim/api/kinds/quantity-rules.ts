/** Rules of amounts, and how lists of them are kept. */
import { type FieldError, invalid } from '../field-error.js';
import {
  canonicalQuantity,
  formatQuantity,
  parseQuantity,
  type Quantity,
  QuantityError,
  quantityValue,
  roundUpQuantity,
  ZERO_QUANTITY,
} from '../quantity.js';
import { NEGATIVE } from './meta.js';

/** An amount; decoding has refused what is none, and nothing counts as zero. */
export function readQuantity(text: string | undefined): Quantity {
  try {
    return text === undefined ? ZERO_QUANTITY : parseQuantity(String(text));
  } catch (error) {
    if (error instanceof QuantityError) return ZERO_QUANTITY;
    throw error;
  }
}

/** More than zero (ValidatePositiveQuantityValue). */
export function positiveQuantity(path: string, text: string): FieldError[] {
  const amount = readQuantity(text);
  return amount.nanos <= 0n ? [invalid(path, formatQuantity(amount), 'must be greater than zero')] : [];
}

/** Zero or more (ValidateNonnegativeQuantity). */
export function nonnegativeQuantity(path: string, text: string): FieldError[] {
  const amount = readQuantity(text);
  return amount.nanos < 0n ? [invalid(path, formatQuantity(amount), NEGATIVE)] : [];
}

/** Zero or more, told in whole units (validateBasicResource). */
export function basicQuantity(path: string, text: string): FieldError[] {
  const value = quantityValue(readQuantity(text));
  return value < 0 ? [invalid(path, value, 'must be a valid resource quantity')] : [];
}

/** Amounts are kept in thousandths, rounded up (SetDefaults_ResourceList). */
export function roundResourceList(list: Record<string, string> | undefined): void {
  if (!list) return;
  for (const [name, text] of Object.entries(list)) {
    const { quantity, exact } = roundUpQuantity(readQuantity(text), -3);
    list[name] = exact ? (canonicalQuantity(String(text)) ?? text) : formatQuantity(quantity);
  }
}
