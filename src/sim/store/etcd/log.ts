import { formatMicroTime } from '../../api/time.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';

/** Log levels as zap writes them. */
export type LogLevel = 'info' | 'warn' | 'error' | 'fatal' | 'panic';

/** One JSON line as etcd's logger writes it. */
function logLine(
  now: Micros,
  level: LogLevel,
  caller: string,
  message: string,
  fields: Readonly<Record<string, unknown>> = {},
): string {
  return `${JSON.stringify({ level, ts: formatMicroTime(now), caller, msg: message, ...fields })}\n`;
}

/** Writes log lines to standard error. */
export class EtcdLog {
  private readonly sys: Sys;

  constructor(sys: Sys) {
    this.sys = sys;
  }

  *write(level: LogLevel, caller: string, message: string, fields?: Readonly<Record<string, unknown>>): Waiting<void> {
    yield* this.sys.write(2, logLine(this.sys.now(), level, caller, message, fields));
  }
}
