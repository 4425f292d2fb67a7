import { isErrno } from '../errno.js';
import { SIGNALS } from '../signals.js';
import type { ExitStatus, Sys } from '../sys.js';
import type { Waiting } from '../wait.js';

/**
 * Waits until a child has ended, through stops and through signals that are caught meanwhile: those stay to be taken.
 * Gives its status as a shell counts it, 128 and more for a signal. Throws Errno when there is no such child.
 */
export function* waitForChild(sys: Sys, pid: number): Waiting<number> {
  for (;;) {
    try {
      const change = yield* sys.wait(pid);
      if (change?.kind === 'exited') return shellStatus(change.status);
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
}

/** A status as a shell counts it: 128 and the signal's number for those that were killed. */
export function shellStatus(status: ExitStatus): number {
  return 'code' in status ? status.code : 128 + SIGNALS[status.signal];
}
