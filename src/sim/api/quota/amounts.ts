/** Sums of resources as quotas reckon with them (apiserver/pkg/quota/v1). */

import { compareText } from '../go-text.js';
import { readQuantity } from '../kinds/quantity-rules.js';
import type { ResourceAmounts } from '../pod-requests.js';
import {
  addQuantity,
  compareQuantity,
  formatQuantity,
  type Quantity,
  subQuantity,
  ZERO_QUANTITY,
} from '../quantity.js';

/** A list as the API has it, read; what is no quantity counts as zero. */
export function readAmounts(list: Readonly<Record<string, string>> | undefined): ResourceAmounts {
  return new Map(Object.entries(list ?? {}).map(([name, text]) => [name, readQuantity(text)]));
}

/** A list as the API has it, by name. */
export function writeAmounts(amounts: ResourceAmounts): Record<string, string> {
  const sorted = [...amounts].sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(sorted.map(([name, amount]) => [name, formatQuantity(amount)]));
}

/** The sum, name by name. */
export function addAmounts(a: ResourceAmounts, b: ResourceAmounts): ResourceAmounts {
  const sum = new Map(a);
  for (const [name, amount] of b) {
    const before = sum.get(name);
    sum.set(name, before ? addQuantity(before, amount) : amount);
  }
  return sum;
}

/** What `a` has more than `b`; what it has less counts as zero. */
export function growthOf(a: ResourceAmounts, b: ResourceAmounts): ResourceAmounts {
  const growth = new Map<string, Quantity>();
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const more = subQuantity(a.get(name) ?? ZERO_QUANTITY, b.get(name) ?? ZERO_QUANTITY);
    growth.set(name, more.nanos > 0n ? more : ZERO_QUANTITY);
  }
  return growth;
}

/** Only the named amounts. */
export function maskAmounts(amounts: ResourceAmounts, names: Iterable<string>): ResourceAmounts {
  const wanted = new Set(names);
  return new Map([...amounts].filter(([name]) => wanted.has(name)));
}

/** Without what is zero. */
export function withoutZeros(amounts: ResourceAmounts): ResourceAmounts {
  return new Map([...amounts].filter(([, { nanos }]) => nanos !== 0n));
}

/** The names of which there is more than is allowed. */
export function exceeding(amounts: ResourceAmounts, most: ResourceAmounts): string[] {
  return [...most].flatMap(([name, limit]) => {
    const amount = amounts.get(name);
    return amount && compareQuantity(amount, limit) > 0 ? [name] : [];
  });
}

/** Whether both say the same, however it is written. */
export function equalAmounts(a: ResourceAmounts, b: ResourceAmounts): boolean {
  return a.size === b.size && [...a].every(([name, { nanos }]) => b.get(name)?.nanos === nanos);
}
