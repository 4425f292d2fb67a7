import { formatTime } from '../../api/time.js';
import type { CriContainer } from '../../api/types/cri.js';
import type { Container, ContainerState, ContainerStatus, Pod } from '../../api/types/pod.js';
import { isSidecar } from './phase.js';

/** What kubelet knows of a container beside what the runtime says. */
export interface ContainerKnowledge {
  /** Why it does not run now, from the last attempt to start it. */
  waiting(name: string): { readonly reason: string; readonly message: string } | undefined;
  isReady(containerId: string): boolean;
  /** Whether its startup probe has passed. */
  isStarted(containerId: string): boolean;
}

/** The runtime's containers of one name, newest first. */
export function attemptsOf(containers: readonly CriContainer[], name: string): CriContainer[] {
  return containers
    .filter(({ config }) => config.name === name)
    .sort((one, other) => other.config.attempt - one.config.attempt);
}

/** The API's view of a pod's containers of one kind, in the order of the spec. */
export function containerStatuses(
  pod: Pod,
  specs: readonly Container[],
  containers: readonly CriContainer[],
  before: readonly ContainerStatus[],
  knowledge: ContainerKnowledge,
  isInit: boolean,
): ContainerStatus[] {
  return specs.map((spec) => {
    const attempts = attemptsOf(containers, spec.name);
    const old = before.find(({ name }) => name === spec.name);
    const [newest, previous] = attempts;
    if (!newest) return withoutContainer(pod, spec, old, knowledge, isInit);
    return withContainer(spec, newest, previous, old, knowledge, isInit);
  });
}

function withoutContainer(
  pod: Pod,
  spec: Container,
  old: ContainerStatus | undefined,
  knowledge: ContainerKnowledge,
  isInit: boolean,
): ContainerStatus {
  // A container the runtime has lost keeps what was last known of it.
  if (old?.state?.terminated) return old;
  const reason = isInit || !pod.spec.initContainers?.length ? 'ContainerCreating' : 'PodInitializing';
  const initReason = pod.spec.initContainers?.length ? 'PodInitializing' : reason;
  const waiting = knowledge.waiting(spec.name) ?? { reason: initReason, message: '' };
  return {
    name: spec.name,
    state: { waiting: waitingState(waiting) },
    lastState: {},
    ready: false,
    restartCount: 0,
    image: spec.image ?? '',
    imageID: '',
    started: false,
    ...mounts(spec),
  };
}

function withContainer(
  spec: Container,
  newest: CriContainer,
  previous: CriContainer | undefined,
  old: ContainerStatus | undefined,
  knowledge: ContainerKnowledge,
  isInit: boolean,
): ContainerStatus {
  const waiting = newest.state === 'CONTAINER_RUNNING' ? undefined : knowledge.waiting(spec.name);
  const own = stateOf(newest);
  const last = previous ? stateOf(previous) : (old?.lastState ?? {});
  const state: ContainerState = waiting ? { waiting: waitingState(waiting) } : own;
  const started = newest.state === 'CONTAINER_RUNNING' && knowledge.isStarted(newest.id);
  const completedInit = own.terminated?.exitCode === 0;
  return {
    name: spec.name,
    state,
    lastState: waiting ? own : last,
    ready: isInit && !isSidecar(spec) ? completedInit : Boolean(state.running) && knowledge.isReady(newest.id),
    restartCount: newest.config.attempt,
    image: imageName(newest),
    imageID: newest.imageRef,
    containerID: `containerd://${newest.id}`,
    started,
    ...(state.running ? resourcesOf(spec, newest, old) : {}),
    ...mounts(spec),
    ...(state.running ? { user: { linux: userOf(newest) } } : {}),
  };
}

/** What a container was started with: this node changes nothing of one that runs, so what it has stays what it had. */
function resourcesOf(
  { resources = {} }: Container,
  { id }: CriContainer,
  old: ContainerStatus | undefined,
): Pick<ContainerStatus, 'allocatedResources' | 'resources'> {
  if (old?.resources && old.containerID === `containerd://${id}`) {
    const { allocatedResources } = old;
    return { ...(allocatedResources ? { allocatedResources } : {}), resources: old.resources };
  }
  const { requests = {} } = resources;
  return { ...(Object.keys(requests).length > 0 ? { allocatedResources: requests } : {}), resources };
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

/** A runtime's container as a state of the API. */
function stateOf(container: CriContainer): ContainerState {
  if (container.state === 'CONTAINER_RUNNING') return { running: { startedAt: formatTime(container.startedAt ?? 0) } };
  if (container.state === 'CONTAINER_CREATED') return { waiting: { reason: 'ContainerCreating' } };
  return {
    terminated: {
      exitCode: container.exitCode,
      reason: container.reason,
      ...(container.message === '' ? {} : { message: container.message }),
      startedAt: formatTime(container.startedAt ?? 0),
      finishedAt: formatTime(container.finishedAt ?? 0),
      containerID: `containerd://${container.id}`,
    },
  };
}

function waitingState({ reason, message }: { reason: string; message: string }): { reason: string; message?: string } {
  return message === '' ? { reason } : { reason, message };
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
