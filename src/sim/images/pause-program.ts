import { isErrno } from '../kernel/errno.js';
import type { Program } from '../kernel/sys.js';
import { WaitQueue } from '../kernel/wait.js';

/** /pause: keeps a pod's namespaces alive until it is told to end. */
export const pauseProgram: Program = function* pause(sys) {
  if (sys.args.slice(1).some((arg) => arg.toLowerCase() === '-v')) {
    yield* sys.write(1, 'pause.c 3.10\n');
    return 0;
  }
  const never = new WaitQueue();
  for (const signal of ['INT', 'TERM'] as const) sys.onSignal(signal, 'catch');
  try {
    for (;;) yield never;
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error;
    try {
      yield* sys.write(2, 'Shutting down, got signal: Terminated\n');
    } catch (unheard) {
      // Whoever read it may have gone first; it does not ask.
      if (!isErrno(unheard)) throw unheard;
    }
    return 0;
  }
};
