import type { MachineInput } from '../../clusters/sim/sim-cluster.js';
import { noticeText } from './notices.js';

type OpenTerminal = Extract<MachineInput, { kind: 'open-terminal' }>;

export interface AttemptTerminalParts {
  /** `tab`: the input opens a terminal beside others, and this is the number it goes by. */
  send(input: MachineInput, tab?: number): void;
  /** The number of the next terminal that is opened in the machine. */
  nextNumber(): number;
  /** The program that runs in one of the machine's terminals, if that is not a shell at its prompt. */
  running(terminal: number): Promise<string | undefined>;
}

/**
 * A terminal of an attempt as a person sees it. When its shell ends a new one may take its place, so that the machine's
 * terminals come and go behind it. What it shows while nobody listens is kept.
 */
export class AttemptTerminal {
  /** What it goes by among the attempt's terminals, from 1. */
  readonly number: number;
  private readonly parts: AttemptTerminalParts;
  private readonly listeners = new Set<(bytes: Uint8Array) => void>();
  private unheard: Uint8Array[] = [];
  private opened: OpenTerminal | undefined;

  constructor(number: number, parts: AttemptTerminalParts) {
    this.number = number;
    this.parts = parts;
  }

  /** The machine's terminal that is behind it; undefined before there is one. */
  get present(): OpenTerminal | undefined {
    return this.opened;
  }

  /** `tab` where it is opened beside others. */
  open(host: string, user: string, columns: number, rows: number, tab?: number): void {
    this.opened = { kind: 'open-terminal', terminal: this.parts.nextNumber(), host, user, columns, rows };
    this.parts.send(this.opened, tab);
  }

  type(bytes: Uint8Array): void {
    if (this.opened) this.parts.send({ kind: 'type', terminal: this.opened.terminal, bytes });
  }

  resize(columns: number, rows: number): void {
    if (!this.opened || (this.opened.columns === columns && this.opened.rows === rows)) return;
    this.takeUpSize(columns, rows);
    this.parts.send({ kind: 'resize', terminal: this.opened.terminal, columns, rows });
  }

  /** Hangs its session up. */
  close(): void {
    if (this.opened) this.parts.send({ kind: 'close-terminal', terminal: this.opened.terminal });
  }

  /** The program that runs in it; undefined where a shell waits at its prompt. */
  async running(): Promise<string | undefined> {
    return this.opened && this.parts.running(this.opened.terminal);
  }

  /** What it shows; what came before the first listener is given to that at once. */
  onOutput(listener: (bytes: Uint8Array) => void): () => void {
    this.listeners.add(listener);
    const { unheard } = this;
    this.unheard = [];
    for (const bytes of unheard) listener(bytes);
    return () => this.listeners.delete(listener);
  }

  show(bytes: Uint8Array): void {
    if (this.listeners.size === 0) this.unheard.push(bytes);
    for (const listener of [...this.listeners]) listener(bytes);
  }

  /** Says something that no program of the machine says. */
  say(text: string): void {
    this.show(Buffer.from(`\r\x1b[0;2m[${text}]\x1b[0m\r\n`));
  }

  /** A new shell where the last one has ended. */
  reopen(): void {
    if (!this.opened) return;
    const { host, user, columns, rows } = this.opened;
    this.tellOfNewShell();
    this.open(host, user, columns, rows);
  }

  /** What a replay led to: it was opened by this, perhaps after another shell had ended, and showed that. */
  takeUp(opened: OpenTerminal, output: readonly Uint8Array[]): void {
    if (this.opened) this.tellOfNewShell();
    this.opened = opened;
    for (const bytes of output) this.show(bytes);
  }

  /** It is of this size by now. */
  takeUpSize(columns: number, rows: number): void {
    if (this.opened) this.opened = { ...this.opened, columns, rows };
  }

  private tellOfNewShell(): void {
    this.show(Buffer.from('\r\n'));
    this.say(noticeText('new-shell'));
  }
}
