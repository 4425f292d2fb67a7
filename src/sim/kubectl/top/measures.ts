import { addQuantity, parseQuantity, type Quantity, quantityMilliValue, quantityValue } from '../../api/quantity.js';

/** Amounts in use as the API tells them. */
export type UsageTexts = Readonly<Record<string, string>> | undefined;

/** What is measured, in the order of the columns. */
export const MEASURES = ['cpu', 'memory'] as const;
export type Measure = (typeof MEASURES)[number] | 'swap';

const MEBIBYTE = 1024 * 1024;
const ZERO = parseQuantity('0');

/** An amount, nothing where it is not told. */
export function amountOf(usage: UsageTexts, measure: Measure): Quantity {
  const text = usage?.[measure];
  return text === undefined ? ZERO : parseQuantity(text);
}

/** Several uses as one. */
export function sumOf(usages: readonly UsageTexts[], measure: Measure): Quantity {
  return usages.reduce((sum, usage) => addQuantity(sum, amountOf(usage, measure)), ZERO);
}

/** CPU in thousandths of a core, the rest in whole mebibytes. */
export function amountText(amount: Quantity, measure: Measure): string {
  if (measure === 'cpu') return `${quantityMilliValue(amount)}m`;
  return `${Math.trunc(quantityValue(amount) / MEBIBYTE)}Mi`;
}

/** What sorts by an amount: most first. */
export function rankOf(amount: Quantity, measure: string): number {
  return measure === 'cpu' ? -quantityMilliValue(amount) : -quantityValue(amount);
}
