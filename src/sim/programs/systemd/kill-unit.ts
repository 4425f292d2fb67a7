import { isErrno } from '../../kernel/errno.js';
import type { Signal } from '../../kernel/signals.js';
import { signalByName } from '../../kernel/signals.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { processesOf } from './control-group.js';
import type { LogWriter } from './log-writer.js';
import type { Result } from './protocol.js';
import type { Unit } from './unit.js';

const STOP_TIMEOUT: Micros = 90 * SECOND;

/** Ends the processes of a unit as KillMode says: politely first, after the time-out by force. */
export function* killUnit(unit: Unit, sys: Sys, log: LogWriter): Waiting<Result> {
  const { settings } = unit.loaded;
  const mode = settings.get('Service', 'KillMode') ?? 'control-group';
  const signal = signalByName(settings.get('Service', 'KillSignal') ?? 'TERM') ?? 'TERM';
  const targets = () => {
    const all = processesOf(sys, unit);
    return mode === 'process' || mode === 'none'
      ? all.filter(({ pid }) => pid === unit.mainPid && mode !== 'none')
      : all;
  };
  if (targets().length === 0) return 'success';
  unit.become('deactivating', 'stop-sigterm', sys.now());
  for (const { pid } of targets()) send(sys, pid, signal);
  const until = sys.now() + unit.span('TimeoutStopSec', STOP_TIMEOUT);
  for (let pause = 1000; targets().length > 0 && sys.now() < until; pause = Math.min(pause * 2, SECOND / 5)) {
    yield* sys.sleep(pause);
  }
  const left = targets();
  if (left.length === 0) return 'success';
  log.manager(`${unit.name}: State 'stop-sigterm' timed out. Killing.`, { unit: unit.name, priority: 4 });
  for (const { pid, args } of left) {
    const name = (args[0] ?? '').split('/').at(-1);
    log.manager(`${unit.name}: Killing process ${pid} (${name}) with signal SIGKILL.`, {
      unit: unit.name,
      priority: 5,
    });
    send(sys, pid, 'KILL');
  }
  while (targets().length > 0) yield* sys.sleep(1000);
  return 'timeout';
}

/** Sends a signal to a process that may be gone. */
export function send(sys: Sys, pid: number, signal: Signal): void {
  try {
    sys.kill(pid, signal);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
