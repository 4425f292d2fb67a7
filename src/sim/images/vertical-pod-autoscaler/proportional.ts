import {
  formatQuantity,
  milliQuantityOf,
  parseQuantity,
  type Quantity,
  quantityMilliValue,
  quantityOf,
  quantityValue,
} from '../../api/quantity.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { resourcesOf } from './amounts.js';
import type { Amounts } from './types.js';

/** An amount times `result` over `base`: CPU in thousandths, all else in whole units; what is behind the point goes. */
export function scaled(resource: string, amount: Quantity, base: Quantity, result: Quantity): Quantity {
  const isCpu = resource === 'cpu';
  const value = (quantity: Quantity) => BigInt(isCpu ? quantityMilliValue(quantity) : quantityValue(quantity));
  const divisor = value(base);
  if (divisor === 0n) return amount;
  const product = (value(amount) * value(result)) / divisor;
  return isCpu ? milliQuantityOf(product, amount.format) : quantityOf(product, amount.format);
}

/**
 * The limits that go along with other requests: they keep their ratio to them (GetProportionalLimit). Nothing for a
 * resource that has no limit, neither by itself nor by the namespace's default.
 */
export function proportionalLimits(
  pod: Pod,
  container: Container,
  wanted: Amounts,
  defaults: Amounts,
): Record<string, string> {
  const { requests, limits } = resourcesOf(pod, container);
  const result: Record<string, string> = {};
  for (const name of ['cpu', 'memory']) {
    const limit = limits[name] ?? defaults[name];
    const asked = wanted[name];
    if (limit === undefined || asked === undefined) continue;
    const request = requests[name];
    const isSame =
      request === undefined || quantityMilliValue(parseQuantity(request)) === quantityMilliValue(parseQuantity(limit));
    result[name] = isSame
      ? asked
      : formatQuantity(scaled(name, parseQuantity(limit), parseQuantity(request), parseQuantity(asked)));
  }
  return result;
}
