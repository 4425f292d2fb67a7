import { randomBytes } from 'node:crypto';
import {
  ClusterError,
  type CommandResult,
  type FileFacts,
  type TerminalOptions,
  type TerminalSession,
} from '../port.js';
import type { Played } from '../real/real-cluster.js';
import { LiveClock } from '../sim/live-clock.js';
import { type MachineInput, type OpenOptions, openSimCluster, type SimCluster } from '../sim/sim-cluster.js';
import type { FarServer } from './far-server.js';
import { FarTraffic } from './far-traffic.js';
import { plainFiles, putCommand, removeCommand } from './files.js';
import { playTexts } from './play-texts.js';
import type { PutHow, StationCommandOptions, Workstation } from './workstation.js';

const USER = 'candidate';
const ADMINISTRATOR = '/etc/kubernetes/admin.conf';
const TIMEOUT_SECONDS = 30;
const GIVEN_UP = 'it was interrupted';
const TIMED_OUT: CommandResult = { code: 124, stdout: '', stderr: '' };
/** The most of the clock that passes at once: after a pause of the computer it is caught up with in minutes' steps. */
const STEP_MAX = 60_000_000;

export interface WorkstationOptions {
  /** The host's name, as the prompt shows it. */
  readonly name: string;
  readonly far: FarServer;
  readonly thread?: OpenOptions['thread'];
  /** The clock that it follows, microseconds since the Unix epoch; the computer's when left out. */
  readonly wall?: () => number;
}

/** Starts a simulated workstation before a real cluster's API server. Throws `ClusterError`. */
export async function openWorkstation({
  name,
  far,
  thread,
  wall = () => Date.now() * 1000,
}: WorkstationOptions): Promise<Workstation> {
  const cluster = await openSimCluster(
    {
      world: { base: 'workstation', hosts: { controlplane: name } },
      seed: 'workstation',
      salt: randomBytes(32).toString('hex'),
      epoch: Math.round(wall()),
      timing: 'brisk',
    },
    thread === undefined ? {} : { thread },
  );
  const administrator = certificateIn(await cluster.file(name, ADMINISTRATOR));
  const clock = new LiveClock(cluster, { wall, stepMax: STEP_MAX });
  const traffic = new FarTraffic(far, administrator, (input) => clock.input(input));
  cluster.onEvent((event) => traffic.hear(event));
  return new SimulatedWorkstation(name, cluster, clock, traffic);
}

/** The certificate with which the host's people ask as administrators. */
function certificateIn(kubeconfig: FileFacts | undefined): string {
  const text = kubeconfig ? Buffer.from(kubeconfig.content).toString() : '';
  const data = /client-certificate-data: (\S+)/.exec(text)?.[1];
  if (data === undefined) throw new ClusterError('the simulated workstation has no administrator');
  return Buffer.from(data, 'base64').toString();
}

class SimulatedWorkstation implements Workstation {
  readonly host: string;
  readonly user = USER;
  private readonly cluster: SimCluster;
  private readonly clock: LiveClock;
  private readonly traffic: FarTraffic;
  private readonly waiting = new Set<(error: ClusterError) => void>();
  private lastId = 0;
  private lastTerminal = 0;
  private uses = 0;
  private gone: ClusterError | undefined;

  constructor(host: string, cluster: SimCluster, clock: LiveClock, traffic: FarTraffic) {
    this.host = host;
    this.cluster = cluster;
    this.clock = clock;
    this.traffic = traffic;
    cluster.onFailure((reason) => this.fail(`the simulated workstation is gone: ${reason}`));
    clock.start('behind');
  }

