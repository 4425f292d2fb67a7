import { isErrno } from '../errno.js';
import type { Signal } from '../signals.js';
import type { Sys } from '../sys.js';
import type { Waiting } from '../wait.js';

/** Waits for one of the signals a server ends by, and gives it. The caller must be the process's main thread. */
export function* untilSignal(sys: Sys, signals: readonly Signal[] = ['INT', 'TERM']): Waiting<Signal> {
  for (const signal of signals) sys.onSignal(signal, 'catch');
  for (;;) {
    const signal = sys.takeSignal();
    if (signal) return signal;
    try {
      yield {};
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
}
