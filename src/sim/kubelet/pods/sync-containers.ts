import { goQuote } from '../../api/go-text.js';
import type { CriContainer } from '../../api/types/cri.js';
import type { Container, Pod, PodStatus } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { podText } from '../context.js';
import { doResize, type ResizeWork } from '../resources/do-resize.js';
import type { ContainerUpdate, PodResize } from '../resources/pod-resize.js';
import { attemptsOf } from '../status/newest.js';
import { isSidecar } from '../status/restart.js';
import { type PodActions, podActions } from './actions.js';
import { killContainer, killPod } from './kill.js';
import { removeContainer, removeDead } from './remove-container.js';
import { runtimeHandlerOf } from './runtime-class.js';
import { prepareSandbox } from './sandbox.js';
import type { StartAttempts, StartOutcome } from './start-attempts.js';
import type { SyncFailures } from './sync-failures.js';
import { allContainers, type WorkerState } from './worker-state.js';

/** How a sync went: all was done, or something failed; `until`: the earliest end of a back-off. */
export type SyncOutcome = 'done' | { readonly until: Micros | undefined };

/** One pod that is to be brought to what it should be. */
export interface SyncRequest {
  readonly context: KubeletContext;
  readonly pod: Pod;
  readonly state: WorkerState;
  /** As it was just told. */
  readonly status: PodStatus;
  readonly attempts: StartAttempts;
  readonly resize: PodResize;
  readonly failures: SyncFailures;
  isEnding(): boolean;
  /** All containers were removed: they start again. */
  startAnew(): void;
  /** What was done is not in the status yet. */
  lookAgain(): void;
  /** A new sandbox runs. */
  sandboxReady(): void;
}

/** Brings a pod's containers to what they should be (kuberuntime SyncPod). */
export function* syncContainers(request: SyncRequest): Waiting<SyncOutcome> {
  const { context, pod, state } = request;
  const before = state.containers;
  const work = new ResizePlan(request.resize);
  const actions = decide(request, work);
  if (actions.createSandbox && state.hadSandbox)
    context.recorder.event(pod, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  if (actions.killPod) yield* killPod(context, pod, state, undefined);
  else yield* killSome(request, actions);
  if (actions.reset.length > 0) request.startAnew();
  if (actions.createSandbox) yield* removeInits(request, 0, state.containers);
  yield* removeInits(
    request,
    1,
    before.filter(({ state: phase }) => phase === 'CONTAINER_EXITED'),
  );
  if (actions.killPod || actions.kill.length > 0 || actions.reset.length > 0) yield* state.observe(context, pod);
  if (actions.createSandbox && !(yield* createSandbox(request))) return { until: undefined };
  const outcome = yield* startAll(request, actions, before, work);
  yield* removeDead(context, state.containers, 1);
  return outcome;
}

/** What is found out about containers' resources while it is decided what to do with them. */
class ResizePlan implements ResizeWork {
  readonly memory: ContainerUpdate[] = [];
  readonly cpu: ContainerUpdate[] = [];
  restarts = false;
  private readonly resize: PodResize;

  constructor(resize: PodResize) {
    this.resize = resize;
  }

  /** Notes what changes of a container; whether it must be started again for that. */
  look(container: Container, id: string): boolean {
    const change = this.resize.changeOf(container, id);
    if (change === 'restart') this.restarts = true;
    else if (change !== 'none') {
      if (change.memory) this.memory.push(change.memory);
      if (change.cpu) this.cpu.push(change.cpu);
    }
    return change === 'restart';
  }
}

function decide({ pod, state, status }: SyncRequest, work: ResizePlan): PodActions {
  const restarting = status.conditions?.find(({ type }) => type === 'AllContainersRestarting');
  return podActions({
    pod,
    sandbox: state.sandbox,
    hadSandbox: state.hadSandbox,
    containers: state.containers,
    restartAll: restarting?.status === 'True',
    isStarted: (id) => {
      const name = state.containers.find((container) => container.id === id)?.config.name;
      const spec = allContainers(pod).find((container) => container.name === name);
      return spec !== undefined && state.isStarted(spec, id);
    },
    failedProbe: (id) => state.failed.get(id),
    resizeRestarts: (container, id) => work.look(container, id),
  });
}

function* killSome({ context, pod, state }: SyncRequest, actions: PodActions): Waiting<void> {
  const podIP = state.podIP ?? context.nodeAddress;
  for (const kill of actions.kill) {
    yield* killContainer(context, pod, { ...kill, podIP });
    state.failed.delete(kill.id);
  }
  for (const { container, id, running } of actions.reset) {
    if (running) yield* killContainer(context, pod, { container, id, podIP, message: 'killing', graceSeconds: 0 });
    const found = state.containers.find((each) => each.id === id);
    if (found) yield* removeContainer(context, found, true);
  }
}

/** Of each init container only so many of the given are kept. */
function* removeInits({ context, pod }: SyncRequest, kept: number, among: readonly CriContainer[]): Waiting<void> {
  for (const { name } of pod.spec.initContainers ?? [])
    for (const container of attemptsOf(among, name).slice(kept)) yield* removeContainer(context, container);
}

/** Starts what is to be started; a failed init container keeps the others from it. */
function* startAll(
  request: SyncRequest,
  { startEphemeral, startInit, start }: PodActions,
  before: readonly CriContainer[],
  work: ResizeWork,
): Waiting<SyncOutcome> {
  const { context, pod, state, resize } = request;
  let failed = false;
  let until: Micros | undefined;
  function* one(container: Container): Waiting<StartOutcome> {
    const outcome = yield* request.attempts.start(pod, container, before);
    yield* state.observe(context, pod);
    // What an attempt was made with, it has: also one that failed.
    if (outcome === 'started' || outcome.until === undefined) resize.started(container);
    if (outcome === 'started') return outcome;
    failed = true;
    if (outcome.until !== undefined) until = Math.min(until ?? outcome.until, outcome.until);
    return outcome;
  }
  for (const container of startEphemeral) yield* one(container);
  for (const container of startInit) {
    if (request.isEnding()) return 'done';
    if ((yield* one(container)) !== 'started' && !isSidecar(container)) return { until };
  }
  const resized = yield* doResize(context, pod, state.sandbox?.id ?? '', resize, work);
  if (resized === 'done' || resized === 'failed') request.lookAgain();
  if (resized === 'failed' || resized === 'failed again') failed = true;
  for (const container of start) {
    if (request.isEnding()) return 'done';
    yield* one(container);
  }
  return failed ? { until } : 'done';
}

function* createSandbox({ context, pod, state, failures, isEnding, sandboxReady }: SyncRequest): Waiting<boolean> {
  try {
    const { items } = yield* context.cri.call('ListPodSandbox', { podUid: pod.metadata.uid ?? '' });
    const attempt = Math.max(-1, ...items.map((item) => item.config.attempt)) + 1;
    const config = prepareSandbox(context, pod, attempt);
    const runtimeHandler = yield* runtimeHandlerOf(context, pod);
    yield* context.cri.call('RunPodSandbox', { config, runtimeHandler });
    yield* state.observe(context, pod);
    sandboxReady();
    return true;
  } catch (error) {
    if (!(error instanceof CriError)) throw error;
    if (isEnding()) return false;
    context.recorder.event(pod, 'Warning', 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${error.grpc}`);
    const message = `Failed to create sandbox for pod ${goQuote(podText(pod))}: ${error.grpc}`;
    failures.action('CreatePodSandbox', podText(pod), { reason: 'CreatePodSandboxError', message });
    return false;
  }
}
