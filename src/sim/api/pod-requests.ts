/** What a pod asks of its node: the sums the scheduler, kubelet and `kubectl describe node` work with (component-helpers resource). */

import { addQuantity, compareQuantity, parseQuantity, type Quantity } from './quantity.js';
import type { Container, PodSpec } from './types/pod.js';

/** Amounts by resource name. */
export type ResourceAmounts = ReadonlyMap<string, Quantity>;

type Amounts = Map<string, Quantity>;

/** Reads a map of quantities as the API holds them. */
export function parseAmounts(texts: Readonly<Record<string, string>> | undefined): ResourceAmounts {
  const amounts: Amounts = new Map();
  for (const [name, text] of Object.entries(texts ?? {})) amounts.set(name, parseQuantity(String(text)));
  return amounts;
}

/**
 * The requests (or limits) of a whole pod: containers and sidecars summed, or the largest init container together with
 * the sidecars started before it, whichever is more; pod-level resources take precedence; overhead is added.
 */
export function podAmounts(spec: PodSpec, which: 'requests' | 'limits'): ResourceAmounts {
  const total = new Map(containersAmounts(spec, which));
  for (const [name, amount] of parseAmounts(spec.resources?.[which])) total.set(name, amount);
  for (const [name, amount] of parseAmounts(spec.overhead)) {
    if (which === 'requests' || total.has(name)) add(total, name, amount);
  }
  return total;
}

function containersAmounts(spec: PodSpec, which: 'requests' | 'limits'): ResourceAmounts {
  const running: Amounts = new Map();
  for (const container of spec.containers) addAll(running, containerAmounts(container, which));
  const sidecars: Amounts = new Map();
  const starting: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const own = new Map(containerAmounts(container, which));
    if (container.restartPolicy === 'Always') {
      addAll(running, own);
      addAll(sidecars, own);
      raise(starting, sidecars);
    } else {
      addAll(own, sidecars);
      raise(starting, own);
    }
  }
  raise(running, starting);
  return running;
}

function containerAmounts(container: Container, which: 'requests' | 'limits'): ResourceAmounts {
  return parseAmounts(container.resources?.[which]);
}

function add(sum: Amounts, name: string, amount: Quantity): void {
  const before = sum.get(name);
  sum.set(name, before ? addQuantity(before, amount) : amount);
}

function addAll(sum: Amounts, more: ResourceAmounts): void {
  for (const [name, amount] of more) add(sum, name, amount);
}

function raise(most: Amounts, other: ResourceAmounts): void {
  for (const [name, amount] of other) {
    const before = most.get(name);
    if (!before || compareQuantity(before, amount) < 0) most.set(name, amount);
  }
}
