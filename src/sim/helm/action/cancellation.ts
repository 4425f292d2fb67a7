import { isErrno } from '../../kernel/errno.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import { HelmError } from '../errors.js';
import type { HelmRun } from '../run.js';
import type { ActionContext } from './context.js';

const SIGNALS = ['INT', 'TERM'] as const;

/** Whether somebody called an action off; whoever waits for it is woken. */
export class Cancellation {
  readonly changed = new WaitQueue();
  isCancelled = false;

  cancel(): void {
    this.isCancelled = true;
    this.changed.wakeAll();
  }
}

/**
 * Does an action that SIGINT and SIGTERM call off: the first of them is told of, all others come to nothing. What becomes of
 * the release is the action's (`unlessCancelled`). `name` is what the command line calls it.
 */
export function* cancellable<T>(
  run: HelmRun,
  name: string,
  act: (cancellation: Cancellation) => Waiting<T>,
): Waiting<T> {
  const { sys } = run;
  const cancellation = new Cancellation();
  for (const signal of SIGNALS) sys.onSignal(signal, 'catch');
  try {
    return yield* besides(run, act(cancellation), function* () {
      if (!sys.takeSignal() || cancellation.isCancelled) return;
      yield* sys.write(1, `Release ${name} has been cancelled.\n`);
      for (const signal of SIGNALS) sys.onSignal(signal, 'ignore');
      cancellation.cancel();
    });
  } finally {
    // Whoever comes too late is not heard.
    for (const signal of SIGNALS) sys.onSignal(signal, 'ignore');
  }
}

/** Does what an action is for; throws HelmError as soon as it is called off, while the work itself goes on for as long as helm does. */
export function* unlessCancelled({ run, cancellation }: ActionContext, work: () => Waiting<void>): Waiting<void> {
  if (!cancellation) return yield* work();
  yield* besides(
    run,
    work(),
    function* () {
      if (cancellation.isCancelled) throw new HelmError('context canceled');
    },
    cancellation.changed,
  );
}

/** Waits for work in a thread of its own, and looks at what else there is whenever something wakes the waiting. */
function* besides<T>(
  { sys }: HelmRun,
  work: Waiting<T>,
  look: () => Waiting<void>,
  other = new WaitQueue(),
): Waiting<T> {
  const done = new WaitQueue();
  let end: { readonly value: T } | { readonly error: unknown } | undefined;
  sys.thread(function* () {
    try {
      end = { value: yield* work };
    } catch (error) {
      end = { error };
    }
    done.wakeAll();
  });
  for (;;) {
    yield* look();
    if (end) break;
    try {
      yield { queues: [done, other] };
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
  if ('error' in end) throw end.error;
  return end.value;
}
