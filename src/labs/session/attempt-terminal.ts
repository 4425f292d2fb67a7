import type { MachineInput, OutsideEvent } from '../../clusters/sim/sim-cluster.js';
import type { JournalEntry } from '../journal/entry.js';

type OpenTerminal = Extract<MachineInput, { kind: 'open-terminal' }>;

export interface AttemptTerminalParts {
  send(input: MachineInput): void;
  /** The number of the next terminal that is opened in the machine. */
  nextNumber(): number;
}

/**
 * A terminal of an attempt as a person sees it. When its shell ends a new one takes its place, so that the machine's
 * terminals come and go behind it. What it shows while nobody listens is kept.
 */
export class AttemptTerminal {
  private readonly parts: AttemptTerminalParts;
  private readonly listeners = new Set<(bytes: Uint8Array) => void>();
  private unheard: Uint8Array[] = [];
  private present: OpenTerminal | undefined;

  constructor(parts: AttemptTerminalParts) {
    this.parts = parts;
  }

  /** The host it was opened on; undefined before it was. */
  get host(): string | undefined {
    return this.present?.host;
  }

  open(host: string, user: string, columns: number, rows: number): void {
    this.present = { kind: 'open-terminal', terminal: this.parts.nextNumber(), host, user, columns, rows };
    this.parts.send(this.present);
  }

  type(bytes: Uint8Array): void {
    if (this.present) this.parts.send({ kind: 'type', terminal: this.present.terminal, bytes });
  }

  resize(columns: number, rows: number): void {
    if (!this.present || (this.present.columns === columns && this.present.rows === rows)) return;
    this.present = { ...this.present, columns, rows };
    this.parts.send({ kind: 'resize', terminal: this.present.terminal, columns, rows });
  }

  /** What it shows; what came before the first listener is given to that at once. */
  onOutput(listener: (bytes: Uint8Array) => void): () => void {
    this.listeners.add(listener);
    const { unheard } = this;
    this.unheard = [];
    for (const bytes of unheard) listener(bytes);
    return () => this.listeners.delete(listener);
  }

  /** Takes what the machine's terminal does. */
  hear(event: OutsideEvent): void {
    if (!this.present || !('terminal' in event) || event.terminal !== this.present.terminal) return;
    if (event.kind === 'output') this.show(event.bytes);
    if (event.kind === 'terminal-closed') this.reopen();
  }

  /** Says something that no program of the machine says. */
  say(text: string): void {
    this.show(Buffer.from(`\r\x1b[0;2m[${text}]\x1b[0m\r\n`));
  }

  /** What a replay led to. */
  takeUp(entries: readonly JournalEntry[], output: readonly Uint8Array[]): void {
    this.unheard = [...output];
    for (const entry of entries) {
      if (!('input' in entry)) continue;
      if (entry.input.kind === 'open-terminal') this.present = entry.input;
      if (entry.input.kind === 'resize' && this.present)
        this.present = { ...this.present, columns: entry.input.columns, rows: entry.input.rows };
    }
  }

  private show(bytes: Uint8Array): void {
    if (this.listeners.size === 0) this.unheard.push(bytes);
    for (const listener of [...this.listeners]) listener(bytes);
  }

  private reopen(): void {
    if (!this.present) return;
    const { host, user, columns, rows } = this.present;
    this.show(Buffer.from('\r\n'));
    this.say('the shell has ended; here is a new one');
    this.open(host, user, columns, rows);
  }
}
