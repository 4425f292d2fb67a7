import type { ProcessInfo, Sys } from '../../kernel/sys.js';

/** The name `ps -o comm` and pgrep know a process by: the program's file name, 15 characters at most. */
export function processName(process: ProcessInfo): string {
  const first = (process.args[0] ?? '').split(' ')[0] as string;
  const base = first
    .slice(first.lastIndexOf('/') + 1)
    .replace(/^-/, '')
    .replace(/:$/, '');
  return base.slice(0, 15);
}

/** The command line of a process, as `ps -f` shows it. */
export function processLine(process: ProcessInfo): string {
  if (process.state === 'Z') return `[${processName(process)}] <defunct>`;
  return process.args.join(' ');
}

/** All processes by their number. */
export function processesByNumber(sys: Sys): ProcessInfo[] {
  return sys.processes().toSorted((left, right) => left.pid - right.pid);
}
