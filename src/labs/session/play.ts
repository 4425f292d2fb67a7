import type { SimCluster } from '../../clusters/sim/sim-cluster.js';
import { lineBytes } from './keys.js';
import type { ScriptStep } from './script.js';

/** How long one typed line of a script may keep the terminal busy before it is interrupted, in virtual microseconds. */
const LINE_LIMIT = 900_000_000;
/** How far the cluster goes at a time while a line runs, in virtual microseconds. */
const STEP = 30_000_000;
/** So deep nobody nests shells. */
const SHELLS_MAX = 16;
const INTERRUPT_LIMIT = 5_000_000;

export interface PlayOptions {
  readonly host: string;
  readonly user: string;
  readonly columns?: number;
  readonly rows?: number;
  /** False: what is typed is not shown. */
  readonly echo?: boolean;
  /** How long one line may run before it is interrupted, in virtual microseconds; a quarter of an hour unless said. */
  readonly lineLimit?: number;
  /** Told what the terminal shows. */
  onOutput?(bytes: Uint8Array): void;
  /** Told of each line that was interrupted because it ran for too long. */
  onInterrupted?(line: string): void;
}

/** A terminal into which scripts are typed, each line when whoever reads asks for it. */
export class Typist {
  private readonly cluster: SimCluster;
  private readonly terminal: number;
  private readonly stop: () => void;
  private readonly lineLimit: number;
  private readonly interrupted: (line: string) => void;
  private open = true;
  private status: number | undefined;

  private constructor(cluster: SimCluster, terminal: number, stop: () => void, options: PlayOptions) {
    this.cluster = cluster;
    this.terminal = terminal;
    this.stop = stop;
    this.lineLimit = options.lineLimit ?? LINE_LIMIT;
    this.interrupted = (line) => options.onInterrupted?.(line);
  }

  /** Logs in at a fresh login shell and waits for its prompt. */
  static async start(cluster: SimCluster, terminal: number, options: PlayOptions): Promise<Typist> {
    const { host, user, columns = 100, rows = 30 } = options;
    let typist: Typist | undefined;
    const stop = cluster.onEvent((event) => {
      if (!('terminal' in event) || event.terminal !== terminal) return;
      if (event.kind === 'output') options.onOutput?.(event.bytes);
      if (event.kind !== 'terminal-closed' || !typist) return;
      typist.open = false;
      typist.status = event.status;
    });
    await cluster.input(cluster.reached, {
      kind: 'open-terminal',
      terminal,
      host,
      user,
      columns,
      rows,
      ...(options.echo === undefined ? {} : { echo: options.echo }),
    });
    typist = new Typist(cluster, terminal, stop, options);
    await cluster.advanceUntilInput(terminal, LINE_LIMIT);
    return typist;
  }

  /** Types steps; returns false when the shell was left before the end. */
  async type(steps: readonly ScriptStep[]): Promise<boolean> {
    for (const line of steps.flatMap(({ lines }) => lines)) {
      if (!this.open) return false;
      if (!(await this.send(lineBytes(line)))) this.interrupted(line);
    }
    return true;
  }

  /** Ends what reads the terminal by Ctrl-D, shell by shell; resolves to the login shell's status, if it ended. */
  async leave(): Promise<number | undefined> {
    for (let shells = 0; this.open && shells < SHELLS_MAX; shells += 1) await this.send('\x04');
    return this.status;
  }

  /** Hangs up. */
  async end(): Promise<void> {
    if (this.open) await this.cluster.input(this.cluster.reached, { kind: 'close-terminal', terminal: this.terminal });
    this.stop();
  }

  /** False: it had to be interrupted. */
  private async send(text: string): Promise<boolean> {
    const type = (bytes: string): Promise<void> =>
      this.cluster.input(this.cluster.reached, { kind: 'type', terminal: this.terminal, bytes: Buffer.from(bytes) });
    await type(text);
    // In steps, so that what is shown meanwhile is told while a line still runs.
    for (let left = this.lineLimit; left > 0; left -= STEP) {
      if (await this.cluster.advanceUntilInput(this.terminal, Math.min(left, STEP))) return true;
    }
    // What never ends by itself is ended as a person would.
    await type('\x03');
    await this.cluster.advanceUntilInput(this.terminal, INTERRUPT_LIMIT);
    return false;
  }
}
