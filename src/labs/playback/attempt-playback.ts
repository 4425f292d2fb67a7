import type { MachineInput, OpenOptions, OutsideEvent, SimCluster } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';
import type { JournalEntry } from '../journal/entry.js';
import { type Journal, readJournal } from '../journal/reader.js';
import { openMachine } from '../session/attempt-machine.js';
import { playable } from './playable.js';
import type { Frame, Part, Playback } from './playback.js';

/** The most that lies between what a machine does and the instant noted of it; virtual microseconds. */
const STEP = 50_000;
/** No attempt lasts longer: a file that says so is wrong. */
const SPAN_MAX = 48 * 3_600_000_000;
const SECOND = 1_000_000;

/** What plays an attempt. */
export interface PlaybackOptions {
  /** Where the machine lives. */
  readonly where?: OpenOptions;
  /** This program's version. */
  readonly program: string;
  /** Instants of what is seen do not matter: it is played as quickly as it goes. */
  readonly hurried?: boolean;
}

/** A frame whose instant is said later. */
type Seen = Frame extends infer F ? (F extends Frame ? Omit<F, 'at'> : never) : never;

/**
 * Plays one attempt: a machine does again what its journal says, and what it shows is noted with its instants. What it
 * shows counts once the state's hash agrees with the journal's. The file is read once; nothing is written or locked.
 */
export class AttemptPlayback implements Playback {
  readonly title: string;
  readonly length: number;
  readonly notices: readonly string[];
  private readonly cluster: SimCluster;
  private readonly entries: readonly JournalEntry[];
  private readonly step: number;
  private readonly begin: number;
  private at = 0;
  private read = 0;
  private frames: Frame[] = [];
  private ended: string | undefined;
  private closed = false;

  private constructor(journal: Journal, instance: LabInstance, cluster: SimCluster, options: PlaybackOptions) {
    const { program, hurried = false } = options;
    this.cluster = cluster;
    this.begin = cluster.reached;
    const { entries, senseless } = playable(journal.entries, this.begin, SPAN_MAX);
    this.entries = entries;
    this.length = (entries.at(-1)?.t ?? this.begin) - this.begin;
    this.step = hurried ? Number.POSITIVE_INFINITY : STEP;
    this.title = instance.lab.content.metadata.title;
    this.notices = noticesOf(journal, instance, program, senseless);
    cluster.onEvent((event) => this.see(event));
    cluster.onFailure((reason) => this.end(`the simulated cluster failed: ${reason}`));
  }

  /** Reads a journal and makes its machine. Throws `JournalError`, and `ClusterError` where there can be none. */
  static async open(path: string, instance: LabInstance, options: PlaybackOptions): Promise<AttemptPlayback> {
    const journal = readJournal(path, 'sound');
    const { cluster } = await openMachine(instance, journal.header, options.where);
    return new AttemptPlayback(journal, instance, cluster, options);
  }

  get ending(): string | undefined {
    return this.ended;
  }

  async next(): Promise<Part | undefined> {
    if (this.ended !== undefined || this.closed || this.read >= this.entries.length) return undefined;
    const from = this.at;
    this.frames = [];
    try {
      while (this.read < this.entries.length) {
        const entry = this.entries[this.read] as JournalEntry;
        this.read += 1;
        if (await this.play(entry)) break;
      }
    } catch (error) {
      this.end(`the simulated cluster failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    // What came after the last hash that agreed may have been otherwise.
    if (this.ended !== undefined) return undefined;
    return { task: undefined, from, until: this.at, frames: this.frames };
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.cluster.close();
  }

  /** Does what an entry says; true where it told that all until here was as it had been. */
  private async play(entry: JournalEntry): Promise<boolean> {
    await this.advance(entry.t - this.begin);
    if ('mark' in entry) this.frame({ kind: 'mark', mark: entry.mark });
    if ('input' in entry) {
      this.beforeInput(entry.input);
      await this.cluster.input(entry.t, entry.input);
    }
    if (!('hash' in entry)) return false;
    if ((await this.cluster.traceHash()) === entry.hash) return true;
    this.end(`from ${clock(this.at)} on this program does otherwise than was recorded`);
    return true;
  }

  private async advance(to: number): Promise<void> {
    while (this.at < to && !this.closed) {
      this.at = Math.min(to, this.at + this.step);
      await this.cluster.advanceTo(this.begin + this.at);
    }
  }

  private beforeInput(input: MachineInput): void {
    if (input.kind === 'open-terminal') {
      const { terminal, host, columns, rows } = input;
      this.frame({ kind: 'opened', terminal, host, columns, rows });
    }
    if (input.kind === 'resize') {
      const { terminal, columns, rows } = input;
      this.frame({ kind: 'resized', terminal, columns, rows });
    }
    if (input.kind === 'type') this.frame({ kind: 'typed', terminal: input.terminal });
  }

  private see(event: OutsideEvent): void {
    if (event.kind === 'output') this.frame({ kind: 'output', terminal: event.terminal, bytes: event.bytes });
    if (event.kind === 'command-line') this.frame({ kind: 'line', line: event.line });
  }

  private frame(seen: Seen): void {
    this.frames.push({ at: this.at, ...seen } as Frame);
  }

  private end(reason: string): void {
    if (!this.closed) this.ended ??= reason;
  }
}

function noticesOf(
  { header, cut, damagedLine }: Journal,
  { lab }: LabInstance,
  program: string,
  senseless: number | undefined,
): string[] {
  const until = 'it is played as far as it comes out the same';
  return [
    ...(header.program === program ? [] : [`kubedrill ${header.program} wrote it, and this is ${program}: ${until}.`]),
    ...(header.content === lab.hash ? [] : [`The lab ${header.lab} has changed since: ${until}.`]),
    ...(damagedLine !== undefined
      ? [`The file is damaged from line ${damagedLine} on: it is played up to there.`]
      : []),
    ...(cut && damagedLine === undefined ? ['The last line of the file was cut; the rest is played.'] : []),
    // The first line is the header.
    ...(senseless === undefined ? [] : [`Line ${senseless + 1} of the file makes no sense: it is played up to there.`]),
  ];
}

function clock(micros: number): string {
  const seconds = Math.floor(micros / SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
