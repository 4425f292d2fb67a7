import type { MachineInput, OutsideEvent } from '../../clusters/sim/sim-cluster.js';
import type { JournalEntry } from '../journal/entry.js';
import { AttemptTerminal } from './attempt-terminal.js';

/** As many terminals as digits can name. */
export const TERMINALS_MAX = 9;

export interface AttemptTerminalsParts {
  /** `tab`: the input opens a terminal beside others, and this is the number it goes by. */
  send(input: MachineInput, tab?: number): void;
  /** The program that a machine's terminal waits for, if that is not a shell at its prompt. */
  running(terminal: number): Promise<string | undefined>;
}

/** What a replay led to in a machine's terminal. */
export interface ReplayedTerminal {
  readonly output: readonly Uint8Array[];
  /** Its shell has ended. */
  readonly closed: boolean;
}

/**
 * The terminals of an attempt, in the order of their numbers. There is always one: when its shell ends the last one gets
 * a new shell, and others are gone.
 */
export class AttemptTerminals {
  private readonly parts: AttemptTerminalsParts;
  private readonly listeners = new Set<() => void>();
  private list: AttemptTerminal[] = [];
  /** The number of the latest terminal in the machine. */
  private lastNumber = 0;
  private typedIn: AttemptTerminal | undefined;

  constructor(parts: AttemptTerminalsParts) {
    this.parts = parts;
  }

  get all(): readonly AttemptTerminal[] {
    return this.list;
  }

  /** Undefined before there is any. */
  get first(): AttemptTerminal | undefined {
    return this.list[0];
  }

  /** The one that somebody typed in last, or else the first. Throws before there is any. */
  get latest(): AttemptTerminal {
    const { typedIn, first } = this;
    if (!first) throw new Error('no terminal has been opened');
    return typedIn && this.list.includes(typedIn) ? typedIn : first;
  }

  /** Opens the first one. */
  begin(host: string, user: string, columns: number, rows: number): void {
    this.add(1).open(host, user, columns, rows);
  }

  /** Opens another one where the first was opened; undefined when there are as many as there can be. */
  open(columns: number, rows: number): AttemptTerminal | undefined {
    const { first } = this;
    const number = this.freeNumber();
    if (!first?.present || number === undefined) return undefined;
    const { host, user } = first.present;
    const opened = this.add(number);
    opened.open(host, user, columns, rows, number);
    this.tell();
    return opened;
  }

  /** Closes one as a window is closed: its session is hung up. False when it is the last, which stays. */
  close(terminal: AttemptTerminal): boolean {
    if (this.list.length < 2 || !this.list.includes(terminal)) return false;
    terminal.close();
    this.remove(terminal);
    return true;
  }

  /** Takes what a terminal of the machine does. */
  hear(event: OutsideEvent): void {
    if (!('terminal' in event)) return;
    const terminal = this.list.find(({ present }) => present?.terminal === event.terminal);
    if (event.kind === 'output') terminal?.show(event.bytes);
    if (event.kind === 'terminal-closed' && terminal) this.ended(terminal);
  }

  /** Says something that no program of the machine says, where somebody typed last. */
  say(text: string): void {
    if (this.first) this.latest.say(text);
  }

  /** Told whenever one was opened or is gone. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What a replay of a journal led to, by the machine's numbers. Shells that ended unheard end now. */
  takeUp(entries: readonly JournalEntry[], replayed: ReadonlyMap<number, ReplayedTerminal>): void {
    for (const entry of entries) if ('input' in entry) this.doAgain(entry.input, entry.tab, replayed);
    const isOver = ({ present }: AttemptTerminal): boolean =>
      present !== undefined && replayed.get(present.terminal)?.closed === true;
    for (const terminal of this.list.filter(isOver)) this.ended(terminal);
  }

  private doAgain(input: MachineInput, tab: number | undefined, replayed: ReadonlyMap<number, ReplayedTerminal>): void {
    if (input.kind === 'open-terminal') {
      this.lastNumber = Math.max(this.lastNumber, input.terminal);
      // Without a number it takes the place of the only one there is.
      const terminal = (tab === undefined ? this.list.at(-1) : undefined) ?? this.add(tab ?? 1);
      terminal.takeUp(input, replayed.get(input.terminal)?.output ?? []);
    }
    if (input.kind !== 'resize' && input.kind !== 'close-terminal' && input.kind !== 'type') return;
    const terminal = this.list.find(({ present }) => present?.terminal === input.terminal);
    if (!terminal) return;
    if (input.kind === 'resize') terminal.takeUpSize(input.columns, input.rows);
    else if (input.kind === 'type') this.typedIn = terminal;
    else this.remove(terminal);
  }

  /** A shell ended: nobody is left without one. That it is gone is noted, so that a journal alone tells which are there. */
  private ended(terminal: AttemptTerminal): void {
    if (this.list.length > 1) this.close(terminal);
    else terminal.reopen();
  }

  private add(number: number): AttemptTerminal {
    const terminal = new AttemptTerminal(number, {
      send: (input, tab) => {
        if (input.kind === 'type') this.typedIn = terminal;
        this.parts.send(input, tab);
      },
      nextNumber: () => {
        this.lastNumber += 1;
        return this.lastNumber;
      },
      running: (machineNumber) => this.parts.running(machineNumber),
    });
    this.list = [...this.list, terminal].sort((a, b) => a.number - b.number);
    return terminal;
  }

  private remove(terminal: AttemptTerminal): void {
    this.list = this.list.filter((one) => one !== terminal);
    this.tell();
  }

  private freeNumber(): number | undefined {
    const taken = new Set(this.list.map(({ number }) => number));
    return Array.from({ length: TERMINALS_MAX }, (_, index) => index + 1).find((number) => !taken.has(number));
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
