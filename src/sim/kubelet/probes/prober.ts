import type { Container, Pod, Probe } from '../../api/types/pod.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { containerReference } from '../context.js';
import { runProbe } from './run-probe.js';
import { addResult, NO_RUN, type ProbeKind, type ProbeRun } from './verdict.js';

/** The running container that a prober looks at, or undefined while there is none. */
export interface ProbeTarget {
  readonly containerId: string;
  readonly podIP: string;
  readonly startedAt: Micros;
  /** The startup probe has passed, or there is none. */
  readonly started: boolean;
}

/** Told when a container's standing changes. */
export interface ProbeListener {
  target(container: Container): ProbeTarget | undefined;
  settled(kind: ProbeKind, containerId: string, passed: boolean): void;
  /** Whether a container's pod is being deleted: liveness and startup are not asked any more. */
  deleting(container: Container): boolean;
}

/** The probes of one container. */
export function probesOf(container: Container): [ProbeKind, Probe][] {
  const all: [ProbeKind, Probe | undefined][] = [
    ['Startup', container.startupProbe],
    ['Readiness', container.readinessProbe],
    ['Liveness', container.livenessProbe],
  ];
  return all.filter((pair): pair is [ProbeKind, Probe] => pair[1] !== undefined);
}

/** Probes one container in one way for as long as its pod lives; a thread runs it. */
export class Prober {
  private readonly context: KubeletContext;
  private readonly pod: () => Pod;
  readonly container: Container;
  private readonly kind: ProbeKind;
  private readonly probe: Probe;
  private readonly listener: ProbeListener;
  private readonly wake = new WaitQueue();
  private run: ProbeRun = NO_RUN;
  private containerId: string | undefined;
  private onHold = false;
  private triggered = false;
  private stopped = false;

  constructor(
    context: KubeletContext,
    pod: () => Pod,
    container: Container,
    kind: ProbeKind,
    probe: Probe,
    listener: ProbeListener,
  ) {
    this.context = context;
    this.pod = pod;
    this.container = container;
    this.kind = kind;
    this.probe = probe;
    this.listener = listener;
  }

  get isReadiness(): boolean {
    return this.kind === 'Readiness';
  }

  stop(): void {
    this.stopped = true;
    this.wake.wakeAll();
  }

  /** Something may be there to probe now. */
  poke(): void {
    this.wake.wakeAll();
  }

  /** Probes at once and counts periods from now: for readiness that is asked for and not there yet. */
  trigger(): void {
    this.triggered = true;
    this.wake.wakeAll();
  }

  /** Probes at each tick of its own clock, which began with the pod, whatever becomes of the container meanwhile. */
  *work(): Waiting<void> {
    const { sys } = this.context;
    const period = (this.probe.periodSeconds ?? 10) * SECOND;
    let tick = sys.now();
    /** The tick that is waited for; when it has come it counts, however long the way to here took. */
    let due: Micros | undefined;
    while (!this.stopped) {
      const target = this.listener.target(this.container);
      const wanted = target !== undefined && this.isWanted(target);
      if (this.triggered) tick = sys.now();
      if (this.triggered || !wanted) due = undefined;
      this.triggered = false;
      if (!wanted) {
        yield this.wake;
        continue;
      }
      const begin = this.begin(target);
      if (due === undefined || due < begin) {
        // Ticks that passed while nothing was to be probed are gone; the clock goes on.
        const from = Math.max(sys.now(), begin);
        if (tick < from) tick += Math.ceil((from - tick) / period) * period;
        due = tick;
      }
      if (due > sys.now()) {
        yield { queues: [this.wake], until: due };
        continue;
      }
      due = undefined;
      tick += period;
      yield* this.probeOnce(target);
    }
  }

  /** Not before so many whole seconds since the container started, as its status tells it. */
  private begin({ startedAt }: ProbeTarget): Micros {
    const delay = (this.probe.initialDelaySeconds ?? 0) * SECOND;
    return delay === 0 ? startedAt : startedAt - (startedAt % SECOND) + delay;
  }

  /** Whether the target is to be probed at all now. */
  private isWanted(target: ProbeTarget): boolean {
    if (target.containerId !== this.containerId) {
      this.containerId = target.containerId;
      this.onHold = false;
    }
    if (this.onHold || target.started === (this.kind === 'Startup')) return false;
    return this.kind === 'Readiness' || !this.listener.deleting(this.container);
  }

  private *probeOnce(target: ProbeTarget): Waiting<void> {
    const pod = this.pod();
    const outcome = yield* runProbe(this.context, pod, this.container, this.probe, target);
    if (this.stopped) return;
    const say = (reason: string, text: string) =>
      this.context.recorder.event(containerReference(pod, this.container), 'Warning', reason, text);
    if (outcome.result === 'error') {
      say('Unhealthy', `${this.kind} probe errored and resulted in unknown state: ${outcome.message}`);
      return;
    }
    if (outcome.result === 'warning') say('ProbeWarning', `${this.kind} probe warning: ${outcome.output}`);
    if (outcome.result === 'failure') say('Unhealthy', `${this.kind} probe failed: ${outcome.output}`);
    const passed = outcome.result !== 'failure';
    const { run, settled } = addResult(this.run, passed ? 'success' : 'failure', this.probe);
    this.run = run;
    if (!settled) return;
    if (this.kind === 'Startup' || (this.kind === 'Liveness' && !passed)) {
      this.onHold = true;
      this.run = { ...run, count: 0 };
    }
    this.listener.settled(this.kind, target.containerId, passed);
  }
}
