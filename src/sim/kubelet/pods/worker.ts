import { goQuote } from '../../api/go-text.js';
import { parseTime } from '../../api/time.js';
import type { Pod, PodStatus } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import { COST } from '../../kernel/cost.js';
import type { Micros } from '../../kernel/time.js';
import { MILLISECOND, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { podText } from '../context.js';
import { PodResize, resizeWords } from '../resources/pod-resize.js';
import { withinMessageLength } from '../status/message-length.js';
import { willStart } from '../status/restart.js';
import { terminated } from '../status/terminate.js';
import { apiStatus, type PodVerdict } from './api-status.js';
import { killPod } from './kill.js';
import { mountVolumes } from './mounting.js';
import { PodProbes } from './pod-probes.js';
import { removeDead } from './remove-container.js';
import { StartAttempts } from './start-attempts.js';
import type { StartParts } from './start-container.js';
import { isStaticPod } from './static-annotations.js';
import { syncContainers } from './sync-containers.js';
import { SyncFailures } from './sync-failures.js';
import { allContainers, ephemeralContainers, WorkerState } from './worker-state.js';

/** A sync that failed is made again after this long, and up to half as long again (pod_workers.go). */
const RETRY: Micros = 10 * SECOND;
/** How soon it is seen that a running container has other resources. */
const REINSPECT: Micros = 500 * MILLISECOND;
const NETWORK_RETRY: Micros = 1 * SECOND;
/** No pod that waits is left alone for longer (syncFrequency). */
const RESYNC: Micros = 60 * SECOND;
const DEADLINE: PodVerdict = {
  phase: 'Failed',
  reason: 'DeadlineExceeded',
  message: 'Pod was active on the node longer than the specified deadline',
};

/** What a worker tells. */
export interface WorkerReports {
  status(pod: Pod, status: PodStatus, finished: boolean): void;
  /** The worker has ended and all its containers are gone. */
  gone(pod: Pod): void;
}

/** How far a pod is: its containers may run, all have been stopped, nothing more will be said. */
type Stage = 'live' | 'stopped' | 'terminated';

/** Runs one pod from its arrival to the end of its last container; a thread of kubelet's (pod worker). */
export class PodWorker {
  readonly state = new WorkerState();
  pod: Pod;
  private readonly parts: StartParts;
  private readonly reports: WorkerReports;
  private readonly wake = new WaitQueue();
  private readonly probes: PodProbes;
  private readonly failures = new SyncFailures();
  private readonly attempts: StartAttempts;
  private woken = true;
  private removed = false;
  private verdict: PodVerdict | undefined;
  private terminating: { graceSeconds: number | undefined } | undefined;
  private lastStatus: PodStatus;
  readonly resize: PodResize;

  constructor(parts: StartParts, pod: Pod, reports: WorkerReports) {
    this.parts = parts;
    this.pod = pod;
    this.reports = reports;
    this.lastStatus = pod.status ?? {};
    this.resize = new PodResize(pod);
    this.probes = new PodProbes(
      parts.context,
      () => this.pod,
      this.state,
      () => this.poke(),
    );
    this.attempts = new StartAttempts(parts, this.state, this.failures);
  }

  private get context(): KubeletContext {
    return this.parts.context;
  }

  /** The pod changed, or something about its containers did. */
  poke(): void {
    this.woken = true;
    this.wake.wakeAll();
  }

  /** Ends the pod; a shorter grace period than one given before counts. */
  terminate(graceSeconds: number): void {
    const known = this.terminating?.graceSeconds;
    if (known !== undefined && known <= graceSeconds) return;
    this.terminating = { graceSeconds: Math.max(graceSeconds, 1) };
    this.poke();
  }

  /** Goes on with the resources that the pod asked for. */
  take(pod: Pod): void {
    this.pod = pod;
    this.poke();
  }

  /** What is said of a resize changed. */
  told(): void {
    this.poke();
  }

  /** Ends the pod for a cause that its status tells; without a grace period with its own. */
  evict(graceSeconds: number | undefined, verdict: PodVerdict): void {
    this.verdict ??= verdict;
    if (graceSeconds !== undefined) this.terminate(graceSeconds);
    else this.terminating ??= { graceSeconds: undefined };
    this.poke();
  }

  /** Ends a pod whose object is gone: there is nothing to wait for, and nothing of it stays. */
  remove(): void {
    this.removed = true;
    if (!this.terminating) this.terminate(1);
  }

  /** Looks again when what was done can be seen (PLEG's next relist). */
  private lookAgain(): void {
    const { sys } = this.context;
    sys.thread(
      function* (this: PodWorker): Waiting<void> {
        yield* sys.sleep(REINSPECT);
        this.poke();
      }.bind(this),
    );
  }

  get isTerminating(): boolean {
    return this.terminating !== undefined;
  }

  /** The worker's thread. */
  *work(): Waiting<void> {
    yield* this.untilRuntime(() => this.observe());
    this.adopt();
    while (!this.terminating) {
      this.woken = false;
      if (this.context.sys.charge(COST.sync)) yield { queues: [], until: this.context.sys.now() };
      const next = yield* this.untilRuntime(() => this.sync());
      this.failures.tell(this.context.log, this.pod);
      while (!this.woken && !this.terminating && (next === undefined || this.context.sys.now() < next))
        yield next === undefined ? this.wake : { queues: [this.wake], until: next };
    }
    yield* this.untilRuntime(() => this.shutDown());
  }

  /** Runs a step again and again while the container runtime cannot be reached. */
  private *untilRuntime<T>(step: () => Waiting<T>): Waiting<T> {
    for (;;) {
      try {
        return yield* step();
      } catch (error) {
        if (!(error instanceof CriError)) throw error;
        this.failures.reason(error.grpc);
        this.failures.tell(this.context.log, this.pod);
        yield* this.context.sys.sleep(2 * SECOND);
      }
    }
  }

  private *observe(): Waiting<void> {
    yield* this.state.observe(this.context, this.pod);
    this.probes.poke();
  }

  /** After a restart of kubelet: containers that ran before keep their standing until a probe says otherwise. */
  private adopt(): void {
    const before = [...(this.pod.status?.initContainerStatuses ?? []), ...(this.pod.status?.containerStatuses ?? [])];
    for (const { containerID, ready, started } of before) {
      const id = containerID?.replace('containerd://', '');
      if (id === undefined || !this.state.containers.some((container) => container.id === id)) continue;
      if (ready) this.state.ready.set(id, true);
      if (started) this.state.started.add(id);
    }
  }

  private generate(stage: Stage): PodStatus {
    const { context, pod } = this;
    const now = context.sys.now();
    const late = now >= this.deadline();
    if (late) context.recorder.event(pod, 'Normal', DEADLINE.reason, DEADLINE.message);
    const facts = {
      pod,
      addresses: context.nodeAddresses,
      now,
      terminal: stage !== 'live',
      before: this.lastStatus,
      resize: this.resize.conditions,
      actuated: (name: string) => this.resize.actuated(name),
    };
    const verdict = late ? DEADLINE : this.verdict;
    const status = withinMessageLength(pod, apiStatus(this.state, { ...facts, verdict }));
    this.probes.askReadiness();
    return stage === 'terminated' ? terminated(pod, status, isStaticPod(pod)) : status;
  }

  private report(stage: Stage): PodStatus {
    const status = this.generate(stage);
    this.lastStatus = status;
    this.reports.status(this.pod, stage === 'live' ? this.held(status) : status, stage === 'terminated');
    return status;
  }

  /** A pod is not told to be over while containers of it may run (status manager mergePodStatus). */
  private held(status: PodStatus): PodStatus {
    const { phase, reason, message } = this.pod.status ?? {};
    if (!isOver(status) || isOver({ phase: phase ?? '' })) return status;
    const { reason: _, message: __, ...rest } = status;
    return {
      ...rest,
      ...(phase === undefined ? {} : { phase }),
      ...(reason === undefined ? {} : { reason }),
      ...(message === undefined ? {} : { message }),
    };
  }

  /** When the pod has been active for as long as it may. */
  private deadline(): Micros {
    const { activeDeadlineSeconds } = this.pod.spec;
    const { startTime = this.lastStatus.startTime } = this.state;
    if (activeDeadlineSeconds === undefined || startTime === undefined) return Number.POSITIVE_INFINITY;
    return (parseTime(startTime) ?? 0) + activeDeadlineSeconds * SECOND;
  }

  /** One look and what follows from it; returns when to look again by itself. */
  private *sync(): Waiting<Micros | undefined> {
    const due = yield* this.syncPod();
    const deadline = this.deadline();
    const next = Math.min(due ?? Number.POSITIVE_INFINITY, deadline);
    return next === Number.POSITIVE_INFINITY ? undefined : next;
  }

  private *syncPod(): Waiting<Micros | undefined> {
    yield* this.observe();
    const { pod, state, context } = this;
    const done = this.resize.settle(pod, state.containers, context.sys.now());
    if (done !== undefined) {
      const words = resizeWords('Pod resize completed', pod, done);
      context.recorder.event(pod, 'Normal', 'ResizeCompleted', words);
    }
    const status = this.report('live');
    if (isOver(status)) {
      this.terminating ??= { graceSeconds: undefined };
      return undefined;
    }
    const network = pod.spec.hostNetwork ? undefined : context.networkError();
    if (network !== undefined) {
      context.recorder.event(pod, 'Warning', 'NetworkNotReady', `network is not ready: ${network}`);
      this.failures.reason(`network is not ready: ${network}`);
      return this.later(NETWORK_RETRY);
    }
    if (this.needsVolumes()) {
      const mountsDue = yield* mountVolumes(context, pod, state);
      if (mountsDue !== undefined) return mountsDue;
    }
    this.probes.begin();
    const outcome = yield* syncContainers({
      context,
      pod,
      state,
      status,
      attempts: this.attempts,
      resize: this.resize,
      failures: this.failures,
      isEnding: () => this.terminating !== undefined,
      startAnew: () => this.poke(),
      lookAgain: () => this.lookAgain(),
      sandboxReady: () => void this.report('live'),
    });
    const stale = context.volumes.refreshAt(pod);
    if (outcome === 'done') return stale;
    const until = outcome.until === undefined ? RETRY : Math.max(outcome.until - context.sys.now(), 0);
    return Math.min(this.later(Math.min(until, RESYNC)), stale ?? Number.POSITIVE_INFINITY);
  }

  /** Volumes are made for what is to start, and made again when what they show may be another. */
  private needsVolumes(): boolean {
    const { context, pod, state } = this;
    const all = [...allContainers(pod), ...ephemeralContainers(pod)];
    return (
      state.sandbox === undefined ||
      context.volumes.needsRefresh(pod) ||
      all.some((container) => willStart(container, pod, state.containers))
    );
  }

  /** After a pause, and up to half of it more. */
  private later(pause: Micros): Micros {
    const { sys } = this.context;
    const more =
      pause < 2
        ? 0
        : sys
            .random()
            .fork(`${this.pod.metadata.uid}/${sys.now()}`)
            .below(Math.floor(pause / 2));
    return sys.now() + pause + more;
  }

  private *shutDown(): Waiting<void> {
    const { context, pod, state } = this;
    yield* this.observe();
    this.report('live');
    this.probes.hush();
    yield* removeDead(context, state.containers, 1);
    yield* killPod(context, pod, state, this.terminating?.graceSeconds);
    this.probes.stop();
    yield* this.observe();
    this.report('stopped');
    context.volumes.tearDown(pod.metadata.uid ?? '');
    context.attachments.forget(pod.metadata.uid ?? '');
    this.parts.puller.forget(pod);
    this.report('terminated');
    if (this.removed || this.verdict || this.pod.metadata.deletionTimestamp !== undefined)
      yield* removeDead(context, state.containers, 0);
    context.log.info('pod_workers.go:1165', 'Pod has been terminated', {
      pod: podText(pod),
      name: goQuote(pod.metadata.name ?? ''),
    });
    this.reports.gone(pod);
  }
}

function isOver({ phase }: PodStatus): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}
