import { formatTime } from '../../api/time.js';
import type { CriContainer } from '../../api/types/cri.js';
import type {
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  PodStatus,
  ResourceRequirements,
} from '../../api/types/pod.js';
import { attemptsOf } from './newest.js';
import { isSidecar, RESTARTING_ALL, willStart } from './restart.js';

const REMOVED = 'The container is removed because RestartAllContainers in place';
const KILLED_CODE = 137;

/** Which of a pod's lists containers are of. */
export type ContainerList = 'initContainers' | 'containers' | 'ephemeralContainers';

/** What the statuses of a pod's containers are made from. */
export interface StatusInputs {
  /** With the resources that kubelet allocated to it. */
  readonly pod: Pod;
  /** The runtime's containers. */
  readonly containers: readonly CriContainer[];
  /** What was last said. */
  readonly before: PodStatus;
  /** All containers are to start anew. */
  readonly restarting: boolean;
  /** Why the last attempt to start a container failed (reason cache). */
  waiting(name: string): { readonly reason: string; readonly message: string } | undefined;
  /** The resources a running container has; undefined when nobody changed them since it started. */
  actuated(name: string): ResourceRequirements | undefined;
}

/** The API's view of a pod's containers of one list: init containers as in the spec, others by name. */
export function containerStatuses(inputs: StatusInputs, list: ContainerList): ContainerStatus[] {
  const { pod, containers, before } = inputs;
  const told = { initContainers: before.initContainerStatuses, containers: before.containerStatuses };
  const olds = list === 'ephemeralContainers' ? before.ephemeralContainerStatuses : told[list];
  const statuses = (pod.spec[list] ?? []).map((spec) => {
    const old = olds?.find(({ name }) => name === spec.name);
    const [newest, previous] = attemptsOf(containers, spec.name);
    const status = newest
      ? { ...seen(inputs, spec, newest, old), ...(previous ? { lastState: stateOf(previous, old, inputs) } : {}) }
      : missing(inputs, spec, old);
    return withReason(inputs, spec, list, newest, status);
  });
  return list === 'initContainers' ? statuses : statuses.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** A container the runtime has nothing of. */
function missing(inputs: StatusInputs, spec: Container, old: ContainerStatus | undefined): ContainerStatus {
  const { pod, restarting } = inputs;
  const reason = pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating';
  const status: ContainerStatus = old?.state?.terminated
    ? old
    : {
        name: spec.name,
        state: { waiting: { reason } },
        lastState: old?.lastState ?? {},
        ready: false,
        restartCount: old?.restartCount ?? 0,
        image: spec.image ?? '',
        imageID: '',
        ...mounts(spec),
      };
  if (!old) return status;
  if (restarting && !old.state?.waiting) {
    const why = { reason: RESTARTING_ALL, message: REMOVED };
    return {
      ...status,
      state: { waiting: why },
      lastState: { terminated: { exitCode: KILLED_CODE, ...why, startedAt: null, finishedAt: null } },
      restartCount: old.restartCount + 1,
    };
  }
  if (!old.state?.running || status.lastState?.terminated) return status;
  // It ran when it was last seen: nobody knows how it ended, and it is not one that never ran.
  const terminated = {
    exitCode: KILLED_CODE,
    reason: 'ContainerStatusUnknown',
    message: 'The container could not be located when the pod was deleted.  The container used to be Running',
    startedAt: null,
    finishedAt: null,
  };
  const again = pod.metadata.deletionTimestamp === undefined ? 1 : 0;
  return { ...status, lastState: { terminated }, restartCount: status.restartCount + again };
}

/** A container as the runtime has it. */
function seen(
  inputs: StatusInputs,
  spec: Container,
  container: CriContainer,
  old: ContainerStatus | undefined,
): ContainerStatus {
  const containerID = `containerd://${container.id}`;
  const state = stateOf(container, old, inputs);
  const ended = old && old.containerID !== containerID ? old.state?.terminated : undefined;
  const last = ended ?? old?.lastState?.terminated;
  const { requests } = spec.resources ?? {};
  return {
    name: spec.name,
    state,
    lastState: last ? { terminated: last } : {},
    ready: false,
    restartCount: restartCount(container, old),
    image: imageName(container),
    imageID: container.imageRef,
    containerID,
    ...(requests && Object.keys(requests).length > 0 ? { allocatedResources: requests } : {}),
    resources: state.running ? actual(spec, inputs.actuated(spec.name)) : (spec.resources ?? {}),
    ...mounts(spec),
    user: { linux: userOf(container) },
    ...(state.running && old?.started !== undefined && old.containerID === containerID ? { started: old.started } : {}),
  };
}

/** Counts go on where containers that were removed left off. */
function restartCount({ config, state }: CriContainer, old: ContainerStatus | undefined): number {
  if (!old) return config.attempt;
  if (state === 'CONTAINER_RUNNING' && old.state?.terminated && old.restartCount >= config.attempt)
    return old.restartCount + 1;
  if (state === 'CONTAINER_UNKNOWN' && old.state?.running) return old.restartCount + 1;
  return Math.max(config.attempt, old.restartCount);
}

/** A runtime's container as a state of the API. */
function stateOf(container: CriContainer, old: ContainerStatus | undefined, inputs: StatusInputs): ContainerState {
  const { state, exitCode, reason, message, id } = container;
  if (state === 'CONTAINER_RUNNING') return { running: { startedAt: formatTime(container.startedAt ?? 0) } };
  if (state === 'CONTAINER_EXITED') {
    return {
      terminated: {
        exitCode,
        ...(reason === '' ? {} : { reason }),
        ...(message === '' ? {} : { message }),
        startedAt: formatTime(container.startedAt ?? 0),
        finishedAt: formatTime(container.finishedAt ?? 0),
        containerID: `containerd://${id}`,
      },
    };
  }
  if (state === 'CONTAINER_CREATED' || !old?.state?.running) return { waiting: {} };
  const why = inputs.restarting ? RESTARTING_ALL : 'ContainerStatusUnknown';
  const lost = 'The container could not be located when the pod was terminated';
  return {
    terminated: { exitCode: KILLED_CODE, reason: why, message: lost, startedAt: null, finishedAt: null },
  };
}

/** A container that is to be started and could not be says why. */
function withReason(
  inputs: StatusInputs,
  spec: Container,
  list: ContainerList,
  newest: CriContainer | undefined,
  status: ContainerStatus,
): ContainerStatus {
  const { pod, containers } = inputs;
  if (list === 'initContainers') {
    if (newest?.state === 'CONTAINER_EXITED' && newest.exitCode === 0) return status;
    const begun = pod.spec.containers.some(({ name }) =>
      attemptsOf(containers, name).some(({ state }) => state !== 'CONTAINER_UNKNOWN'),
    );
    if (!newest && begun && !isSidecar(spec) && status.state?.waiting)
      return { ...status, state: { terminated: DONE } };
  }
  if (!willStart(spec, pod, containers)) return status;
  const why = inputs.waiting(spec.name);
  if (!why) return status;
  const { terminated } = status.state ?? {};
  const waiting = why.message === '' ? { reason: why.reason } : { reason: why.reason, message: why.message };
  return { ...status, ...(terminated ? { lastState: { terminated } } : {}), state: { waiting } };
}

const DONE = {
  exitCode: 0,
  reason: 'Completed',
  message:
    'Unable to get init container status from container runtime and pod has been initialized, treat it as exited normally',
  startedAt: null,
  finishedAt: null,
};

/** What is allocated to a container, but with the processor and memory it really has. */
function actual({ resources = {} }: Container, actuated: ResourceRequirements | undefined): ResourceRequirements {
  if (!actuated) return resources;
  const merged = (which: 'limits' | 'requests') => {
    const allocated = resources[which];
    if (!allocated) return {};
    const amounts = { ...allocated };
    for (const name of ['cpu', 'memory']) {
      const amount = actuated[which]?.[name];
      if (amount !== undefined) amounts[name] = amount;
    }
    return { [which]: amounts };
  };
  return { ...resources, ...merged('limits'), ...merged('requests') };
}

function userOf({ user }: CriContainer): { uid: number; gid: number; supplementalGroups: number[] } {
  return { uid: user.uid, gid: user.gid, supplementalGroups: [...user.supplementalGroups] };
}

/** The image as containerd names it: with host and tag. */
function imageName({ config, imageRef }: CriContainer): string {
  const repository = imageRef.slice(0, imageRef.indexOf('@'));
  if (config.image.includes('@')) return config.image;
  const named = config.image.slice(config.image.lastIndexOf('/') + 1);
  const tag = named.includes(':') ? named.slice(named.indexOf(':') + 1) : 'latest';
  return `${repository}:${tag}`;
}

function mounts(spec: Container): Pick<ContainerStatus, 'volumeMounts'> {
  if (!spec.volumeMounts?.length) return {};
  return {
    volumeMounts: spec.volumeMounts.map(({ name, mountPath, readOnly }) => ({
      name,
      mountPath,
      ...(readOnly ? { readOnly: true, recursiveReadOnly: 'Disabled' } : {}),
    })),
  };
}
