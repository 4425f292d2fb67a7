import type { Mark } from '../journal/entry.js';
import type { JournalWriter, NewEntry } from '../journal/writer.js';
import type { TaskClock } from './task-clock.js';

/** Output is gathered for so long before it is written as one entry. */
const GATHER_MILLISECONDS = 30;
const GATHERED_MAX = 64 * 1024;
/** Output that is kept at once, and how much more each second gives: a program that floods the terminal fills no disk. */
const BURST_CHARACTERS = 512 * 1024;
const CHARACTERS_EACH_SECOND = 8 * 1024;
/** Of one attempt as a whole. */
const ATTEMPT_CHARACTERS_MAX = 32 * 1024 * 1024;
const LINE_CHARACTERS_MAX = 4096;
const SECOND = 1_000_000;

/**
 * The journal of an attempt on a real cluster: text to be read and played again, never to be run. What is typed is not
 * written, only what the terminals show: a password that is asked for without echo is nowhere in it.
 */
export class RealJournal {
  private readonly writer: JournalWriter;
  private readonly clock: TaskClock;
  private readonly failed: (error: unknown) => void;
  private readonly decoders = new Map<number, InstanceType<typeof TextDecoder>>();
  private gathered: { readonly terminal: number; text: string } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private typedIn: number | undefined;
  private allowance = BURST_CHARACTERS;
  private allowedAt = 0;
  private kept: number;
  private leftOut = 0;
  private broken = false;
  private closed = false;

  /** `failed` is told once, when nothing can be written any more; `kept`: characters that stand in it already. */
  constructor(writer: JournalWriter, clock: TaskClock, failed: (error: unknown) => void, kept = 0) {
    this.writer = writer;
    this.clock = clock;
    this.failed = failed;
    this.kept = kept;
  }

  /** A terminal is opened, resized or closed. */
  input(input: Extract<NewEntry, { input: unknown }>['input'], tab?: number): void {
    this.flush();
    this.append({ t: this.clock.now, input, ...(tab === undefined ? {} : { tab }) });
  }

  /** Somebody types in a terminal. */
  typed(terminal: number): void {
    if (this.typedIn === terminal) return;
    this.typedIn = terminal;
    this.flush();
    this.append({ t: this.clock.now, typed: terminal });
  }

  /** A terminal shows something. */
  shown(terminal: number, bytes: Uint8Array): void {
    const decoder = this.decoders.get(terminal) ?? new TextDecoder();
    this.decoders.set(terminal, decoder);
    const text = decoder.decode(bytes, { stream: true });
    if (text === '' || this.closed) return;
    if (this.gathered?.terminal !== terminal) this.flush();
    this.gathered ??= { terminal, text: '' };
    this.gathered.text += text;
    if (this.gathered.text.length > GATHERED_MAX) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), GATHER_MILLISECONDS);
  }

  /** A line was entered. */
  line(line: string): void {
    this.flush();
    this.append({ t: this.clock.now, line: line.slice(0, LINE_CHARACTERS_MAX) });
  }

  mark(mark: Mark): void {
    this.flush();
    this.append({ t: this.clock.now, mark });
  }

  /** How far the clock is: what a killed program loses of it at most. */
  noteClock(): void {
    this.flush();
    this.append({ t: this.clock.now, clock: true });
  }

  close(): void {
    if (this.closed) return;
    this.flush();
    this.tellLeftOut();
    this.closed = true;
    clearTimeout(this.timer);
    this.writer.close();
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { gathered } = this;
    this.gathered = undefined;
    if (!gathered) return;
    if (!this.allows(gathered.text.length)) {
      this.leftOut += gathered.text.length;
      return;
    }
    this.tellLeftOut();
    this.append({ t: this.clock.now, shown: gathered.terminal, text: gathered.text });
  }

  private allows(length: number): boolean {
    const { now } = this.clock;
    const given = ((now - this.allowedAt) / SECOND) * CHARACTERS_EACH_SECOND;
    this.allowance = Math.min(BURST_CHARACTERS, this.allowance + given);
    this.allowedAt = now;
    if (length > this.allowance || this.kept + length > ATTEMPT_CHARACTERS_MAX) return false;
    this.allowance -= length;
    this.kept += length;
    return true;
  }

  private tellLeftOut(): void {
    const { leftOut } = this;
    this.leftOut = 0;
    if (leftOut > 0) this.append({ t: this.clock.now, leftOut });
  }

  private append(entry: NewEntry): void {
    if (this.closed || this.broken) return;
    try {
      this.writer.append(entry);
    } catch (error) {
      this.broken = true;
      this.failed(error);
    }
  }
}
