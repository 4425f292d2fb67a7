import { type Plugin, unschedulable } from '../plugin.js';
import { podInfo } from '../pod-info.js';

/** Another pod has the port. */
const PORTS_REASON = "node(s) didn't have free ports for the requested pod ports";

/** Two pods cannot have the same port of a node. */
export const nodePorts: Plugin = {
  name: 'NodePorts',
  prepareFilter: ({ pod }) => {
    if (pod.ports.length === 0) return undefined;
    return {
      local: JSON.stringify(pod.ports),
      check: (node) => (pod.ports.every((port) => node.isPortFree(port)) ? undefined : unschedulable(PORTS_REASON)),
    };
  },
  helpedBy: (pod, event) => {
    if (event.kind === 'node added') return true;
    if (event.kind !== 'assigned pod deleted') return false;
    const freed = podInfo(event.pod).ports;
    return podInfo(pod).ports.some(({ port, protocol }) =>
      freed.some((other) => other.port === port && other.protocol === protocol),
    );
  },
};
