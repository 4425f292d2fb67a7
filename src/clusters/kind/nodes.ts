import { ClusterError, type CommandOptions, type CommandResult, type FileFacts } from '../port.js';
import type { Engine } from './engine.js';
import { type Programs, type Ran, textOf } from './programs.js';
import type { KindHost } from './shape.js';

/** Files that are larger than this are cut off: no answer and no configuration is. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;
/** What the engine itself may need beyond the time of a command. */
const ENGINE_SECONDS = 15;
const NOT_THERE = 44;

/** Type, mode, owner, group, then the content: one call, so that they belong together. Links are followed, as by the simulator. */
const LOOK = `stat -L --printf '%F|%a|%U|%G\\n' -- "$1" 2>/dev/null || exit ${NOT_THERE}
test -f "$1" && head -c ${FILE_BYTES_MAX} -- "$1"
exit 0`;
const LIST = `test -d "$1" || exit ${NOT_THERE}
find -L "$1" -mindepth 1 -maxdepth 1 -printf '%f\\0'`;

/** What engines say when it is they who fail, not the command: docker, nerdctl, podman. */
const ENGINE_WORDS =
  /^(?:Error response from daemon: |Cannot connect to the Docker daemon|permission denied while trying to connect|Error: (?:no (?:such )?container|can only create exec sessions|unable to connect to Podman)|FATA\[|time=".*level=fatal)/m;

/** A command that somebody may give up: then nobody waits for it any more. */
interface StoppableOptions extends CommandOptions {
  readonly signal?: AbortSignal | undefined;
}

/** The containers of a cluster's nodes, entered by the engine. */
export class Nodes {
  constructor(
    private readonly programs: Programs,
    private readonly engine: Pick<Engine, 'name' | 'path'>,
    readonly hosts: readonly KindHost[],
  ) {}

  /** A host by its name or base name; what is asked of the base host goes to the control plane. Throws `ClusterError`. */
  host(name: string): KindHost {
    const found = this.hosts.find((one) => one.name === name || one.base === name);
    if (found) return found;
    if (name === 'base') return this.hosts[0] as KindHost;
    throw new ClusterError(`There is no host ${name}; there are ${this.hosts.map((one) => one.name).join(', ')}.`);
  }

  /** A command in a user's login environment; 124 when its time was over, and then it is ended there too. */
  async run(
    host: string,
    user: string,
    argv: readonly string[],
    { stdin, timeoutSeconds = 30, signal }: StoppableOptions = {},
  ): Promise<CommandResult> {
    const ended = ['timeout', '-k', '5', String(timeoutSeconds)];
    const login = ['bash', '-lc', 'cd && exec "$@"', 'bash', ...argv];
    const ran = await this.exec(this.host(host), user, [...ended, ...login], {
      stdin: stdin ?? '',
      timeoutSeconds: timeoutSeconds + ENGINE_SECONDS,
      signal,
    });
    // 137: it did not heed the first signal.
    const code = ran.code === 137 ? 124 : ran.code;
    return { code, stdout: textOf(ran), stderr: ran.stderr };
  }

  /** A script as root, in no login environment; throws `ClusterError` with what it said when it fails. */
  async script(
    host: string,
    text: string,
    args: readonly string[] = [],
    { timeoutSeconds = 60, signal }: Omit<StoppableOptions, 'stdin'> = {},
  ): Promise<string> {
    const ran = await this.exec(this.host(host), 'root', ['bash', '-s', '--', ...args], {
      stdin: text,
      timeoutSeconds,
      signal,
    });
    if (signal?.aborted) throw new ClusterError('It was given up.');
    if (ran.code !== 0) {
      const said = (ran.stderr.trim() || textOf(ran).trim()).split('\n').slice(-3).join('; ');
      throw new ClusterError(`${this.host(host).name}: ${said || `ended with ${ran.code}`}`);
    }
    return textOf(ran);
  }

  async file(host: string, path: string): Promise<FileFacts | undefined> {
    const ran = await this.exec(this.host(host), 'root', ['bash', '-c', LOOK, 'look', path]);
    if (ran.code === NOT_THERE) return undefined;
    const end = ran.stdout.indexOf(0x0a);
    const facts = Buffer.from(ran.stdout.subarray(0, end)).toString('utf8').split('|');
    if (ran.code !== 0 || facts.length !== 4)
      throw new ClusterError(`${path} on ${host} cannot be looked at: ${ran.stderr}`);
    const [type, mode, owner, group] = facts as [string, string, string, string];
    return { type: fileType(type), content: ran.stdout.slice(end + 1), mode: Number.parseInt(mode, 8), owner, group };
  }

  async directory(host: string, path: string): Promise<readonly string[] | undefined> {
    const ran = await this.exec(this.host(host), 'root', ['bash', '-c', LIST, 'list', path]);
    if (ran.code === NOT_THERE) return undefined;
    if (ran.code !== 0) throw new ClusterError(`${path} on ${host} cannot be listed: ${ran.stderr}`);
    return textOf(ran).split('\0').filter(Boolean).sort();
  }

  /** How a program is started in a host's container: for those who keep it running. */
  command(host: string, user: string, argv: readonly string[], flags: readonly string[] = ['-i']) {
    return { path: this.engine.path, args: execArgs(this.host(host), user, argv, flags) };
  }

  /** Which containers run; one that is not there at all is not among them. */
  async running(): Promise<ReadonlySet<string>> {
    const up = await Promise.all(
      this.hosts.map(async ({ container }) => {
        const ran = await this.programs.run(this.engine.path, ['inspect', '--format', '{{.State.Running}}', container]);
        return ran.code === 0 && textOf(ran).trim() === 'true' ? [container] : [];
      }),
    );
    return new Set(up.flat());
  }

  /** Starts containers that were stopped. Throws `ClusterError` in the engine's words. */
  async start(containers: readonly string[]): Promise<void> {
    const ran = await this.programs.run(this.engine.path, ['start', ...containers], { timeoutSeconds: 60 });
    if (ran.code !== 0)
      throw new ClusterError(`${this.engine.name} cannot start ${containers.join(', ')}: ${ran.stderr.trim()}`);
  }

  /** Starts a host's container anew and waits until its systemd is up. Throws `ClusterError`. */
  async restart(name: string, seconds: number): Promise<void> {
    const { container } = this.host(name);
    const ran = await this.programs.run(this.engine.path, ['restart', container], { timeoutSeconds: seconds });
    if (ran.code !== 0) throw new ClusterError(`${this.engine.name} cannot restart ${container}: ${ran.stderr.trim()}`);
    for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
      const state = await this.exec(this.host(name), 'root', ['systemctl', 'is-system-running']).catch(() => undefined);
      if (state && /^(?:running|degraded)/.test(textOf(state))) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new ClusterError(`${name} did not come up again within ${seconds} seconds.`);
  }

  private async exec(
    host: KindHost,
    user: string,
    argv: readonly string[],
    options: StoppableOptions = {},
  ): Promise<Ran> {
    const ran = await this.programs.run(this.engine.path, execArgs(host, user, argv, ['-i']), options);
    if (ran.code !== 0 && ran.stdout.length === 0 && ENGINE_WORDS.test(ran.stderr))
      throw new ClusterError(`${host.name} (container ${host.container}) cannot be entered: ${ran.stderr.trim()}`);
    return ran;
  }
}

/** `exec` of all engines alike. The administrator's kubeconfig of the container is root's alone. */
function execArgs(host: KindHost, user: string, argv: readonly string[], flags: readonly string[]): string[] {
  const home = user === 'root' ? '/root' : `/home/${user}`;
  const own = {
    HOME: home,
    USER: user,
    LOGNAME: user,
    ...(user === 'root' ? {} : { KUBECONFIG: `${home}/.kube/config` }),
  };
  const variables = Object.entries(own).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  return ['exec', ...flags, '--user', user, ...variables, host.container, ...argv];
}

function fileType(words: string): FileFacts['type'] {
  if (words.startsWith('regular')) return 'file';
  if (words === 'directory') return 'directory';
  return words === 'symbolic link' ? 'symlink' : 'other';
}
