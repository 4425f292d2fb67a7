import type { CriContainer, PodSandbox } from '../../api/types/cri.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { attemptsOf, newestOf } from '../status/newest.js';
import { asksForAll, willStart } from '../status/restart.js';
import { containerHash } from './container-config.js';
import { initActions } from './init-actions.js';
import { ephemeralContainers } from './worker-state.js';

/** Which probe ended a container: its own grace period counts. */
export type KillReason = 'liveness' | 'startup' | undefined;

/** What is known of a pod's containers when it is decided what to do. */
export interface PodSituation {
  readonly pod: Pod;
  /** The newest sandbox, while it is ready. */
  readonly sandbox: PodSandbox | undefined;
  /** It is not the pod's first sandbox, or would not be. */
  readonly hadSandbox: boolean;
  readonly containers: readonly CriContainer[];
  /** A rule told that all containers start anew. */
  readonly restartAll: boolean;
  /** Passed startup probe, or has none. */
  isStarted(containerId: string): boolean;
  /** Why a running container must go: it failed its liveness or startup probe. */
  failedProbe(containerId: string): KillReason;
  /** Its resources are to be others, which asks for a restart. */
  resizeRestarts(container: Container, containerId: string): boolean;
}

export interface Kill {
  readonly container: Container;
  readonly id: string;
  readonly message: string;
  readonly reason?: KillReason;
}

/** What to do with a pod (kubelet computePodActions). */
export interface PodActions {
  /** All containers go: before a new sandbox is made, or because nothing is to run any more. */
  readonly killPod: boolean;
  readonly createSandbox: boolean;
  readonly kill: readonly Kill[];
  /** Containers to be removed before all start anew; those that run are killed first. */
  readonly reset: readonly { readonly container: Container; readonly id: string; readonly running: boolean }[];
  readonly startEphemeral: readonly Container[];
  readonly startInit: readonly Container[];
  readonly start: readonly Container[];
}

const NO_ACTIONS: PodActions = {
  killPod: false,
  createSandbox: false,
  kill: [],
  reset: [],
  startEphemeral: [],
  startInit: [],
  start: [],
};

/** Compares what should run with what does. */
export function podActions(situation: PodSituation): PodActions {
  const { pod, sandbox, restartAll } = situation;
  if (restartAll)
    return { ...NO_ACTIONS, ...(sandbox ? {} : { killPod: true, createSandbox: true }), reset: resets(situation) };
  if (!sandbox) return fromTheStart(situation);
  const startEphemeral = ephemeralContainers(pod).filter(({ name }) => !newestOf(situation.containers, name));
  const init = initActions(situation);
  const { kill, start: startInit } = init;
  const begun = { ...NO_ACTIONS, startEphemeral, startInit, kill };
  if (init.failed) return { ...begun, killPod: true, startInit: [] };
  if (!init.initialized) return begun;
  return mainActions(situation, begun);
}

/** All containers of the pod, those that asked for it last (getContainersToReset). */
function resets({ pod, containers }: PodSituation): PodActions['reset'] {
  const of = (list: readonly Container[] = []) =>
    list.flatMap((container) =>
      attemptsOf(containers, container.name)
        .toReversed()
        .map(({ id, state, exitCode }) => ({
          container,
          id,
          running: state !== 'CONTAINER_EXITED',
          source: state === 'CONTAINER_EXITED' && asksForAll(container, exitCode),
        })),
    );
  const mains = of(pod.spec.containers);
  const inits = of(pod.spec.initContainers);
  const some = (list: typeof mains, source: boolean) => list.filter((each) => each.source === source);
  return [...some(mains, false), ...some(inits, false), ...some(mains, true), ...some(inits, true)];
}

/** There is no sandbox: everything begins again, but for what is done for good. */
function fromTheStart({ pod, hadSandbox, containers }: PodSituation): PodActions {
  const { spec } = pod;
  const killOnly = { ...NO_ACTIONS, killPod: true };
  if (spec.restartPolicy === 'Never' && hadSandbox && containers.length > 0) return killOnly;
  const succeeded = (name: string) => {
    const last = newestOf(containers, name);
    return last?.state === 'CONTAINER_EXITED' && last.exitCode === 0;
  };
  const start = spec.containers.filter(
    ({ name, restartPolicy = spec.restartPolicy }) => restartPolicy !== 'OnFailure' || !succeeded(name),
  );
  const begun = spec.containers.some(({ name }) => newestOf(containers, name) !== undefined);
  if (start.length === 0 && begun) return killOnly;
  const [first] = spec.initContainers ?? [];
  return { ...killOnly, createSandbox: true, ...(first ? { startInit: [first] } : { start }) };
}

function mainActions(situation: PodSituation, begun: PodActions): PodActions {
  const { pod, containers } = situation;
  const start: Container[] = [];
  const kill = [...begun.kill];
  let kept = 0;
  for (const container of pod.spec.containers) {
    const current = newestOf(containers, container.name);
    if (current?.state !== 'CONTAINER_RUNNING') {
      if (!willStart(container, pod, containers)) continue;
      start.push(container);
      if (current?.state === 'CONTAINER_UNKNOWN') {
        const message = 'Container is in "unknown" state, try killing it before restart';
        kill.push({ container, id: current.id, message });
      }
      continue;
    }
    const ending = reasonToEnd(situation, container, current);
    if (!ending) {
      kept += 1;
      continue;
    }
    const { message, reason, restart } = ending;
    if (restart) start.push(container);
    kill.push({ container, id: current.id, message, reason });
  }
  if (kept > 0 || start.length > 0) return { ...begun, kill, start };
  // Sidecars alone do not keep a pod alive.
  return { ...begun, kill, killPod: true, startInit: [] };
}

/** Why a container that runs is not to go on. */
function reasonToEnd(
  situation: PodSituation,
  container: Container,
  { id, config }: CriContainer,
): { message: string; reason?: KillReason; restart: boolean } | undefined {
  const { name, restartPolicy = situation.pod.spec.restartPolicy } = container;
  if (config.annotations['io.kubernetes.container.hash'] !== containerHash(container))
    return { message: `Container ${name} definition changed, will be restarted`, restart: true };
  const reason = situation.failedProbe(id);
  if (reason) {
    // While it runs there is no exit code that rules could speak of.
    const restart = restartPolicy !== 'Never';
    return {
      message: `Container ${name} failed ${reason} probe${restart ? ', will be restarted' : ''}`,
      reason,
      restart,
    };
  }
  if (!situation.resizeRestarts(container, id)) return undefined;
  return { message: `Container ${name} resize requires restart`, restart: true };
}
