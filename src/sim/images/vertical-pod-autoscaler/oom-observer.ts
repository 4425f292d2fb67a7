/** Who was killed or put out for want of memory (pkg/recommender/input/oom). */
import { parseQuantity, quantityValue } from '../../api/quantity.js';
import { parseTime } from '../../api/time.js';
import type { Event } from '../../api/types/event.js';
import type { Pod } from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';
import { amountOf, resourcesOf } from './amounts.js';
import { keyOf } from './cluster-model.js';

/** A container that was killed, and the bytes it had asked for. */
export interface Oom {
  readonly pod: string;
  readonly container: string;
  readonly bytes: number;
  readonly at: Micros;
}

/** The kills that a change of a pod tells of. */
export function oomsBetween(before: Pod, after: Pod): Oom[] {
  return (after.status?.containerStatuses ?? []).flatMap((status): Oom[] => {
    const old = before.status?.containerStatuses?.find(({ name }) => name === status.name);
    if (!old) return [];
    const again = (status.restartCount ?? 0) > (old.restartCount ?? 0);
    const now = status.state?.terminated;
    const last = status.lastState?.terminated;
    const isNew = now?.reason === 'OOMKilled' && (!old.state?.terminated || again);
    const isPrevious = status.state?.running && old.state?.running && again && last?.reason === 'OOMKilled';
    if (!isNew && !isPrevious) return [];
    const pod = isNew ? after : before;
    const container = pod.spec.containers.find(({ name }) => name === status.name);
    const bytes = container ? quantityValue(amountOf(resourcesOf(pod, container).requests, 'memory')) : 0;
    const at = parseTime((isNew ? now : last)?.finishedAt ?? '') ?? 0;
    return [{ pod: keyOf(after), container: status.name, bytes, at }];
  });
}

/** The containers that an eviction names for what they used of memory. */
export function oomsOfEviction(event: Event): Oom[] {
  const { annotations = {}, creationTimestamp } = event.metadata;
  if (event.reason !== 'Evicted' || event.involvedObject.kind !== 'Pod') return [];
  const list = (key: string) => (annotations[key] === undefined ? [] : annotations[key].split(','));
  const names = list('offending_containers');
  const used = list('offending_containers_usage');
  const starved = list('starved_resource');
  if (names.length !== used.length || names.length !== starved.length) return [];
  const { namespace = '', name = '' } = event.involvedObject;
  const at = parseTime(String(creationTimestamp ?? '')) ?? 0;
  return names.flatMap((container, index) =>
    starved[index] === 'memory'
      ? [{ pod: `${namespace}/${name}`, container, bytes: quantityValue(parseQuantity(used[index] ?? '0')), at }]
      : [],
  );
}
