import { shouldRestart } from '../../api/restart-rules.js';
import type { Container, ContainerStateTerminated, ContainerStatus, PodSpec } from '../../api/types/pod.js';
import { isSidecar, RESTARTING_ALL } from './restart.js';

interface Tally {
  pendingInit: number;
  failedForGood: number;
  pendingSidecars: number;
  unknown: number;
  running: number;
  waiting: number;
  stopped: number;
  stoppedForGood: number;
  succeeded: number;
}

/** What the phase depends on beside spec and container statuses. */
export interface PhaseFacts {
  /** Nothing will be started any more. */
  readonly terminal: boolean;
  /** A main container of the present sandbox was made: init containers are done. */
  readonly initialized: boolean;
  readonly isStatic?: boolean;
}

/** The phase of a pod from the states of its containers (kubelet getPhase). */
export function podPhase(spec: PodSpec, statuses: readonly ContainerStatus[], facts: PhaseFacts): string {
  const tally: Tally = {
    pendingInit: 0,
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
  return decide(tally, facts);
}

function isForGood(container: Container, spec: PodSpec, { exitCode, reason }: ContainerStateTerminated): boolean {
  return !shouldRestart(container, spec, exitCode) && reason !== RESTARTING_ALL;
}

function countInit(tally: Tally, container: Container, spec: PodSpec, status: ContainerStatus | undefined): void {
  const ended = status?.state?.terminated ?? (status?.state?.waiting ? status.lastState?.terminated : undefined);
  if (!ended) tally.pendingInit += 1;
  else if (ended.exitCode !== 0 && isForGood(container, spec, ended)) tally.failedForGood += 1;
}

function countSidecar(tally: Tally, status: ContainerStatus | undefined): void {
  if (!status) {
    tally.unknown += 1;
  } else if (status.state?.running) {
    if (!status.started) tally.pendingSidecars += 1;
    tally.running += 1;
  } else if (status.state?.terminated) {
    return;
  } else if (status.state?.waiting) {
    if (status.lastState?.terminated) return;
    tally.pendingSidecars += 1;
    tally.waiting += 1;
  } else {
    tally.pendingSidecars += 1;
    tally.unknown += 1;
  }
}

function countMain(tally: Tally, container: Container, spec: PodSpec, status: ContainerStatus | undefined): void {
  const state = status?.state;
  const last = status?.lastState?.terminated;
  if (state?.running) {
    tally.running += 1;
  } else if (state?.terminated) {
    tally.stopped += 1;
    if (state.terminated.exitCode === 0) tally.succeeded += 1;
    if (isForGood(container, spec, state.terminated)) tally.stoppedForGood += 1;
  } else if (state?.waiting && last) {
    tally.stopped += 1;
    if (isForGood(container, spec, last)) tally.stoppedForGood += 1;
  } else if (state?.waiting) {
    tally.waiting += 1;
  } else {
    tally.unknown += 1;
  }
}

function decide(tally: Tally, { terminal, initialized, isStatic }: PhaseFacts): string {
  const initializing = tally.pendingInit > 0 || (tally.pendingSidecars > 0 && !initialized);
  if (initializing || tally.waiting > 0) return 'Pending';
  if (tally.running > 0 && tally.unknown === 0) return 'Running';
  if (tally.running === 0 && tally.stopped > 0 && tally.unknown === 0) {
    const ended = tally.stopped === tally.succeeded ? 'Succeeded' : 'Failed';
    if (terminal && !isStatic) return ended;
    return tally.stopped === tally.stoppedForGood ? ended : 'Running';
  }
  return 'Pending';
}
