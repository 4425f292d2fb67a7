import type { CriContainer, PodSandbox } from '../../api/types/cri.js';
import type { Container, Pod } from '../../api/types/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { withLastWords } from './last-words.js';

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
  /** The newest sandbox, while it is ready. */
  sandbox: PodSandbox | undefined;
  /** There is a sandbox, ready or not. */
  hadSandbox = false;
  containers: readonly CriContainer[] = [];
  startTime: string | undefined;
  podIP: string | undefined;
  podIPs: readonly string[] = [];
  mountFailures = 0;
  /** What containers that ended said last, by their ids. */
  private readonly ended = new Map<string, CriContainer>();

  /** Looks what the runtime has of the pod. Throws `CriError`. */
  *observe({ cri, sys }: KubeletContext, { metadata: { uid: podUid = '' } }: Pod): Waiting<void> {
    const { items } = yield* cri.call('ListPodSandbox', { podUid });
    const { containers } = yield* cri.call('ListContainers', { podUid });
    const [newest] = items.toSorted((one, other) => other.config.attempt - one.config.attempt);
    const ready = items.filter(({ state }) => state === 'SANDBOX_READY');
    this.hadSandbox = newest !== undefined;
    this.sandbox = newest?.state === 'SANDBOX_READY' && ready.length === 1 ? newest : undefined;
    this.containers = containers.map((container) => {
      if (container.state !== 'CONTAINER_EXITED') return container;
      const known = this.ended.get(container.id) ?? withLastWords(sys, container);
      this.ended.set(container.id, known);
      return known;
    });
    for (const id of this.ended.keys()) if (!containers.some((container) => container.id === id)) this.ended.delete(id);
    if (!this.sandbox?.address) return;
    this.podIP = this.sandbox.address;
    this.podIPs = [this.sandbox.address, ...this.sandbox.otherAddresses];
  }

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
