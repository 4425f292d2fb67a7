import type { KubeObject } from '../../api/object.js';
import type { ResourceAmounts } from '../../api/pod-requests.js';
import { quantityOf } from '../../api/quantity.js';
import { addAmounts, maskAmounts } from '../../api/quota/amounts.js';
import { type QuotaEvaluator, type QuotaSurroundings, scopesOf } from '../../api/quota/evaluator.js';
import type { ResourceQuota } from '../../api/types/limits.js';

/** An evaluator with the objects of a namespace that it counts. */
export interface Counted {
  readonly evaluator: QuotaEvaluator;
  readonly objects: (namespace: string) => readonly KubeObject[];
}

/** What a namespace uses of what a quota limits, counted anew (quota/v1 CalculateUsage). What nobody counts is left out. */
export function countUsage(
  quota: ResourceQuota,
  counted: Iterable<Counted>,
  surroundings: QuotaSurroundings,
): ResourceAmounts {
  const hard = Object.keys(quota.spec.hard ?? {});
  const scopes = scopesOf(quota);
  let usage: ResourceAmounts = new Map();
  for (const { evaluator, objects } of counted) {
    const names = evaluator.matching(hard, surroundings);
    if (names.length === 0) continue;
    let sum: ResourceAmounts = new Map(names.map((name) => [name, quantityOf(0)]));
    for (const object of objects(quota.metadata.namespace ?? '')) {
      if (!scopes.every((scope) => evaluator.matchesScope?.(scope, object) ?? false)) continue;
      sum = addAmounts(sum, evaluator.usage(object, surroundings));
    }
    usage = addAmounts(usage, sum);
  }
  return maskAmounts(usage, hard);
}
