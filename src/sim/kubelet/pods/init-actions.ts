import { shouldRestart } from '../../api/restart-rules.js';
import type { Container } from '../../api/types/pod.js';
import { newestOf } from '../status/newest.js';
import { isSidecar } from '../status/restart.js';
import type { Kill, PodSituation } from './actions.js';
import { containerHash } from './container-config.js';

/** What to do with a pod's init containers. */
export interface InitActions {
  readonly kill: readonly Kill[];
  /** In the order of the spec. */
  readonly start: readonly Container[];
  /** Main containers may run. */
  readonly initialized: boolean;
  /** One failed that is not tried again. */
  readonly failed: boolean;
}

/**
 * Init containers run one after another; sidecars among them start in turn and stay (computeInitContainerActions). They
 * are looked at from the last to the first, as those that are done may be gone from the runtime.
 */
export function initActions(situation: PodSituation): InitActions {
  const inits = situation.pod.spec.initContainers ?? [];
  if (inits.length === 0) return { kill: [], start: [], initialized: true, failed: false };
  const walk = new InitWalk(situation, inits);
  for (let index = inits.length - 1; index >= 0; index -= 1) {
    const container = inits[index];
    if (container && walk.visit(container, index) === 'failed')
      return { kill: walk.kill, start: [], initialized: false, failed: true };
  }
  return { kill: walk.kill, start: walk.toStart(), initialized: walk.initialized, failed: false };
}

class InitWalk {
  readonly kill: Kill[] = [];
  initialized: boolean;
  private readonly situation: PodSituation;
  private readonly inits: readonly Container[];
  private readonly start = new Set<number>();
  /** A later init container, or a main one, was begun: those before it are done. */
  private previously: boolean;

  constructor(situation: PodSituation, inits: readonly Container[]) {
    this.situation = situation;
    this.inits = inits;
    this.initialized = situation.pod.spec.containers.some(({ name }) => {
      const state = newestOf(situation.containers, name)?.state;
      return state === 'CONTAINER_CREATED' || state === 'CONTAINER_RUNNING';
    });
    this.previously = this.initialized;
  }

  toStart(): Container[] {
    const begin = this.previously ? [] : [0];
    const order = [...new Set([...this.start, ...begin])].sort((one, other) => one - other);
    return order.flatMap((index) => this.inits[index] ?? []);
  }

  visit(container: Container, index: number): 'failed' | undefined {
    const { containers, pod } = this.situation;
    const current = newestOf(containers, container.name);
    const sidecar = isSidecar(container);
    if (!current) {
      if (this.previously && sidecar) this.start.add(index);
      return undefined;
    }
    if (this.previously && !sidecar) return undefined;
    const { id, state, exitCode } = current;
    if (state === 'CONTAINER_CREATED') this.start.add(index);
    else if (state === 'CONTAINER_RUNNING') {
      if (sidecar) this.sidecarRuns(container, index, current);
      else this.situation.resizeRestarts(container, id);
    } else if (sidecar) {
      this.start.add(index);
      if (state === 'CONTAINER_UNKNOWN') this.killUnknown(container, id);
    } else if (state === 'CONTAINER_EXITED' && exitCode === 0) this.done(index);
    else {
      const { restartPolicy = pod.spec.restartPolicy } = container;
      const known = state === 'CONTAINER_EXITED';
      if (!(known ? shouldRestart(container, pod.spec, exitCode) : restartPolicy !== 'Never')) return 'failed';
      if (!known) this.killUnknown(container, id);
      this.start.add(index);
    }
    this.previously = true;
    return undefined;
  }

  /** The last one makes the pod initialized, others make room for the next. */
  private done(index: number): void {
    if (index === this.inits.length - 1) this.initialized = true;
    else this.start.add(index + 1);
  }

  private sidecarRuns(
    container: Container,
    index: number,
    { id, config }: NonNullable<ReturnType<typeof newestOf>>,
  ): void {
    const { situation } = this;
    const { name } = container;
    const failed = situation.failedProbe(id);
    const again = (message: string, reason?: Kill['reason']) => {
      this.kill.push({ container, id, message, reason });
      this.start.add(index);
    };
    if (!situation.isStarted(id)) {
      if (failed === 'startup') again(`Init container ${name} failed startup probe`, 'startup');
      return;
    }
    if (index === this.inits.length - 1) this.initialized = true;
    else if (!this.previously) this.start.add(index + 1);
    if (config.annotations['io.kubernetes.container.hash'] !== containerHash(container))
      again(`Init container ${name} definition changed`);
    else if (failed === 'liveness') again(`Init container ${name} failed liveness probe`, 'liveness');
    else if (situation.resizeRestarts(container, id)) again(`Container ${name} resize requires restart`);
  }

  private killUnknown(container: Container, id: string): void {
    const message = 'Init container is in "unknown" state, try killing it before restart';
    this.kill.push({ container, id, message });
  }
}
