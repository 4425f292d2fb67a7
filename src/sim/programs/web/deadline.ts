import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';

/** Does something that may wait, but not beyond an instant: undefined when it is not over by then. Errors come out. */
export function* withDeadline<T>(sys: Sys, until: Micros | undefined, work: () => Waiting<T>): Waiting<T | undefined> {
  if (until === undefined) return yield* work();
  const done = new WaitQueue();
  let outcome: { value: T } | { error: unknown } | undefined;
  sys.thread(function* () {
    try {
      outcome = { value: yield* work() };
    } catch (error) {
      outcome = { error };
    }
    done.wakeAll();
  });
  while (!outcome && sys.now() < until) yield { queues: [done], until };
  const ended = outcome as { value: T } | { error: unknown } | undefined;
  if (!ended) return undefined;
  if ('error' in ended) throw ended.error;
  return ended.value;
}
