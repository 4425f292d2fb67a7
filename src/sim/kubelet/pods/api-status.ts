import { formatTime } from '../../api/time.js';
import type {
  Container,
  ContainerStatus,
  Pod,
  PodCondition,
  PodStatus,
  ResourceRequirements,
} from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';
import { podConditions } from '../status/conditions.js';
import { containerStatuses, type StatusInputs } from '../status/container-status.js';
import { newestOf } from '../status/newest.js';
import { podPhase } from '../status/phase.js';
import { podResources } from '../status/pod-resources.js';
import { qosClass } from '../status/qos.js';
import { isSidecar, restartsAll } from '../status/restart.js';
import { isStaticPod } from './static-annotations.js';
import type { WorkerState } from './worker-state.js';

/** What is reported when a pod is over although its containers are not the cause. */
export interface PodVerdict {
  readonly phase: 'Failed';
  readonly reason: string;
  readonly message: string;
  /** Told when the pod is over. */
  readonly condition?: Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'> | undefined;
}

/** What a pod's status is made from beside what the worker remembers. */
export interface StatusFacts {
  /** With the resources that kubelet allocated to it. */
  readonly pod: Pod;
  readonly addresses: readonly string[];
  readonly now: Micros;
  /** Nothing will be started any more. */
  readonly terminal: boolean;
  /** What was last said (status manager). */
  readonly before: PodStatus;
  readonly verdict?: PodVerdict | undefined;
  /** Of a resize that is wanted or being done. */
  readonly resize?: readonly PodCondition[];
  actuated?(name: string): ResourceRequirements | undefined;
}

/** A pod's status from what the runtime says and the worker remembers (kubelet generateAPIPodStatus). */
export function apiStatus(state: WorkerState, facts: StatusFacts): PodStatus {
  const { pod, before, verdict, terminal } = facts;
  const restarting = restartsAll(pod, state.containers, before);
  const inputs: StatusInputs = {
    pod,
    containers: state.containers,
    before,
    restarting,
    waiting: (name) => state.waiting.get(name),
    actuated: (name) => facts.actuated?.(name),
  };
  const inits = containerStatuses(inputs, 'initContainers').map((each) => probed(pod, state, each));
  const mains = containerStatuses(inputs, 'containers').map((each) => probed(pod, state, each));
  const guests = containerStatuses(inputs, 'ephemeralContainers');
  const statuses = [...inits, ...mains];
  const phase = verdict?.phase ?? sticky(facts, podPhase(pod.spec, statuses, phaseFacts(pod, state, terminal)));
  const now = formatTime(facts.now);
  state.startTime ??= before.startTime ?? now;
  const addresses = pod.spec.hostNetwork ? facts.addresses : state.podIPs;
  const [address] = addresses;
  const [hostIP = ''] = facts.addresses;
  const conditions = podConditions(
    {
      pod,
      statuses,
      phase,
      hasSandbox: state.sandbox !== undefined,
      api: pod.status?.conditions ?? [],
      before: before.conditions ?? [],
      resize: terminal ? [] : (facts.resize ?? []),
      restarting: restarting && anyLeft(pod, state),
    },
    now,
  );
  const { condition } = terminal && verdict ? verdict : {};
  const told = condition ? withCondition(conditions, pod, condition, now) : conditions;
  return {
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    phase,
    conditions: told,
    ...cause(facts, phase),
    hostIP,
    hostIPs: facts.addresses.map((ip) => ({ ip })),
    ...(address ? { podIP: address, podIPs: addresses.map((ip) => ({ ip })) } : {}),
    startTime: state.startTime,
    ...(inits.length > 0 ? { initContainerStatuses: inits } : {}),
    containerStatuses: mains,
    ...(guests.length > 0 ? { ephemeralContainerStatuses: guests } : {}),
    qosClass: qosClass(pod.spec),
    ...podResources(pod, before),
  };
}

/** The conditions with one more, which others may have set before (status manager, DisruptionTarget). */
function withCondition(
  conditions: readonly PodCondition[],
  { metadata: { generation } }: Pod,
  condition: NonNullable<PodVerdict['condition']>,
  now: string,
): PodCondition[] {
  const old = conditions.find(({ type }) => type === condition.type);
  const added: PodCondition = {
    ...condition,
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    lastProbeTime: null,
    lastTransitionTime: (old?.status === condition.status && old.lastTransitionTime) || now,
  };
  return old ? conditions.map((each) => (each === old ? added : each)) : [...conditions, added];
}

function phaseFacts(pod: Pod, { containers, sandbox }: WorkerState, terminal: boolean) {
  const initialized = pod.spec.containers.some(({ name }) =>
    containers.some((container) => container.config.name === name && container.sandboxId === sandbox?.id),
  );
  return { terminal, initialized, isStatic: isStaticPod(pod) };
}

/** A pod that was over once is so for ever. */
function sticky({ before, pod }: StatusFacts, phase: string): string {
  const over = [pod.status?.phase, before.phase, phase].find((word) => word === 'Failed' || word === 'Succeeded');
  return over ?? phase;
}

/** Reason and message stay with the phase that they belong to. */
function cause({ verdict, before, pod }: StatusFacts, phase: string): Pick<PodStatus, 'reason' | 'message'> {
  if (verdict) return { reason: verdict.reason, message: verdict.message };
  if (phase !== before.phase) return {};
  const reason = before.reason || pod.status?.reason;
  const message = before.message || pod.status?.message;
  return { ...(reason ? { reason } : {}), ...(message ? { message } : {}) };
}

function anyLeft(pod: Pod, { containers }: WorkerState): boolean {
  return [...(pod.spec.initContainers ?? []), ...pod.spec.containers].some(
    ({ name }) => newestOf(containers, name) !== undefined,
  );
}

/** What probes know of a container (prober manager UpdatePodStatus). */
function probed(pod: Pod, state: WorkerState, status: ContainerStatus): ContainerStatus {
  const find = (list: readonly Container[] | undefined) => list?.find(({ name }) => name === status.name);
  const init = find(pod.spec.initContainers);
  const spec = init ?? find(pod.spec.containers);
  const id = status.containerID?.replace('containerd://', '') ?? '';
  const running = status.state?.running !== undefined && spec !== undefined;
  const started = running && (status.started === true || state.isStarted(spec, id));
  if (init && !isSidecar(init))
    return { ...status, started, ready: status.ready || status.state?.terminated?.exitCode === 0 };
  return { ...status, started, ready: started && spec !== undefined && state.isReady(spec, id) };
}
