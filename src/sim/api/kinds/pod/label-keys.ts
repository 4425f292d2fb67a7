/** Keys of labels whose values a new pod gives to the selectors of its own terms (registry/core/pod strategy). */
import type { LabelSelector } from '../../object.js';
import type { Pod, PodAffinityTerm } from '../../types/pod.js';

type Labels = Readonly<Record<string, string>>;

/** Writes the values of `matchLabelKeys` and `mismatchLabelKeys` into the selectors beside them. */
export function mergeLabelKeys(pod: Pod): void {
  const { affinity = {}, topologySpreadConstraints = [] } = pod.spec;
  const labels = pod.metadata.labels ?? {};
  for (const kind of [affinity.podAffinity, affinity.podAntiAffinity]) {
    const soft = kind?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    for (const { podAffinityTerm } of soft) mergeKeysOfTerm(podAffinityTerm, labels);
    for (const term of kind?.requiredDuringSchedulingIgnoredDuringExecution ?? []) mergeKeysOfTerm(term, labels);
  }
  for (const { labelSelector, matchLabelKeys } of topologySpreadConstraints) {
    narrow(labelSelector, 'In', matchLabelKeys, labels);
  }
}

function mergeKeysOfTerm(term: PodAffinityTerm, labels: Labels): void {
  narrow(term.labelSelector, 'In', term.matchLabelKeys, labels);
  narrow(term.labelSelector, 'NotIn', term.mismatchLabelKeys, labels);
}

/** No selector finds nothing, and is left so. */
function narrow(
  selector: LabelSelector | undefined,
  operator: 'In' | 'NotIn',
  keys: readonly string[] | undefined,
  labels: Labels,
): void {
  for (const key of keys ?? []) {
    const value = labels[key];
    if (!selector || value === undefined) continue;
    selector.matchExpressions = [...(selector.matchExpressions ?? []), { key, operator, values: [value] }];
  }
}
