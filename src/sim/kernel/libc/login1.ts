import { isErrno } from '../errno.js';
import type { Sys } from '../sys.js';
import type { Micros } from '../time.js';
import type { Waiting } from '../wait.js';

/** Where services of the machine are asked: logind among them (org.freedesktop.login1). */
export const SYSTEM_BUS = '/run/dbus/system_bus_socket';

/** A lock that delays a shutdown: who holds it, and for how long at most. */
export interface DelayLock {
  readonly pid: number;
  readonly who: string;
  readonly delayMax: Micros;
}

/**
 * Holds every shutdown of the machine up until `prepare` has run, or its time is over (logind's inhibitor locks of the
 * mode `delay`). Comes back when that happened; at once where there is no logind.
 */
export function* beforeShutdown(sys: Sys, lock: Omit<DelayLock, 'pid'>, prepare: () => Waiting<void>): Waiting<void> {
  const call = function* (operation: string): Waiting<void> {
    const connection = sys.connectPath(SYSTEM_BUS);
    yield* connection.request({ kind: 'local', operation, payload: { ...lock, pid: sys.pid } });
  };
  try {
    yield* call('Inhibit');
    yield* call('PrepareForShutdown');
    yield* prepare();
    yield* call('Release');
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
