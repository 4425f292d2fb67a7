import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { type Park, PREEMPT, type Wait, type Waiting, WaitQueue } from '../../kernel/wait.js';

/** Does something that may wait, for a span at most: undefined when it is not over by then. */
export function* inTime<T>(sys: Sys, span: Micros, work: () => Waiting<T>): Waiting<T | undefined> {
  const until = sys.now() + span;
  const running = work();
  try {
    let step = running.next();
    while (!step.done) {
      yield notAfter(step.value, until);
      if (sys.now() >= until) return undefined;
      step = running.next();
    }
    return step.value;
  } finally {
    running.return(undefined as T);
  }
}

function notAfter(wait: Wait, until: Micros): Wait {
  if (wait === PREEMPT) return wait;
  const park: Park = wait instanceof WaitQueue ? { queues: [wait] } : wait;
  return { ...park, until: Math.min(park.until ?? until, until) };
}
