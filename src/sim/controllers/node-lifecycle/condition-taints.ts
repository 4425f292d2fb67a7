import { sameTaint, TAINT } from '../../api/taints.js';
import type { Node, Taint } from '../../api/types/node.js';

export const UNREACHABLE_NO_EXECUTE: Taint = { key: TAINT.unreachable, effect: 'NoExecute' };
export const NOT_READY_NO_EXECUTE: Taint = { key: TAINT.notReady, effect: 'NoExecute' };

/** The taint that keeps pods away, by condition and its status. */
const CONDITION_TAINTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: TAINT.notReady, Unknown: TAINT.unreachable },
  MemoryPressure: { True: TAINT.memoryPressure },
  DiskPressure: { True: TAINT.diskPressure },
  NetworkUnavailable: { True: TAINT.networkUnavailable },
  PIDPressure: { True: TAINT.pidPressure },
};
const MANAGED_KEYS: readonly string[] = [
  TAINT.unschedulable,
  ...Object.values(CONDITION_TAINTS).flatMap((byStatus) => Object.values(byStatus)),
];

/** The NoSchedule taints a node lacks and those it has without cause, judged by its conditions and `unschedulable`. */
export function noScheduleDifference(node: Node): { add: Taint[]; remove: Taint[] } {
  const wanted = noScheduleTaints(node);
  const present = (node.spec.taints ?? []).filter(
    ({ key, effect }) => effect === 'NoSchedule' && MANAGED_KEYS.includes(key),
  );
  return {
    add: wanted.filter((taint) => !present.some((other) => sameTaint(other, taint))),
    remove: present.filter((taint) => !wanted.some((other) => sameTaint(other, taint))),
  };
}

function noScheduleTaints(node: Node): Taint[] {
  const keys = (node.status?.conditions ?? []).flatMap(({ type, status }) => CONDITION_TAINTS[type]?.[status] ?? []);
  if (node.spec.unschedulable) keys.push(TAINT.unschedulable);
  return keys.map((key) => ({ key, effect: 'NoSchedule' }));
}
