import { semanticEqual } from '../../api/object.js';
import { isPodAvailable, isPodReady } from '../../api/pods.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { DaemonSet, DaemonSetStatus } from '../../api/types/workloads.js';
import type { Micros } from '../../kernel/time.js';
import { byUsefulness } from './order.js';
import { isUpToDate, nodeEligibility } from './placement.js';

/** Counts what a daemon set's status says (daemon updateDaemonSetStatus). `observe` is false while writes are pending. */
export function daemonSetStatus(
  set: DaemonSet,
  nodes: readonly Node[],
  podsByNode: ReadonlyMap<string, readonly Pod[]>,
  hash: string,
  observe: boolean,
  now: Micros,
): DaemonSetStatus {
  const status = { ...(set.status ?? EMPTY), ...EMPTY, updatedNumberScheduled: 0, numberAvailable: 0 };
  for (const node of nodes) {
    const pods = [...(podsByNode.get(node.metadata.name ?? '') ?? [])].sort(byUsefulness);
    const [pod] = pods;
    if (!nodeEligibility(node, set).shouldRun) {
      if (pod) status.numberMisscheduled += 1;
      continue;
    }
    status.desiredNumberScheduled += 1;
    if (!pod) continue;
    status.currentNumberScheduled += 1;
    if (isPodReady(pod)) status.numberReady += 1;
    if (isPodAvailable(pod, set.spec.minReadySeconds ?? 0, now)) status.numberAvailable += 1;
    if (isUpToDate(pod, set, hash)) status.updatedNumberScheduled += 1;
  }
  const numberUnavailable = status.desiredNumberScheduled - status.numberAvailable;
  const generation = observe ? set.metadata.generation : set.status?.observedGeneration;
  return { ...status, numberUnavailable, ...(generation === undefined ? {} : { observedGeneration: generation }) };
}

/** Whether writing the status would change nothing. */
export function sameDaemonSetStatus(set: DaemonSet, status: DaemonSetStatus): boolean {
  const numbers = (of: DaemonSetStatus | undefined) => [
    of?.desiredNumberScheduled ?? 0,
    of?.currentNumberScheduled ?? 0,
    of?.numberMisscheduled ?? 0,
    of?.numberReady ?? 0,
    of?.updatedNumberScheduled ?? 0,
    of?.numberAvailable ?? 0,
    of?.numberUnavailable ?? 0,
  ];
  const seen = (set.status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 0);
  return semanticEqual(numbers(set.status), numbers(status)) && seen;
}

const EMPTY = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
