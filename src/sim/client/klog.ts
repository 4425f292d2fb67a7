import type { Sys } from '../kernel/sys.js';

/**
 * A line as Kubernetes' components log: severity, month and day, time with microseconds, process, file and line,
 * message (klog's header). `where` is `file.go:line`.
 */
export function klogLine(
  sys: Pick<Sys, 'now' | 'pid'>,
  severity: 'I' | 'W' | 'E' | 'F',
  where: string,
  message: string,
): string {
  const instant = sys.now();
  const iso = new Date(Math.floor(instant / 1000)).toISOString();
  const micros = String(instant % 1000).padStart(3, '0');
  const stamp = `${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}${micros}`;
  return `${severity}${stamp} ${String(sys.pid).padStart(7)} ${where}] ${message}\n`;
}
