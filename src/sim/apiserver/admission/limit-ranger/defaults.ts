import type { LimitRange } from '../../../api/types/limits.js';
import type { Container, Pod } from '../../../api/types/pod.js';

/** Where the plug-in notes what it gave. */
const ANNOTATION = 'kubernetes.io/limit-ranger';

type ResourceList = Record<string, string>;

/** Gives containers what a range says they have without saying so themselves, and notes it on the pod. */
export function applyRange({ spec }: LimitRange, pod: Pod): void {
  const requests: ResourceList = {};
  const limits: ResourceList = {};
  for (const limit of spec.limits ?? []) {
    if (limit.type !== 'Container') continue;
    Object.assign(requests, limit.defaultRequest);
    Object.assign(limits, limit.default);
  }
  const { containers, initContainers = [] } = pod.spec;
  const notes = [
    ...containers.flatMap((container) => fill(container, 'container', requests, limits)),
    ...initContainers.flatMap((container) => fill(container, 'init container', requests, limits)),
  ];
  if (notes.length === 0) return;
  pod.metadata.annotations = {
    ...pod.metadata.annotations,
    [ANNOTATION]: `LimitRanger plugin set: ${notes.join('; ')}`,
  };
}

function fill(container: Container, what: string, requests: ResourceList, limits: ResourceList): string[] {
  return [
    ...fillList(container, 'requests', requests, `request for ${what} ${container.name}`),
    ...fillList(container, 'limits', limits, `limit for ${what} ${container.name}`),
  ];
}

function fillList(container: Container, which: 'requests' | 'limits', defaults: ResourceList, note: string): string[] {
  const given = container.resources?.[which] ?? {};
  const added = Object.keys(defaults).filter((name) => given[name] === undefined);
  if (added.length === 0) return [];
  const list = { ...given };
  for (const name of added) list[name] = defaults[name] as string;
  container.resources = { ...container.resources, [which]: list };
  return [`${added.sort().join(', ')} ${note}`];
}
