import type { FakeRun } from './fake-cluster.js';

/** A process as `processesOf` is told of it. */
export interface FakeProcess {
  readonly pid: number;
  readonly user?: string;
  readonly argv: readonly string[];
  readonly group?: string;
}

/** Answers what lists a host's processes; everything else by `more`. */
export function withProcesses(processes: readonly FakeProcess[], more: FakeRun = () => ({})): FakeRun {
  const stdout = processes
    .map(({ pid, user = 'root', argv, group = '0::/' }) => {
      const bytes = Buffer.from(argv.map((word) => `${word}\0`).join(''));
      return `${pid} ${user} ${bytes.toString('base64')} ${group}\n`;
    })
    .join('');
  return (who, argv) => (argv.at(-1)?.includes('/proc/[0-9]*') ? { stdout } : more(who, argv));
}
