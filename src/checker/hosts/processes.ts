import type { Cluster } from '../../clusters/port.js';
import { UndecidedError } from '../objects.js';
import { lastLine } from '../words.js';

/** A process of a host, those in containers included. */
export interface HostProcess {
  readonly pid: number;
  readonly user: string;
  readonly argv: readonly string[];
  /** The control group, which names its container. */
  readonly group: string;
}

/** A process a line: number, user, arguments as the kernel keeps them (NUL after each) in base 64, control group. */
const LIST = `for p in /proc/[0-9]*; do a=$(base64 -w0 $p/cmdline 2>/dev/null) && echo "\${p#/proc/} $(stat -c %U $p) $a $(head -1 $p/cgroup 2>/dev/null)"; done; true`;

/** All processes of a host but those that listing them takes. Throws `UndecidedError` where they cannot be listed. */
export async function processesOf(cluster: Cluster, host: string): Promise<readonly HostProcess[]> {
  const { code, stdout, stderr } = await cluster.run(host, 'root', ['bash', '-c', LIST]);
  if (code !== 0) throw new UndecidedError(`the processes of ${host} cannot be listed: ${lastLine(stderr)}`);
  return stdout
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, , argv]) => argv)
    .map(([pid, user = '', argv = '', group = '']) => ({ pid: Number(pid), user, argv: argumentsIn(argv), group }))
    .filter(({ argv }) => !argv.includes(LIST));
}

/** A program's name without its folder. */
export function programName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function argumentsIn(encoded: string): string[] {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return (text.endsWith('\0') ? text.slice(0, -1) : text).split('\0');
}
