import { isErrno } from '../errno.js';
import type { Sys } from '../sys.js';
import type { Waiting } from '../wait.js';

/**
 * sd_notify(3): tells the service manager a state such as `READY=1`, which a unit of `Type=notify` must do before it
 * counts as started. Without a manager that listens it does nothing.
 */
export function* notifyManager(sys: Sys, state: string): Waiting<void> {
  const socket = sys.environment.get('NOTIFY_SOCKET');
  if (socket === undefined) return;
  try {
    const connection = sys.connectPath(socket);
    yield* connection.request({ kind: 'local', operation: 'notify', payload: { pid: sys.pid, state } });
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
