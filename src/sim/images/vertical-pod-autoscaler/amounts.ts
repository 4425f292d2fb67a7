import {
  compareQuantity,
  parseQuantity,
  type Quantity,
  quantityMilliValue,
  ZERO_QUANTITY,
} from '../../api/quantity.js';
import type { Container, Pod } from '../../api/types/pod.js';
import type { Amounts } from './types.js';

/** An amount of a resource; zero where nothing is said. */
export function amountOf(amounts: Amounts | undefined, resource: string): Quantity {
  const text = amounts?.[resource];
  return text === undefined ? ZERO_QUANTITY : parseQuantity(String(text));
}

/** Less than, equal to or greater than zero. */
export function compareAmounts(one: string, other: string): number {
  return compareQuantity(parseQuantity(String(one)), parseQuantity(String(other)));
}

/** Thousandths of a unit. */
export function milliOf(text: string): number {
  return quantityMilliValue(parseQuantity(String(text)));
}

/** What a container asks for and may have: what it was given where it runs already (resourcehelpers). */
export function resourcesOf(pod: Pod, { name, resources }: Container): { requests: Amounts; limits: Amounts } {
  const given = pod.status?.containerStatuses?.find((status) => status.name === name)?.resources;
  return {
    requests: given?.requests ?? resources?.requests ?? {},
    limits: given?.limits ?? resources?.limits ?? {},
  };
}
