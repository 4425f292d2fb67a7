import type { OutsideEvent, SimCluster } from '../../clusters/sim/sim-cluster.js';
import type { JournalEntry } from '../journal/entry.js';
import type { ReplayedTerminal } from './attempt-terminals.js';
import type { CommandLine } from './moments.js';

/** What a machine does while a journal is replayed: nobody looks, and some of it is wanted afterwards. */
export class ReplayHearing {
  /** By the machine's numbers. */
  readonly terminals = new Map<number, ReplayedTerminal & { readonly output: Uint8Array[]; closed: boolean }>();
  /** Lines that shells read. */
  readonly commandLines: CommandLine[] = [];
  /** What was done about lines to other machines. */
  readonly calls: OutsideEvent[] = [];
  /** Ends the listening. */
  readonly stop: () => void;
  private readonly asked: number[] = [];

  constructor(cluster: SimCluster) {
    this.stop = cluster.onEvent((event) => this.hear(event));
  }

  /** Questions that the journal does not answer. */
  unanswered(entries: readonly JournalEntry[]): number[] {
    const answered = new Set(
      entries.map((entry) => 'input' in entry && entry.input.kind === 'answer' && entry.input.id),
    );
    return this.asked.filter((id) => !answered.has(id));
  }

  private hear(event: OutsideEvent): void {
    if (event.kind === 'output') this.terminal(event.terminal).output.push(event.bytes);
    else if (event.kind === 'terminal-closed') this.terminal(event.terminal).closed = true;
    else if (event.kind === 'asked') this.asked.push(event.id);
    else if (event.kind === 'command-line') this.commandLines.push({ line: event.line, at: event.at });
    else if (event.kind === 'ring' || (event.kind === 'line' && !event.message)) this.calls.push(event);
  }

  private terminal(number: number): { readonly output: Uint8Array[]; closed: boolean } {
    const known = this.terminals.get(number) ?? { output: [], closed: false };
    this.terminals.set(number, known);
    return known;
  }
}
