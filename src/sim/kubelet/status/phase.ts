import type { Container, ContainerStatus, PodSpec } from '../../api/types/pod.js';

/** Whether an init container is a sidecar: it starts in the order of the others and then keeps running. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/** Whether a container that ended with a code will be started again (podutil.ContainerShouldRestart). */
export function shouldRestart(container: Container, spec: PodSpec, exitCode: number): boolean {
  const policy = container.restartPolicy ?? spec.restartPolicy ?? 'Always';
  for (const { action, exitCodes } of container.restartPolicyRules ?? []) {
    const listed = exitCodes?.values?.includes(exitCode) ?? false;
    if (action === 'Restart' && (exitCodes?.operator === 'NotIn' ? !listed : listed)) return true;
  }
  if (policy === 'OnFailure') return exitCode !== 0;
  return policy !== 'Never';
}

interface Tally {
  pendingInit: number;
  failedInit: number;
  failedForGood: number;
  pendingSidecars: number;
  unknown: number;
  running: number;
  waiting: number;
  stopped: number;
  stoppedForGood: number;
  succeeded: number;
}

/** The phase of a pod from the states of its containers (kubelet getPhase). `over`: nothing will be started any more. */
export function podPhase(
  spec: PodSpec,
  statuses: readonly ContainerStatus[],
  over: boolean,
  wasInitialized: boolean,
): string {
  const tally: Tally = {
    pendingInit: 0,
    failedInit: 0,
    failedForGood: 0,
    pendingSidecars: 0,
    unknown: 0,
    running: 0,
    waiting: 0,
    stopped: 0,
    stoppedForGood: 0,
    succeeded: 0,
  };
  const statusOf = (container: Container) => statuses.find(({ name }) => name === container.name);
  for (const container of spec.initContainers ?? []) {
    if (isSidecar(container)) countSidecar(tally, statusOf(container));
    else countInit(tally, container, spec, statusOf(container));
  }
  for (const container of spec.containers) countMain(tally, container, spec, statusOf(container));
  if (tally.failedForGood > 0) return 'Failed';
  return decide(tally, over, wasInitialized);
}

function countInit(tally: Tally, container: Container, spec: PodSpec, status: ContainerStatus | undefined): void {
  const ended = status?.state?.terminated ?? (status?.state?.waiting ? status.lastState?.terminated : undefined);
  if (!ended) {
    tally.pendingInit += 1;
  } else if (ended.exitCode !== 0) {
    tally.failedInit += 1;
    if (!shouldRestart(container, spec, ended.exitCode)) tally.failedForGood += 1;
  }
}

function countSidecar(tally: Tally, status: ContainerStatus | undefined): void {
  if (!status) {
    tally.unknown += 1;
  } else if (status.state?.running) {
    if (!status.started) tally.pendingSidecars += 1;
    tally.running += 1;
  } else if (status.state?.waiting && !status.lastState?.terminated) {
    tally.pendingSidecars += 1;
    tally.waiting += 1;
  }
}

function countMain(tally: Tally, container: Container, spec: PodSpec, status: ContainerStatus | undefined): void {
  const state = status?.state;
  if (state?.running) {
    tally.running += 1;
  } else if (state?.terminated) {
    tally.stopped += 1;
    if (state.terminated.exitCode === 0) tally.succeeded += 1;
    if (!shouldRestart(container, spec, state.terminated.exitCode)) tally.stoppedForGood += 1;
  } else if (state?.waiting) {
    const last = status?.lastState?.terminated;
    if (!last) {
      tally.waiting += 1;
      return;
    }
    tally.stopped += 1;
    if (!shouldRestart(container, spec, last.exitCode)) tally.stoppedForGood += 1;
  } else {
    tally.unknown += 1;
  }
}

function decide(tally: Tally, over: boolean, wasInitialized: boolean): string {
  const initializing = tally.pendingInit > 0 || (tally.pendingSidecars > 0 && !wasInitialized);
  if (initializing || tally.waiting > 0) return 'Pending';
  if (tally.running > 0 && tally.unknown === 0) return 'Running';
  if (tally.running === 0 && tally.stopped > 0 && tally.unknown === 0) {
    if (!over && tally.stopped !== tally.stoppedForGood) return 'Running';
    return tally.stopped === tally.succeeded ? 'Succeeded' : 'Failed';
  }
  return 'Pending';
}
