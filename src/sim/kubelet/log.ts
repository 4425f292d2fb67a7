import { formatMicroTime } from '../api/time.js';
import { encodeText } from '../kernel/bytes.js';
import type { Sys } from '../kernel/sys.js';

/** klog to standard error: `I1121 01:02:03.123456    1234 source.go:1] "message" key="value"`. */
export interface KubeletLog {
  info(source: string, message: string, fields?: LogFields): void;
  error(source: string, error: string | undefined, message: string, fields?: LogFields): void;
}

type LogFields = Readonly<Record<string, string | number | boolean>>;

/** A log that goes where the process's standard error goes; a full or closed one loses lines. */
export function kubeletLog(sys: Sys): KubeletLog {
  const write = (severity: 'I' | 'E', source: string, message: string, fields: LogFields) => {
    const time = formatMicroTime(sys.now());
    const head = `${severity}${time.slice(5, 7)}${time.slice(8, 10)} ${time.slice(11, 26)} ${String(sys.pid).padStart(7)}`;
    const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
    try {
      sys.openFile(2).tryWrite(encodeText(`${head} ${source}] ${JSON.stringify(message)}${rest.join('')}\n`));
    } catch {
      // Nobody reads the log.
    }
  };
  return {
    info: (source, message, fields = {}) => write('I', source, message, fields),
    error: (source, error, message, fields = {}) =>
      write('E', source, message, error === undefined ? fields : { err: error, ...fields }),
  };
}
