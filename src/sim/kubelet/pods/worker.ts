import { goQuote } from '../../api/go-text.js';
import type { Container, Pod, PodStatus } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import { COST } from '../../kernel/cost.js';
import type { Micros } from '../../kernel/time.js';
import { MILLISECOND, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { containerReference, podText } from '../context.js';
import { Prober, probesOf } from '../probes/prober.js';
import type { ProbeKind } from '../probes/verdict.js';
import { attemptsOf } from '../status/container-status.js';
import type { PodActions } from './actions.js';
import { podActions } from './actions.js';
import { apiStatus } from './api-status.js';
import { Backoff } from './backoff.js';
import { podDirectory } from './container-config.js';
import { killContainer, killPod } from './kill.js';
import { prepareSandbox } from './sandbox.js';
import { makeFolders, type StartParts, startContainer } from './start-container.js';
import { SyncFailures, tellStartFailure } from './sync-failures.js';
import { allContainers, ephemeralContainers, WorkerState } from './worker-state.js';

/** A sync that failed is made again after this long (kubelet: ten seconds with jitter; here the least). */
const RETRY: Micros = 1 * SECOND;
/** While a container is in its back-off the pod is looked at this often, which is when `BackOff` events come. */
const BACKOFF_LOOK: Micros = 12 * SECOND;
const MOUNT_RETRY_FIRST: Micros = 500 * MILLISECOND;
const MOUNT_RETRY_MAX: Micros = 122 * SECOND;

/** What a worker tells. */
export interface WorkerReports {
  status(pod: Pod, status: PodStatus, finished: boolean): void;
  /** The worker has ended and all its containers are gone. */
  gone(pod: Pod): void;
}

/** Runs one pod from its arrival to the end of its last container; a thread of kubelet's (pod worker). */
export class PodWorker {
  readonly state = new WorkerState();
  pod: Pod;
  private readonly parts: StartParts;
  private readonly reports: WorkerReports;
  private readonly wake = new WaitQueue();
  private readonly backoff = new Backoff();
  private readonly probers: Prober[] = [];
  private readonly failures = new SyncFailures();
  private woken = true;
  private terminating: { graceSeconds: number } | undefined;
  private lastStatus: PodStatus;
  private ended = false;

  constructor(parts: StartParts, pod: Pod, reports: WorkerReports) {
    this.parts = parts;
    this.pod = pod;
    this.reports = reports;
    this.lastStatus = pod.status ?? {};
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
    if (this.terminating && this.terminating.graceSeconds <= graceSeconds) return;
    this.terminating = { graceSeconds };
    this.poke();
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
      if (this.ended) break;
      while (!this.woken && (next === undefined || this.context.sys.now() < next))
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
    const { cri } = this.context;
    const podUid = this.pod.metadata.uid ?? '';
    const { items } = yield* cri.call('ListPodSandbox', { podUid });
    const { containers } = yield* cri.call('ListContainers', { podUid });
    const ready = items.filter(({ state }) => state === 'SANDBOX_READY');
    this.state.sandbox = ready.sort((one, other) => other.config.attempt - one.config.attempt)[0];
    this.state.containers = containers;
    if (this.state.sandbox?.address) this.state.podIP = this.state.sandbox.address;
    for (const prober of this.probers) prober.poke();
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
    for (const container of allContainers(this.pod)) {
      for (const [kind, probe] of probesOf(container)) {
        const prober = new Prober(this.context, () => this.pod, container, kind, probe, this.listener());
        this.probers.push(prober);
        this.context.sys.thread(() => prober.work());
      }
    }
  }

  private listener() {
    return {
      target: (container: Container) => {
        const running = this.state.running(container.name);
        if (!running) return undefined;
        const podIP = this.pod.spec.hostNetwork ? this.context.nodeAddress : (this.state.podIP ?? '');
        const started = this.state.isStarted(container, running.id);
        return { containerId: running.id, podIP, startedAt: running.startedAt ?? 0, started };
      },
      deleting: () => this.terminating !== undefined || this.pod.metadata.deletionTimestamp !== undefined,
      settled: (kind: ProbeKind, _container: Container, id: string, passed: boolean) => this.settled(kind, id, passed),
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
    this.poke();
    for (const prober of this.probers) prober.poke();
  }

  private report(over: boolean, finished = false): void {
    const node = { address: this.context.nodeAddress, now: this.context.sys.now() };
    this.lastStatus = apiStatus(this.pod, this.state, node, over, this.lastStatus);
    this.reports.status(this.pod, this.lastStatus, finished);
  }

  /** One look and what follows from it; returns when to look again by itself. */
  private *sync(): Waiting<Micros | undefined> {
    yield* this.observe();
    const { pod, state, context } = this;
    for (const { name } of [...allContainers(pod), ...ephemeralContainers(pod)])
      if (state.running(name)) state.waiting.delete(name);
    const actions = podActions({
      pod,
      sandbox: state.sandbox,
      containers: state.containers,
      isStarted: (id) => this.isStarted(id),
      failedProbe: (id) => state.failed.get(id),
    });
    this.report(actions.finished && !this.anyRunning());
    if (actions.finished) return yield* this.finish();
    const network = pod.spec.hostNetwork ? undefined : context.networkError();
    if (network !== undefined && actions.createSandbox) {
      context.recorder.event(pod, 'Warning', 'NetworkNotReady', `network is not ready: ${network}`);
      this.failures.reason(`network is not ready: ${network}`);
      return context.sys.now() + 2 * RETRY;
    }
    const refresh = context.volumes.needsRefresh(pod);
    const mountsDue = yield* this.mount(actions.createSandbox || actions.start.length > 0 || refresh);
    if (mountsDue !== undefined) return mountsDue;
    const due = yield* this.act(actions);
    const stale = context.volumes.refreshAt(pod);
    return due === undefined || stale === undefined ? (due ?? stale) : Math.min(due, stale);
  }

  private isStarted(id: string): boolean {
    const name = this.state.containers.find((container) => container.id === id)?.config.name;
    const spec = allContainers(this.pod).find((container) => container.name === name);
    return spec !== undefined && this.state.isStarted(spec, id);
  }

  private anyRunning(): boolean {
    return this.state.containers.some(({ state }) => state === 'CONTAINER_RUNNING');
  }

  /** Only sidecars and the sandbox are left. */
  private *finish(): Waiting<Micros | undefined> {
    this.ended = true;
    this.terminating ??= { graceSeconds: this.pod.spec.terminationGracePeriodSeconds ?? 30 };
    return undefined;
  }

  private *mount(needed: boolean): Waiting<Micros | undefined> {
    const { context, pod, state } = this;
    if (!needed) return undefined;
    makeFolders(context, podDirectory(pod));
    for (const folder of ['volumes', 'plugins', 'containers']) makeFolders(context, `${podDirectory(pod)}/${folder}`);
    try {
      yield* context.volumes.setUp(pod);
      state.mountFailures = 0;
      state.mountFailingSince = undefined;
      return undefined;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const now = context.sys.now();
      context.recorder.event(pod, 'Warning', 'FailedMount', error.message);
      context.log.error('nestedpendingoperations.go:358', error.message, 'Operation for volume failed', {
        pod: podText(pod),
      });
      state.mountFailingSince ??= now;
      state.mountFailures += 1;
      return now + Math.min(MOUNT_RETRY_FIRST * 2 ** (state.mountFailures - 1), MOUNT_RETRY_MAX);
    }
  }

  private *act(actions: PodActions): Waiting<Micros | undefined> {
    const { context, pod, state } = this;
    if (actions.killPod) {
      context.recorder.event(pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
      yield* killPod(context, pod, state, this.graceSeconds());
      yield* this.observe();
    }
    for (const { container, id, message } of actions.kill) {
      const grace = this.probeGrace(container) ?? this.graceSeconds();
      yield* killContainer(context, pod, container, id, state.podIP ?? context.nodeAddress, message, grace);
      state.failed.delete(id);
    }
    if (actions.kill.length > 0) yield* this.observe();
    if (actions.createSandbox && !(yield* this.createSandbox())) return context.sys.now() + RETRY;
    let next: Micros | undefined;
    for (const container of actions.start) {
      if (this.terminating) return undefined;
      const due = yield* this.start(container);
      if (due !== undefined) next = next === undefined ? due : Math.min(next, due);
    }
    return next;
  }

  private *createSandbox(): Waiting<boolean> {
    const { context, pod } = this;
    try {
      const { items } = yield* context.cri.call('ListPodSandbox', { podUid: pod.metadata.uid ?? '' });
      const attempt = Math.max(-1, ...items.map((item) => item.config.attempt)) + 1;
      const config = prepareSandbox(context, pod, attempt);
      yield* context.cri.call('RunPodSandbox', { config });
      yield* this.observe();
      this.report(false);
      return true;
    } catch (error) {
      if (!(error instanceof CriError)) throw error;
      context.recorder.event(pod, 'Warning', 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${error.grpc}`);
      const message = `Failed to create sandbox for pod ${goQuote(podText(pod))}: ${error.grpc}`;
      this.failures.action('CreatePodSandbox', podText(pod), { reason: 'CreatePodSandboxError', message });
      return false;
    }
  }

  /** Starts a container unless its back-off is not over; returns when to try again. */
  private *start(container: Container): Waiting<Micros | undefined> {
    const { context, pod, state } = this;
    const now = context.sys.now();
    const last = attemptsOf(state.containers, container.name)[0];
    const key = container.name;
    if (last?.state === 'CONTAINER_EXITED') {
      const since = last.finishedAt ?? now;
      if (this.backoff.isWaitingSince(key, since, now)) return this.waitInBackoff(container, since);
      this.backoff.next(key, since);
    }
    const failure = yield* startContainer(this.parts, pod, container, state);
    yield* this.observe();
    if (!failure) {
      state.waiting.delete(container.name);
      this.poke();
      return undefined;
    }
    state.waiting.set(container.name, failure);
    this.failures.action('StartContainer', container.name, failure);
    tellStartFailure(context.log, pod, container, failure);
    this.report(false);
    const pause = this.parts.puller.backoff.endsAt(`${pod.metadata.uid}_${container.image ?? ''}`);
    if (failure.reason === 'ImagePullBackOff' && pause !== undefined)
      return Math.min(Math.max(pause, context.sys.now()), context.sys.now() + BACKOFF_LOOK);
    return context.sys.now() + 2 * RETRY;
  }

  private waitInBackoff(container: Container, since: Micros): Micros {
    const { context, pod, state } = this;
    const span = this.backoff.get(container.name);
    const seconds = span / SECOND;
    const text = seconds >= 60 ? `${Math.floor(seconds / 60)}m${seconds % 60}s` : `${seconds}s`;
    context.recorder.event(
      containerReference(pod, container),
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${container.name} in pod ${podText(pod)}`,
    );
    const message = `back-off ${text} restarting failed container=${container.name} pod=${podText(pod)}`;
    const known = state.waiting.get(container.name);
    const failure = { reason: 'CrashLoopBackOff', message };
    state.waiting.set(container.name, failure);
    this.failures.action('StartContainer', container.name, failure);
    // The state in which it ended is seen for a moment before the reason for waiting is.
    const look = known?.reason === 'CrashLoopBackOff' ? BACKOFF_LOOK : RETRY;
    return Math.min(since + span, context.sys.now() + look);
  }

  private graceSeconds(): number {
    return this.pod.spec.terminationGracePeriodSeconds ?? 30;
  }

  private probeGrace(container: Container): number | undefined {
    return (
      container.livenessProbe?.terminationGracePeriodSeconds ?? container.startupProbe?.terminationGracePeriodSeconds
    );
  }

  private *shutDown(): Waiting<void> {
    const { context, pod, state } = this;
    yield* this.observe();
    for (const name of [...state.waiting.keys()]) if (this.ended) state.waiting.delete(name);
    if (!this.ended && this.anyRunning()) this.reportTerminating();
    yield* killPod(context, pod, state, this.terminating?.graceSeconds ?? this.graceSeconds());
    for (const prober of this.probers) prober.stop();
    yield* this.observe();
    state.waiting.clear();
    this.report(true);
    context.volumes.tearDown(pod);
    this.parts.puller.forget(pod);
    this.report(true, true);
    context.log.info('pod_workers.go:1165', 'Pod has been terminated', {
      pod: podText(pod),
      name: goQuote(pod.metadata.name ?? ''),
    });
    this.reports.gone(pod);
  }

  /** While containers are ending the pod keeps its phase; only readiness follows what they do. */
  private reportTerminating(): void {
    this.report(false);
  }
}
