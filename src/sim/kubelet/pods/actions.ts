import type { CriContainer, PodSandbox } from '../../api/types/cri.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { attemptsOf } from '../status/container-status.js';
import { isSidecar, shouldRestart } from '../status/phase.js';
import { containerHash } from './container-config.js';
import { ephemeralContainers } from './worker-state.js';

/** What is known of a pod's containers when it is decided what to do. */
export interface PodSituation {
  readonly pod: Pod;
  readonly sandbox: PodSandbox | undefined;
  readonly containers: readonly CriContainer[];
  /** Passed startup probe, or has none. */
  isStarted(containerId: string): boolean;
  /** Why a running container must go: it failed its liveness or startup probe. */
  failedProbe(containerId: string): 'liveness' | 'startup' | undefined;
}

/** What to do with a pod, in this order (kubelet computePodActions). */
export interface PodActions {
  /** All containers of an old sandbox go before a new one is made. */
  readonly killPod: boolean;
  readonly createSandbox: boolean;
  readonly kill: readonly { readonly container: Container; readonly id: string; readonly message: string }[];
  readonly start: readonly Container[];
  /** Everything is over: only sidecars and the sandbox are left to be ended. */
  readonly finished: boolean;
}

const NOTHING: PodActions = { killPod: false, createSandbox: false, kill: [], start: [], finished: false };

/** Compares what should run with what does. */
export function podActions(situation: PodSituation): PodActions {
  const { pod, sandbox } = situation;
  const { spec } = pod;
  const failedInit = (spec.initContainers ?? []).some((container) => {
    const last = newest(situation, container);
    const code = last?.state === 'CONTAINER_EXITED' ? last.exitCode : 0;
    return !isSidecar(container) && code !== 0 && !shouldRestart(container, spec, code);
  });
  if (failedInit || allOver(situation)) return { ...NOTHING, finished: true };
  if (!sandbox) return fromTheStart(situation);
  const { start, ...others } = inSandboxActions(situation);
  return { ...others, start: [...newEphemeral(situation), ...start] };
}

/** Ephemeral containers start whatever the others do, each only once. */
function newEphemeral(situation: PodSituation): readonly Container[] {
  return ephemeralContainers(situation.pod).filter((container) => newest(situation, container) === undefined);
}

function inSandboxActions(situation: PodSituation): PodActions {
  const { spec } = situation.pod;
  const begun = spec.containers.some((container) => inSandbox(situation, container) !== undefined);
  const init = initActions(situation, begun);
  if (!init.passed) return { ...NOTHING, kill: init.kill, start: init.start };
  const main = spec.containers.map((container) => mainAction(situation, container));
  return {
    ...NOTHING,
    kill: [...init.kill, ...main.flatMap(({ kill }) => kill)],
    start: [...init.start, ...main.flatMap(({ start }) => start)],
  };
}

/** No main container will run again. */
function allOver(situation: PodSituation): boolean {
  const { spec } = situation.pod;
  return spec.containers.every((container) => {
    const last = newest(situation, container);
    return last?.state === 'CONTAINER_EXITED' && !shouldRestart(container, spec, last.exitCode);
  });
}

function fromTheStart(situation: PodSituation): PodActions {
  const { spec } = situation.pod;
  const first = spec.initContainers?.[0];
  const again = spec.containers.filter((container) => {
    const last = newest(situation, container);
    return last?.state !== 'CONTAINER_EXITED' || shouldRestart(container, spec, last.exitCode);
  });
  const killPod = situation.containers.length > 0;
  return { ...NOTHING, killPod, createSandbox: true, start: first ? [first] : again };
}

/** The newest container of a name, of whichever sandbox. */
function newest({ containers }: PodSituation, { name }: Container): CriContainer | undefined {
  return attemptsOf(containers, name)[0];
}

function inSandbox(situation: PodSituation, { name }: Container): CriContainer | undefined {
  return attemptsOf(situation.containers, name).find(({ sandboxId }) => sandboxId === situation.sandbox?.id);
}

type Change = { readonly kill: PodActions['kill']; readonly start: readonly Container[] };

/** Init containers run one after another; sidecars among them start in turn and stay. */
function initActions(situation: PodSituation, begun: boolean): Change & { readonly passed: boolean } {
  const kill: PodActions['kill'][number][] = [];
  const start: Container[] = [];
  for (const container of situation.pod.spec.initContainers ?? []) {
    const current = inSandbox(situation, container);
    if (isSidecar(container)) {
      const change = keepRunning(situation, container, current);
      kill.push(...change.kill);
      start.push(...change.start);
      const up = current?.state === 'CONTAINER_RUNNING' && situation.isStarted(current.id);
      if (!up && !begun) return { passed: false, kill, start };
      continue;
    }
    if (begun || (current?.state === 'CONTAINER_EXITED' && current.exitCode === 0)) continue;
    if (current?.state === 'CONTAINER_RUNNING') return { passed: false, kill, start };
    return { passed: false, kill, start: [...start, container] };
  }
  return { passed: true, kill, start };
}

function mainAction(situation: PodSituation, container: Container): Change {
  const current = inSandbox(situation, container);
  if (current?.state === 'CONTAINER_EXITED') {
    const again = shouldRestart(container, situation.pod.spec, current.exitCode);
    return { kill: [], start: again ? [container] : [] };
  }
  return keepRunning(situation, container, current);
}

function keepRunning(situation: PodSituation, container: Container, current: CriContainer | undefined): Change {
  if (current?.state !== 'CONTAINER_RUNNING') return { kill: [], start: [container] };
  const changed = current.config.annotations['io.kubernetes.container.hash'] !== containerHash(container);
  const failed = situation.failedProbe(current.id);
  if (!changed && !failed) return { kill: [], start: [] };
  const what = isSidecar(container) ? 'Init container' : 'Container';
  const again = changed || shouldRestart(container, situation.pod.spec, 137);
  const cause = changed
    ? `${what} ${container.name} definition changed`
    : `${what} ${container.name} failed ${failed} probe`;
  const message = again ? `${cause}, will be restarted` : cause;
  return { kill: [{ container, id: current.id, message }], start: again ? [container] : [] };
}
