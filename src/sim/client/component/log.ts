import { goQuote } from '../../api/go-text.js';
import { encodeText } from '../../kernel/bytes.js';
import type { Sys } from '../../kernel/sys.js';
import { klogLine } from '../klog.js';

/** What a log line says beside its message, in order. */
export type LogFields = Readonly<Record<string, unknown>>;

/** klog to stderr, written at once. `where` is the line of the real program that says it. */
export interface ComponentLog {
  info(message: string, fields?: LogFields, where?: string): void;
  warning(text: string, where?: string): void;
  error(error: unknown, message: string, fields?: LogFields, where?: string): void;
}

type LogSys = Pick<Sys, 'now' | 'pid' | 'openFile'>;

/** The log of a process. */
export function componentLog(sys: LogSys, defaultWhere: string): ComponentLog {
  const write = (severity: 'I' | 'W' | 'E', where: string, text: string) => {
    // A log nobody reads any more must not stop the program.
    try {
      sys.openFile(2).tryWrite(encodeText(klogLine(sys, severity, where, text)));
    } catch {
      return;
    }
  };
  return {
    info: (message, fields = {}, where = defaultWhere) => write('I', where, structured(message, fields)),
    warning: (text, where = defaultWhere) => write('W', where, text),
    error: (error, message, fields = {}, where = defaultWhere) =>
      write('E', where, structured(message, error === undefined ? fields : { err: textOf(error), ...fields })),
  };
}

/** `"message" key="value" number=1`, as klog.InfoS writes it. */
function structured(message: string, fields: LogFields): string {
  const parts = Object.entries(fields).map(([key, value]) => `${key}=${formatValue(value)}`);
  return [goQuote(message), ...parts].join(' ');
}

function formatValue(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === undefined || value === null) return '<nil>';
  return goQuote(typeof value === 'string' ? value : JSON.stringify(value));
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
