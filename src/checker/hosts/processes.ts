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

/**
 * Each process begins with the byte 1: its folder, its control group and its arguments, each ended by the byte 2. After
 * the byte 3 follow the owners of those folders. Bash reads all of it by itself, which costs no process a file.
 */
const LIST = `for p in /proc/[0-9]*; do {
  printf '\\001%s\\002' "$p"
  g=; read -r g < "$p/cgroup"; printf '%s\\002' "$g"
  while IFS= read -r -d '' a; do printf '%s\\002' "$a"; done < "$p/cmdline"
} 2>/dev/null; done
printf '\\003'
stat -c '%n %U' /proc/[0-9]* 2>/dev/null
true`;

/** All processes of a host but those that listing them takes. Throws `UndecidedError` where they cannot be listed. */
export async function processesOf(cluster: Cluster, host: string): Promise<readonly HostProcess[]> {
  const { code, stdout, stderr } = await cluster.run(host, 'root', ['bash', '-c', LIST]);
  if (code !== 0) throw new UndecidedError(`the processes of ${host} cannot be listed: ${lastLine(stderr)}`);
  const [listed = '', owners = ''] = stdout.split('\u0003');
  const users = new Map(owners.split('\n').map((line) => line.split(' ') as [string, string]));
  return listed
    .split('\u0001')
    .map((fields) => fields.split('\u0002').slice(0, -1))
    .map(([folder = '', group = '', ...argv]) => ({
      pid: Number(programName(folder)),
      user: users.get(folder) ?? 'unknown',
      argv,
      group,
    }))
    .filter(({ argv }) => argv.length > 0 && !argv.includes(LIST));
}

/** A program's name without its folder. */
export function programName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
