import type { Waiting } from '../../../kernel/wait.js';
import type { Key } from '../../editor/decode-key.js';
import { Beep } from '../state/failures.js';

/** Keys that are taken before those of the terminal: a macro, a repeated command, `:normal`. */
interface Ahead {
  readonly keys: readonly Key[];
  at: number;
  /** Nothing of what follows belongs to it: at its end Escape is read (`:normal`). */
  readonly closed: boolean;
}

const AHEAD_MAX = 1000;

/** Where commands read their keys: what was put ahead, then the terminal; and who listens to what is read. */
export class Keyboard {
  private readonly ahead: Ahead[] = [];
  /** The keys of the command that is read, for `.`; undefined while nothing is noted. */
  noted: Key[] | undefined;
  /** The keys of the macro that is recorded. */
  recorded: Key[] | undefined;
  /** Reads one key from the terminal. */
  fromTerminal: () => Waiting<Key> = function* () {
    return '\x1b';
  };
  /** What was typed at the terminal that is plain text, taken at once. */
  takePlain: () => string = () => '';
  /** Forgets what was typed ahead at the terminal. */
  flushTerminal: () => void = () => {};
  typedAhead: () => boolean = () => false;

  /** The next key. */
  *next(): Waiting<Key> {
    const key = yield* this.read();
    this.noted?.push(key);
    return key;
  }

  /** A key that is not part of what `.` repeats. */
  *nextUnnoted(): Waiting<Key> {
    return yield* this.read();
  }

  private *read(): Waiting<Key> {
    for (;;) {
      const top = this.ahead.at(-1);
      if (!top) break;
      if (top.at < top.keys.length) {
        top.at += 1;
        return top.keys[top.at - 1] as Key;
      }
      if (top.closed) return '\x1b';
      this.ahead.pop();
    }
    const key = yield* this.fromTerminal();
    this.recorded?.push(key);
    return key;
  }

  /** Plain text that was typed ahead, all at once: so that long pastes are quick. */
  plainRun(): string {
    if (this.ahead.length > 0) return '';
    const run = this.takePlain();
    if (run === '') return run;
    for (const key of run) {
      this.noted?.push(key);
      this.recorded?.push(key);
    }
    return run;
  }

  /** Keys that are read before all others. */
  push(keys: readonly Key[], closed = false): void {
    if (this.ahead.length > AHEAD_MAX) throw new Beep();
    this.ahead.push({ keys, at: 0, closed });
  }

  /** Whether the keys that were put ahead last have all been read. */
  get exhausted(): boolean {
    const top = this.ahead.at(-1);
    return top === undefined || top.at >= top.keys.length;
  }

  /** Whether a closed batch is being read: all of it is one change. */
  get inBatch(): boolean {
    return this.ahead.some(({ closed }) => closed);
  }

  /** Ends a closed batch. */
  pop(): void {
    this.ahead.pop();
  }

  /** A command failed: macros end. Closed batches are left to whoever opened them, with nothing in them. */
  flush(): void {
    while (this.ahead.length > 0) {
      const top = this.ahead.at(-1) as Ahead;
      if (top.closed) {
        top.at = top.keys.length;
        return;
      }
      this.ahead.pop();
    }
  }

  /** Whether keys wait to be read, so that the screen need not be drawn yet. */
  get waiting(): boolean {
    return this.ahead.some(({ keys, at }) => at < keys.length) || this.typedAhead();
  }
}

/** A text as keys: named keys in it, as macros hold them, stay whole. */
export function keysOf(text: string): Key[] {
  return (
    text.match(
      /<(?:up|down|left|right|home|end|del|insert|pageup|pagedown|s-left|s-right|c-left|c-right|c-home|c-end|f1)>|[\s\S]/gu,
    ) ?? []
  );
}
