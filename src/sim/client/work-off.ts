import { COST } from '../kernel/cost.js';
import type { Sys } from '../kernel/sys.js';
import { PREEMPT, type Waiting } from '../kernel/wait.js';
import type { KeyQueue } from './work-queue.js';

/**
 * Takes the keys of a queue for ever, one after the other, as the loops of controllers in images do; each costs what a sync costs. One whose `sync`
 * fails with what `isFailure` knows is tried again, later each time; anything else that is thrown is a bug.
 */
export function* workOff(
  sys: Pick<Sys, 'charge'>,
  queue: KeyQueue,
  sync: (key: string) => Waiting<void>,
  isFailure: (error: unknown) => boolean,
): Waiting<void> {
  for (;;) {
    const key = yield* queue.get();
    if (sys.charge(COST.sync)) yield PREEMPT;
    try {
      yield* sync(key);
      queue.forget(key);
    } catch (error) {
      if (!isFailure(error)) throw error;
      queue.addRateLimited(key);
    }
    queue.done(key);
  }
}
