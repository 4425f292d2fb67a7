import type { OwnShell } from '../../clusters/real/real-cluster.js';
import type { MachineInput } from '../../clusters/sim/sim-cluster.js';
import { AttemptTerminals } from '../session/attempt-terminals.js';
import { noticeText } from '../session/notices.js';
import { EnteredLines } from './entered-lines.js';
import type { OpenPseudoTerminal, PseudoTerminal } from './pseudo-terminal.js';
import type { RealJournal } from './real-journal.js';

/** A shell that ends so soon, and was never typed in, is not followed by another by itself. */
const AT_ONCE_MILLISECONDS = 1000;
const ENTERS = /[\r\n]/;

export interface OwnShellsParts {
  readonly shell: OwnShell;
  readonly journal: RealJournal;
  /** Undefined where there are no pseudo-terminals: then a shell has the whole window. */
  readonly openPseudoTerminal: OpenPseudoTerminal | undefined;
  /** Somebody wants a shell in the whole window. */
  readonly wantsWindow: () => void;
  /** A line was entered at a prompt, as the terminal shows it. */
  readonly entered: (line: string) => void;
}

interface Running {
  readonly pty: PseudoTerminal;
  readonly lines: EnteredLines;
  readonly since: number;
  typedIn: boolean;
}

/**
 * The person's own shells, behind the terminals of an attempt. What the screens see of these is what they see of simulated
 * ones; behind them are pseudo-terminals, or nothing but a line that says how to get to a shell.
 */
export class OwnShells {
  readonly terminals: AttemptTerminals;
  private readonly parts: OwnShellsParts;
  private readonly running = new Map<number, Running>();
  /** Shells that ended at once: another one comes with the next key. */
  private readonly endedAtOnce = new Map<number, number>();
  private readonly ending = new Set<Promise<void>>();
  private held = false;
  private over = false;

  constructor(parts: OwnShellsParts) {
    this.parts = parts;
    this.terminals = new AttemptTerminals({
      send: (input, tab) => this.take(input, tab),
      running: async (terminal) => this.running.get(terminal)?.pty.running(),
    });
  }

  /** Reads nothing of what shells show, so that they wait. */
  hold(): void {
    this.held = true;
    for (const { pty } of this.running.values()) pty.hold();
  }

  release(): void {
    this.held = false;
    for (const { pty } of this.running.values()) pty.release();
  }

  /** Hangs every shell up; resolves when nothing of them is left. */
  async end(): Promise<void> {
    this.over = true;
    for (const terminal of [...this.running.keys()]) this.hangUp(terminal);
    await Promise.all(this.ending);
  }

  private take(input: MachineInput, tab: number | undefined): void {
    if (this.over) return;
    switch (input.kind) {
      case 'open-terminal':
        this.parts.journal.input(input, tab);
        return this.open(input);
      case 'type':
        return this.type(input.terminal, input.bytes);
      case 'resize':
        this.parts.journal.input(input);
        this.running.get(input.terminal)?.lines.resize(input.columns, input.rows);
        return this.running.get(input.terminal)?.pty.resize(input.columns, input.rows);
      case 'close-terminal':
        this.parts.journal.input(input);
        return this.hangUp(input.terminal);
      default:
    }
  }

  private open({ terminal, columns, rows }: Extract<MachineInput, { kind: 'open-terminal' }>): void {
    const { openPseudoTerminal, shell } = this.parts;
    if (!openPseudoTerminal) return this.say(terminal, 'no-pseudo-terminal');
    const lines = new EnteredLines(columns, rows, (line) => this.parts.entered(line));
    try {
      const pty = openPseudoTerminal(
        shell,
        { columns, rows },
        { shows: (bytes) => this.show(terminal, bytes), ends: (status) => this.ended(terminal, status) },
      );
      if (this.held) pty.hold();
      this.running.set(terminal, { pty, lines, since: performance.now(), typedIn: false });
    } catch (error) {
      lines.dispose();
      this.endedAtOnce.set(terminal, 127);
      const reason = error instanceof Error ? error.message : String(error);
      this.say(terminal, 'no-shell', { shell: shell.command, reason });
    }
  }

  private type(terminal: number, bytes: Uint8Array): void {
    const one = this.running.get(terminal);
    const status = this.endedAtOnce.get(terminal);
    if (one) {
      one.typedIn = true;
      this.parts.journal.typed(terminal);
      one.lines.typed(bytes);
      one.pty.type(bytes);
    } else if (status !== undefined) {
      this.endedAtOnce.delete(terminal);
      this.terminals.hear({ kind: 'terminal-closed', terminal, status });
    } else if (!this.parts.openPseudoTerminal && ENTERS.test(Buffer.from(bytes).toString('latin1')))
      this.parts.wantsWindow();
  }

  private show(terminal: number, bytes: Uint8Array): void {
    this.parts.journal.shown(terminal, bytes);
    this.running.get(terminal)?.lines.shown(bytes);
    this.terminals.hear({ kind: 'output', terminal, bytes });
  }

  private ended(terminal: number, status: number): void {
    const one = this.running.get(terminal);
    if (!one) return;
    this.running.delete(terminal);
    one.lines.dispose();
    // What its jobs left behind goes with it.
    this.until(one.pty.hangUp());
    if (one.typedIn || performance.now() - one.since > AT_ONCE_MILLISECONDS)
      return this.terminals.hear({ kind: 'terminal-closed', terminal, status });
    this.endedAtOnce.set(terminal, status);
    this.say(terminal, 'shell-ended-at-once', { status: String(status) });
  }

  private hangUp(terminal: number): void {
    const one = this.running.get(terminal);
    this.endedAtOnce.delete(terminal);
    if (!one) return;
    this.running.delete(terminal);
    one.lines.dispose();
    this.until(one.pty.hangUp());
  }

  private until(ending: Promise<void>): void {
    // What cannot be ended keeps nobody from putting the cluster back.
    const mine = ending.catch(() => {}).finally(() => this.ending.delete(mine));
    this.ending.add(mine);
  }

  /** Says something that no program says; it is no part of what is played again. */
  private say(terminal: number, notice: Parameters<typeof noticeText>[0], values = {}): void {
    this.terminals.all.find(({ present }) => present?.terminal === terminal)?.say(noticeText(notice, values));
  }
}
