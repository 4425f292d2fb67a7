import { formatTime } from '../../api/time.js';
import type { ContainerStatus, Pod, PodStatus } from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';
import { hasStartedMain, podConditions } from '../status/conditions.js';
import type { ContainerKnowledge } from '../status/container-status.js';
import { containerStatuses } from '../status/container-status.js';
import { podPhase } from '../status/phase.js';
import { qosClass } from '../status/qos.js';
import type { WorkerState } from './worker-state.js';
import { allContainers, ephemeralContainers } from './worker-state.js';

/** What is reported when a pod is over although its containers are not the cause. */
export interface PodVerdict {
  readonly phase: 'Failed';
  readonly reason: string;
  readonly message: string;
}

/** A pod's status from what the runtime says and the worker remembers. `over`: nothing will be started any more. */
export function apiStatus(
  pod: Pod,
  state: WorkerState,
  node: { readonly address: string; readonly now: Micros },
  over: boolean,
  before: PodStatus,
  verdict?: PodVerdict,
): PodStatus {
  const specs = new Map(allContainers(pod).map((container) => [container.name, container]));
  const specOf = (id: string) =>
    specs.get(state.containers.find((container) => container.id === id)?.config.name ?? '');
  const knowledge: ContainerKnowledge = {
    waiting: (name) => state.waiting.get(name),
    isReady: (id) => {
      const spec = specOf(id);
      return !over && spec !== undefined && state.isReady(spec, id);
    },
    isStarted: (id) => {
      const spec = specOf(id);
      return spec !== undefined && state.isStarted(spec, id);
    },
  };
  const of = (specsOfKind: Pod['spec']['containers'], old: readonly ContainerStatus[], isInit: boolean) =>
    containerStatuses(pod, specsOfKind, state.containers, old, knowledge, isInit);
  const inits = of(pod.spec.initContainers ?? [], before.initContainerStatuses ?? [], true);
  const mains = of(pod.spec.containers, before.containerStatuses ?? [], false);
  const guests = of(ephemeralContainers(pod), before.ephemeralContainerStatuses ?? [], false);
  const statuses = over ? [...inits, ...mains].map(ended) : [...inits, ...mains];
  const started = hasStartedMain({ pod, statuses });
  state.wasInitialized ||= started;
  const phase = verdict?.phase ?? terminalPhase(podPhase(pod.spec, statuses, over, state.wasInitialized), over);
  const now = formatTime(node.now);
  state.startTime ??= before.startTime ?? now;
  const address = pod.spec.hostNetwork ? node.address : state.podIP;
  const facts = { pod, statuses, phase, hasSandbox: state.sandbox !== undefined, before: before.conditions ?? [] };
  const initCount = inits.length;
  return {
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    phase,
    conditions: podConditions(facts, now),
    ...(verdict ? { reason: verdict.reason, message: verdict.message } : {}),
    hostIP: node.address,
    hostIPs: [{ ip: node.address }],
    ...(address ? { podIP: address, podIPs: [{ ip: address }] } : {}),
    startTime: state.startTime,
    ...(initCount > 0 ? { initContainerStatuses: statuses.slice(0, initCount) } : {}),
    containerStatuses: statuses.slice(initCount),
    ...(guests.length > 0 ? { ephemeralContainerStatuses: guests.map((guest) => ephemeralStatus(guest, over)) } : {}),
    qosClass: qosClass(pod.spec),
  };
}

/** No probe looks at an ephemeral container: it is neither ready nor started. */
function ephemeralStatus(status: ContainerStatus, over: boolean): ContainerStatus {
  const { started: _, ...unprobed } = over ? ended(status) : status;
  return { ...unprobed, ready: false };
}

/** A pod that is over has a phase that says so. */
function terminalPhase(phase: string, over: boolean): string {
  return over && phase !== 'Succeeded' ? 'Failed' : phase;
}

/** A container of which nobody knows how it ended counts as killed (status manager TerminatePod). */
function ended(status: ContainerStatus): ContainerStatus {
  if (status.state?.terminated) return { ...status, ready: false, started: false };
  if (status.lastState?.terminated && status.state?.waiting)
    return { ...status, state: { terminated: status.lastState.terminated }, ready: false, started: false };
  return {
    ...status,
    ready: false,
    started: false,
    state: {
      terminated: {
        exitCode: 137,
        reason: 'ContainerStatusUnknown',
        message: 'The container could not be located when the pod was terminated',
        startedAt: null,
        finishedAt: null,
      },
    },
  };
}
