import { COST } from '../../kernel/cost.js';
import type { Micros } from '../../kernel/time.js';
import { PREEMPT, type Waiting } from '../../kernel/wait.js';
import type { ControllerContext, WorkQueue } from './context.js';
import { isExpectedFailure } from './failures.js';

/** One turn of a controller: brings what the key names to what it should be. */
export type Sync = (key: string) => Waiting<void>;

/** What to do with a key whose sync failed; without it the key is tried again, later each time. */
export type OnFailure = (key: string, error: Error) => void;

/** Starts a thread that takes keys from the queue, one after the other, once the caches are filled. */
export function startWorker(context: ControllerContext, queue: WorkQueue, sync: Sync, onFailure: OnFailure): void {
  context.sys.thread(function* () {
    yield* context.waitForCaches();
    for (;;) {
      const key = yield* queue.get();
      if (context.sys.charge(COST.sync)) yield PREEMPT;
      try {
        yield* sync(key);
        queue.forget(key);
      } catch (error) {
        if (!isExpectedFailure(error)) throw error;
        onFailure(key, error);
      }
      queue.done(key);
    }
  });
}

/** The usual answer to a failure: say it in the log and try again with growing delay. */
export function retryWithBackoff(context: ControllerContext, queue: WorkQueue): OnFailure {
  return (key, error) => {
    context.log.error(undefined, 'Unhandled Error', { err: `sync "${key}" failed with ${error.message}` });
    queue.addRateLimited(key);
  };
}

/** Starts a thread that calls `step` now and then every `period`, and goes on after failures. */
export function startPeriodic(context: ControllerContext, period: Micros, step: () => Waiting<void>): void {
  context.sys.thread(function* () {
    yield* context.waitForCaches();
    for (;;) {
      if (context.sys.charge(COST.sync)) yield PREEMPT;
      try {
        yield* step();
      } catch (error) {
        if (!isExpectedFailure(error)) throw error;
        context.log.error(error, 'Unhandled Error');
      }
      yield* context.sys.sleep(period);
    }
  });
}
