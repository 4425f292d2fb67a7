import { parseAmounts, podAmounts } from '../../../api/pod-requests.js';
import { readAmounts } from '../../../api/quota/amounts.js';
import type { LimitRange, LimitRangeItem } from '../../../api/types/limits.js';
import type { Pod } from '../../../api/types/pod.js';
import type { PersistentVolumeClaim } from '../../../api/types/storage.js';
import type { Admission, AdmissionRequest } from '../admission.js';
import { StoredList } from '../matching/stored-list.js';
import { aggregated, refusal } from '../refusal.js';
import { type Constraint, maximum, maximumRatio, maximumRequest, minimum, type Observed } from './constraints.js';
import { applyRange } from './defaults.js';

/** Pods and claims stay within the limits of their namespace; containers get the defaults of its ranges. */
export const LIMIT_RANGER: Admission = {
  name: 'LimitRanger',
  mutate(request) {
    if (!isConcerned(request) || request.kind.kind !== 'Pod') return;
    for (const range of rangesOf(request)) applyRange(range, request.object as Pod);
  },
  validate(request) {
    if (!isConcerned(request)) return;
    const judge = request.kind.kind === 'Pod' ? podErrors : claimErrors;
    for (const range of rangesOf(request)) {
      const errors = (range.spec.limits ?? []).flatMap((limit) => judge(limit, request));
      if (errors.length > 0) throw refusal(request, aggregated(errors));
    }
  },
};

/** New pods, pods whose resources are changed, claims. What is being deleted is left alone. */
function isConcerned({ kind, subresource, operation, object, old }: AdmissionRequest): boolean {
  if (kind.group !== '' || !object || old?.metadata.deletionTimestamp) return false;
  if (kind.kind === 'Pod') {
    return operation === 'UPDATE' ? subresource === 'resize' : operation === 'CREATE' && subresource === '';
  }
  return kind.kind === 'PersistentVolumeClaim' && subresource === '' && operation !== 'CONNECT';
}

/** By namespace: there are few, they seldom change, and each new pod asks twice. */
const RANGES = new StoredList(['/registry/limitranges/'], (ranges) => {
  const byNamespace = new Map<string, LimitRange[]>();
  for (const range of ranges as LimitRange[]) {
    const { namespace = '' } = range.metadata;
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), range]);
  }
  return byNamespace;
});

function rangesOf({ store, namespace }: AdmissionRequest): readonly LimitRange[] {
  return RANGES.of(store).get(namespace) ?? [];
}

function podErrors(limit: LimitRangeItem, { object }: AdmissionRequest): string[] {
  const { spec } = object as Pod;
  if (limit.type === 'Container') {
    return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ resources }) =>
      errorsOf(limit, { requests: readAmounts(resources?.requests), limits: readAmounts(resources?.limits) }),
    );
  }
  if (limit.type !== 'Pod') return [];
  const { overhead: _, ...own } = spec;
  return errorsOf(limit, { requests: podAmounts(own, 'requests'), limits: podAmounts(own, 'limits') });
}

function errorsOf(limit: LimitRangeItem, observed: Observed): string[] {
  return [
    ...broken(limit.type, limit.min, minimum, observed),
    ...broken(limit.type, limit.max, maximum, observed),
    ...broken(limit.type, limit.maxLimitRequestRatio, maximumRatio, observed),
  ];
}

function claimErrors(limit: LimitRangeItem, { object }: AdmissionRequest): string[] {
  if (limit.type !== 'PersistentVolumeClaim') return [];
  const { resources } = (object as PersistentVolumeClaim).spec;
  const observed = { requests: readAmounts(resources?.requests), limits: new Map() };
  return [
    ...broken(limit.type, limit.min, minimum, observed),
    ...broken(limit.type, limit.max, maximumRequest, observed),
  ];
}

/** The bounds of a list that are broken, by name: the real one takes them in any order. */
function broken(
  type: string,
  bounds: Record<string, string> | undefined,
  constraint: Constraint,
  observed: Observed,
): string[] {
  const names = [...parseAmounts(bounds)].sort(([a], [b]) => (a < b ? -1 : 1));
  return names.flatMap(([name, bound]) => constraint(type, name, bound, observed) ?? []);
}
