import type { Micros } from '../../kernel/time.js';
import { type Park, PREEMPT, type Wait, type Waiting, WaitQueue } from '../../kernel/wait.js';

/** Thrown where something was not done in time, in the words of Go's contexts. */
class DeadlineExceeded extends Error {
  constructor() {
    super('context deadline exceeded');
  }
}

/** Drives a step that must be over at an instant. Throws `DeadlineExceeded`, and gives the step up. */
export function* withDeadline<T>(step: Waiting<T>, now: () => Micros, deadline: Micros | undefined): Waiting<T> {
  if (deadline === undefined) return yield* step;
  try {
    let next = step.next();
    while (!next.done) {
      if (now() >= deadline) throw new DeadlineExceeded();
      const wait = parkOf(next.value);
      yield wait === PREEMPT ? PREEMPT : { ...wait, until: Math.min(wait.until ?? deadline, deadline) };
      if (now() >= deadline && !isOver(wait, now())) throw new DeadlineExceeded();
      next = step.next();
    }
    return next.value;
  } finally {
    step.return(undefined as T);
  }
}

/** Whether what a step waits for has come by itself; a queue that was woken is not seen from here, so it may have. */
function isOver(wait: Park | typeof PREEMPT, now: Micros): boolean {
  return wait === PREEMPT || (wait.until !== undefined && wait.until <= now && !wait.queues?.length);
}

function parkOf(wait: Wait): Park | typeof PREEMPT {
  if (wait === PREEMPT) return PREEMPT;
  return wait instanceof WaitQueue ? { queues: [wait] } : wait;
}

interface Branch<T> {
  readonly step: Waiting<T>;
  readonly index: number;
  wait: Park | typeof PREEMPT;
  woken: boolean;
}

/**
 * Drives steps at the same time, as goroutines would be, and calls `onDone` for each in the order they end. A step that
 * throws ends them all.
 */
export function* together<T>(
  steps: readonly Waiting<T>[],
  now: () => Micros,
  onDone: (result: T, index: number) => void,
): Waiting<void> {
  const running: Branch<T>[] = [];
  const advance = (branch: Branch<T>): boolean => {
    const next = branch.step.next();
    if (next.done) {
      onDone(next.value, branch.index);
      return false;
    }
    branch.wait = parkOf(next.value);
    branch.woken = false;
    return true;
  };
  try {
    steps.forEach((step, index) => {
      const branch: Branch<T> = { step, index, wait: PREEMPT, woken: false };
      if (advance(branch)) running.push(branch);
    });
    while (running.length > 0) {
      yield* waitForAny(running);
      for (const branch of [...running]) {
        if (!isReady(branch, now())) continue;
        if (!advance(branch)) running.splice(running.indexOf(branch), 1);
      }
    }
  } finally {
    for (const step of steps) step.return(undefined as T);
  }
}

function isReady<T>({ wait, woken }: Branch<T>, now: Micros): boolean {
  return woken || wait === PREEMPT || (wait.until !== undefined && wait.until <= now);
}

function* waitForAny<T>(branches: readonly Branch<T>[]): Waiting<void> {
  if (branches.some(({ wait }) => wait === PREEMPT)) {
    yield PREEMPT;
    return;
  }
  const queues: WaitQueue[] = [];
  const instants: Micros[] = [];
  const leave: (() => void)[] = [];
  for (const branch of branches) {
    const { queues: own = [], until } = branch.wait as Park;
    if (until !== undefined) instants.push(until);
    const waiter = {
      wake: () => {
        branch.woken = true;
      },
    };
    for (const queue of own) {
      queue.add(waiter);
      queues.push(queue);
      leave.push(() => queue.remove(waiter));
    }
  }
  try {
    yield { queues, ...(instants.length > 0 ? { until: Math.min(...instants) } : {}) };
  } finally {
    for (const go of leave) go();
  }
}
