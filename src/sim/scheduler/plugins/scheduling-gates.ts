import type { Plugin } from '../plugin.js';

/** A pod with gates is not looked at until the last one is removed. */
export const schedulingGates: Plugin = {
  name: 'SchedulingGates',
  gate: (pod) => {
    const gates = (pod.spec.schedulingGates ?? []).map(({ name }) => name);
    return gates.length > 0 ? `waiting for scheduling gates: [${gates.join(' ')}]` : undefined;
  },
  helpedBy: (pod, event) =>
    event.kind === 'pod updated' &&
    event.pod.metadata.uid === pod.metadata.uid &&
    (event.pod.spec.schedulingGates ?? []).length === 0,
};
