import { isErrno } from '../../kernel/errno.js';
import type { Signal } from '../../kernel/signals.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';

/** Waits, without costing anything, for one of these signals. */
export function* untilSignal(sys: Sys, signals: readonly Signal[]): Waiting<Signal> {
  for (const signal of signals) sys.onSignal(signal, 'catch');
  const never = new WaitQueue();
  for (;;) {
    const signal = sys.takeSignal();
    if (signal !== undefined) return signal;
    try {
      yield never;
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
    }
  }
}
