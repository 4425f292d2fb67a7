import type { CriContainer, PodSandbox } from '../../api/types/cri.js';
import type { Container, Pod } from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';

/** Why a container is not running, as its status says. */
export interface WaitingReason {
  readonly reason: string;
  readonly message: string;
}

/** What a worker remembers of its pod between syncs. */
export class WorkerState {
  /** From the last attempt to start each container. */
  readonly waiting = new Map<string, WaitingReason>();
  /** By container id. */
  readonly ready = new Map<string, boolean>();
  readonly started = new Set<string>();
  readonly failed = new Map<string, 'liveness' | 'startup'>();
  sandbox: PodSandbox | undefined;
  containers: readonly CriContainer[] = [];
  startTime: string | undefined;
  podIP: string | undefined;
  wasInitialized = false;
  /** Instants until which work that failed is left alone. */
  retryAt: Micros | undefined;
  mountFailures = 0;
  mountFailingSince: Micros | undefined;

  /** The running container of a name. */
  running(name: string): CriContainer | undefined {
    return this.containers.find(({ config, state }) => config.name === name && state === 'CONTAINER_RUNNING');
  }

  isReady(container: Container, id: string): boolean {
    return container.readinessProbe
      ? (this.ready.get(id) ?? false) && this.isStarted(container, id)
      : this.isStarted(container, id);
  }

  isStarted(container: Container, id: string): boolean {
    return container.startupProbe ? this.started.has(id) : true;
  }
}

/** Containers of a pod in the order they start; ephemeral ones, which come later, are not among them. */
export function allContainers({ spec }: Pod): Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

/** The containers that somebody put into the pod to look around. */
export function ephemeralContainers({ spec }: Pod): Container[] {
  return spec.ephemeralContainers ?? [];
}
