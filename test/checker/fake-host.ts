import type { FakeRun } from './fake-cluster.js';

/** A process as `processesOf` is told of it. */
export interface FakeProcess {
  readonly pid: number;
  /** Of a process that ended before its owner was asked for there is none: empty. */
  readonly user?: string;
  readonly argv: readonly string[];
  readonly group?: string;
}

/** Answers what lists a host's processes; everything else by `more`. */
export function withProcesses(processes: readonly FakeProcess[], more: FakeRun = () => ({})): FakeRun {
  const listed = processes.map(({ pid, argv, group = '0::/' }) =>
    ['\u0001', ...[`/proc/${pid}`, group, ...argv].map((field) => `${field}\u0002`)].join(''),
  );
  const owners = processes.map(({ pid, user = 'root' }) => (user === '' ? '' : `/proc/${pid} ${user}\n`));
  const stdout = `${listed.join('')}\u0003${owners.join('')}`;
  return (who, argv) => (argv.at(-1)?.includes('/proc/[0-9]*') ? { stdout } : more(who, argv));
}
