import { SECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Key } from '../../editor/decode-key.js';
import { Beep, EditorError } from '../state/failures.js';
import { type MapMode, type Mapping, Mappings } from './mappings.js';

/** Keys that are taken before those of the terminal: a macro, a repeated command, `:normal`. */
interface Ahead {
  readonly keys: readonly Key[];
  at: number;
  /** Nothing of what follows belongs to it: at its end Escape is read (`:normal`). */
  readonly closed: boolean;
  /** Its keys may be mapped. */
  readonly remaps: boolean;
  /** `:` lines in it are not shown. */
  readonly silent: boolean;
}

/** How long one waits for a key that would make another mapping of those before: 'timeoutlen'. */
const MAPPING_WAIT = SECOND;
const MAPPED_MAX = 1000;

const AHEAD_MAX = 1000;

/** Where commands read their keys: what was put ahead, then the terminal; and who listens to what is read. */
export class Keyboard {
  private readonly ahead: Ahead[] = [];
  readonly mappings = new Mappings();
  /** The key that was read last may be mapped. */
  private remaps = true;
  /** The key that was read last comes from a mapping that is not shown. */
  silent = false;
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
  /** Whether another key comes from the terminal within a span. */
  moreWithin: (span: number) => Waiting<boolean> = function* () {
    return false;
  };

  /** The next key. */
  *next(): Waiting<Key> {
    const key = yield* this.read();
    this.noted?.push(key);
    return key;
  }

  /** The next key where a command may begin: keys that are mapped in this mode stand for others. */
  *nextMapped(mode: MapMode): Waiting<Key> {
    const key = this.mappings.has(mode) ? yield* this.readMapped(mode) : yield* this.read();
    this.noted?.push(key);
    return key;
  }

  private *readMapped(mode: MapMode): Waiting<Key> {
    for (let times = 0; times < MAPPED_MAX; times += 1) {
      const first = yield* this.read();
      if (!this.remaps) return first;
      const typed = [first];
      let match = this.mappings.match(mode, typed);
      let best = match.exact;
      while (match.longer && (yield* this.anotherKey())) {
        typed.push(yield* this.read());
        match = this.mappings.match(mode, typed);
        best = match.exact ?? best;
      }
      const taken = best?.from.length ?? 1;
      if (typed.length > taken) this.push(typed.slice(taken));
      if (!best) return first;
      this.pushMapped(best);
    }
    throw new EditorError('E223: Recursive mapping');
  }

  /** What a mapping stands for; where that begins with the mapping's own keys, those are not mapped again. */
  private pushMapped({ from, to, remaps, silent }: Mapping): void {
    const itself = remaps && from.every((key, at) => to[at] === key) ? from.length : 0;
    this.push(to.slice(itself), false, remaps, silent);
    if (itself > 0) this.push(to.slice(0, itself), false, false, silent);
  }

  private *anotherKey(): Waiting<boolean> {
    if (this.ahead.some(({ keys, at }) => at < keys.length)) return true;
    if (this.ahead.some(({ closed }) => closed)) return false;
    return this.typedAhead() || (yield* this.moreWithin(MAPPING_WAIT));
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
        this.remaps = top.remaps;
        this.silent = top.silent;
        return top.keys[top.at - 1] as Key;
      }
      if (top.closed) return '\x1b';
      this.ahead.pop();
    }
    this.remaps = true;
    this.silent = false;
    const key = yield* this.fromTerminal();
    this.recorded?.push(key);
    return key;
  }

  /** Plain text that was typed ahead, all at once: so that long pastes are quick. */
  plainRun(): string {
    if (this.ahead.length > 0 || this.mappings.has('i')) return '';
    const run = this.takePlain();
    if (run === '') return run;
    for (const key of run) {
      this.noted?.push(key);
      this.recorded?.push(key);
    }
    return run;
  }

  /** Keys that are read before all others. */
  push(keys: readonly Key[], closed = false, remaps = true, silent = false): void {
    if (this.ahead.length > AHEAD_MAX) throw new Beep();
    this.ahead.push({ keys, at: 0, closed, remaps, silent });
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
      /<(?:up|down|left|right|home|end|del|insert|pageup|pagedown|s-left|s-right|c-left|c-right|c-home|c-end|f1?\d)>|[\s\S]/gu,
    ) ?? []
  );
}