  async run(user: string, argv: readonly string[], options: StationCommandOptions = {}): Promise<CommandResult> {
    const { stdin, timeoutSeconds = TIMEOUT_SECONDS, signal } = options;
    if (signal?.aborted) throw new ClusterError(GIVEN_UP);
    this.lastId += 1;
    const id = this.lastId;
    let timer: NodeJS.Timeout | undefined;
    let stop = (): void => {};
    let giveUp = (): void => {};
    const ended = new Promise<CommandResult>((resolve, reject) => {
      giveUp = () => {
        this.input({ kind: 'disconnect', id });
        reject(new ClusterError(GIVEN_UP));
      };
      signal?.addEventListener('abort', giveUp);
      stop = this.cluster.onEvent((event) => {
        if (event.kind !== 'finished' || event.id !== id) return;
        resolve({ code: event.code, stdout: textOf(event.stdout), stderr: textOf(event.stderr) });
      });
      timer = setTimeout(() => {
        this.input({ kind: 'disconnect', id });
        resolve(TIMED_OUT);
      }, timeoutSeconds * 1000);
    });
    try {
      const given = stdin === undefined ? {} : { stdin: Buffer.from(stdin) };
      return await this.using(() => {
        this.input({ kind: 'run', id, host: this.host, user, argv, ...given });
        return ended;
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      stop();
    }
  }

  file(path: string): Promise<FileFacts | undefined> {
    return this.cluster.file(this.host, path);
  }

  directory(path: string): Promise<readonly string[] | undefined> {
    return this.cluster.directory(this.host, path);
  }

  async putFile(path: string, content: Uint8Array, how: PutHow = {}): Promise<void> {
    await this.must(putCommand(path, how), Buffer.from(content).toString('base64'));
  }

  folder(path: string): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
    return plainFiles(this, path);
  }

  async putFolder(path: string, files: ReadonlyMap<string, Uint8Array>, how: PutHow = {}): Promise<void> {
    await this.must(removeCommand(path, how));
    for (const [name, content] of files) await this.putFile(`${path}/${name}`, content, how);
  }

  async play(played: Played): Promise<void> {
    const { host } = played;
    if (host !== this.host)
      throw new ClusterError(`scripts run on the simulated workstation ${this.host}, not on ${host}`);
    this.lastTerminal += 1;
    const terminal = this.lastTerminal;
    await this.using(() =>
      playTexts(this.cluster, (input) => this.input(input), {
        ...played,
        terminal,
        asked: () => this.traffic.asked(),
      }),
    );
  }

  async openTerminal({ host, user, columns, rows }: TerminalOptions): Promise<TerminalSession> {
    if (host !== this.host) throw new ClusterError(`there is no host ${host}, only ${this.host}`);
    this.lastTerminal += 1;
    const terminal = this.lastTerminal;
    this.input({ kind: 'open-terminal', terminal, host, user, columns, rows });
    let open = true;
    const over = (): void => {
      if (open) this.used();
      open = false;
    };
    this.use();
    this.cluster.onEvent((event) => {
      if (event.kind === 'terminal-closed' && event.terminal === terminal) over();
    });
    return {
      write: (bytes) => this.input({ kind: 'type', terminal, bytes }),
      resize: (width, height) => this.input({ kind: 'resize', terminal, columns: width, rows: height }),
      onOutput: (listener) =>
        this.cluster.onEvent((event) => {
          if (event.kind === 'output' && event.terminal === terminal) listener(event.bytes);
        }),
      onClose: (listener) =>
        this.cluster.onEvent((event) => {
          if (event.kind === 'terminal-closed' && event.terminal === terminal) listener(event.status);
        }),
      close: () => {
        this.input({ kind: 'close-terminal', terminal });
        over();
      },
    };
  }

  async close(): Promise<void> {
    this.fail('the simulated workstation was closed');
    this.clock.stop();
    this.traffic.close();
    await this.cluster.close();
  }

  /** At the instant it is now outside. */
  private input(input: MachineInput): void {
    this.clock.catchUp();
    this.clock.input(input);
  }

  /** A command of ours, as root. Throws with what it said when it failed. */
  private async must(argv: readonly string[], stdin?: string): Promise<void> {
    const { code, stderr } = await this.run('root', argv, stdin === undefined ? {} : { stdin });
    if (code !== 0)
      throw new ClusterError(`the simulated workstation: ${stderr.trim() || `${argv[0]} ended with ${code}`}`);
  }

  /** While somebody waits for it the clock is followed closely. Ends with an error when the machine is gone. */
  private async using<T>(act: () => Promise<T>): Promise<T> {
    if (this.gone) throw this.gone;
    let reject: (error: ClusterError) => void = () => {};
    const failed = new Promise<never>((_, no) => {
      reject = no;
    });
    this.waiting.add(reject);
    this.use();
    try {
      return await Promise.race([act(), failed]);
    } finally {
      this.waiting.delete(reject);
      this.used();
    }
  }

  private use(): void {
    this.uses += 1;
    if (this.uses === 1 && !this.gone) this.clock.start('front');
  }

  private used(): void {
    this.uses -= 1;
    if (this.uses === 0 && !this.gone) this.clock.start('behind');
  }

  private fail(reason: string): void {
    this.gone ??= new ClusterError(reason);
    this.clock.stop();
    for (const reject of this.waiting) reject(this.gone);
    this.waiting.clear();
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
