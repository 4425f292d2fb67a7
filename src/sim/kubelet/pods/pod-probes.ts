import type { Container, Pod } from '../../api/types/pod.js';
import type { KubeletContext } from '../context.js';
import { type ProbeListener, Prober, probesOf } from '../probes/prober.js';
import type { ProbeKind } from '../probes/verdict.js';
import { isSidecar } from '../status/restart.js';
import type { WorkerState } from './worker-state.js';

/** The probes of one pod's containers: begun with the pod, told when something changed, ended with it. */
export class PodProbes {
  private readonly context: KubeletContext;
  private readonly pod: () => Pod;
  private readonly state: WorkerState;
  private readonly changed: () => void;
  private readonly probers: Prober[] = [];
  private begun = false;
  /** Liveness and startup of main containers are not asked any more: the pod ends. */
  private quiet = false;

  /** `changed` is called when a container's standing is not what it was. */
  constructor(context: KubeletContext, pod: () => Pod, state: WorkerState, changed: () => void) {
    this.context = context;
    this.pod = pod;
    this.state = state;
    this.changed = changed;
  }

  /** Begins, unless it has. */
  begin(): void {
    if (this.begun) return;
    this.begun = true;
    const { initContainers = [], containers } = this.pod().spec;
    for (const container of [...containers, ...initContainers.filter(isSidecar)]) {
      for (const [kind, probe] of probesOf(container)) {
        const prober = new Prober(this.context, this.pod, container, kind, probe, this.listener());
        this.probers.push(prober);
        this.context.sys.thread(() => prober.work());
      }
    }
  }

  poke(): void {
    for (const prober of this.probers) prober.poke();
  }

  /** Readiness that nobody knows of yet is asked for at once (UpdatePodStatus). */
  askReadiness(): void {
    for (const prober of this.probers) if (prober.isReadiness && !this.isReady(prober.container.name)) prober.trigger();
  }

  private isReady(name: string): boolean {
    const { state } = this;
    const running = state.running(name);
    return running === undefined || state.ready.get(running.id) === true;
  }

  /** The pod ends: main containers are not asked any more whether they live. */
  hush(): void {
    this.quiet = true;
    this.poke();
  }

  stop(): void {
    for (const prober of this.probers) prober.stop();
  }

  private listener(): ProbeListener {
    const { state, context } = this;
    return {
      target: (container: Container) => {
        const running = state.running(container.name);
        if (!running) return undefined;
        const podIP = this.pod().spec.hostNetwork ? context.nodeAddress : (state.podIP ?? '');
        const started = state.isStarted(container, running.id);
        return { containerId: running.id, podIP, startedAt: running.startedAt ?? 0, started };
      },
      deleting: (container) => this.quiet && !isSidecar(container),
      settled: (kind, id, passed) => this.settled(kind, id, passed),
    };
  }

  private settled(kind: ProbeKind, id: string, passed: boolean): void {
    const { state } = this;
    if (kind === 'Readiness') {
      if ((state.ready.get(id) ?? false) === passed) return;
      state.ready.set(id, passed);
    } else if (!passed) {
      state.failed.set(id, kind === 'Liveness' ? 'liveness' : 'startup');
    } else if (kind === 'Startup') {
      state.started.add(id);
    } else return;
    this.changed();
    this.poke();
  }
}
