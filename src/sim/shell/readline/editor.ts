import { splitWords } from '../history/expand.js';
import { LineBuffer } from './buffer.js';
import type { Action } from './keys.js';

/** What an edited line asks of whoever shows it. */
export type Outcome =
  | 'changed'
  | 'bell'
  | 'accept'
  | 'end'
  | 'clear'
  | 'complete'
  | 'list'
  | 'search'
  | 'search-forward'
  | 'quote'
  | 'paste'
  | 'next';

/** One line's editing: the buffer, the kill ring, and the walk through history. Knows no terminal. */
export class LineEditor {
  readonly buffer = new LineBuffer();
  private readonly history: readonly string[];
  private readonly edited = new Map<number, string>();
  private readonly ring: string[];
  private place: number;
  private lastAction: Action | 'insert' | undefined;
  private lastArgPlace = 0;
  private yanked = 0;
  private searchPrefix: string | undefined;

  constructor(history: readonly string[], ring: string[]) {
    this.history = history;
    this.ring = ring;
    this.place = history.length;
  }

  /** The history entry shown; the length of history: the new line. */
  get position(): number {
    return this.place;
  }

  insert(text: string): void {
    this.buffer.insert(text);
    this.lastAction = 'insert';
  }

  /** Does what a key asks for. */
  perform(action: Action): Outcome {
    const outcome = this.dispatch(action);
    this.lastAction = action;
    return outcome;
  }

  /** Goes to a history entry. */
  goTo(place: number): boolean {
    if (place < 0 || place > this.history.length || place === this.place) return false;
    this.edited.set(this.place, this.buffer.text);
    this.place = place;
    this.buffer.set(this.edited.get(place) ?? this.history[place] ?? '');
    return true;
  }

  private dispatch(action: Action): Outcome {
    const { buffer } = this;
    switch (action) {
      case 'beginning-of-line':
        return this.move(0);
      case 'end-of-line':
        return this.move(buffer.chars.length);
      case 'backward-char':
        return this.move(buffer.cursor - 1);
      case 'forward-char':
        return this.move(buffer.cursor + 1);
      case 'backward-word':
        return this.move(buffer.wordLeft());
      case 'forward-word':
        return this.move(buffer.wordRight());
      case 'delete-or-eof':
        if (buffer.chars.length === 0) return 'end';
        return this.erase(buffer.cursor, buffer.cursor + 1);
      case 'delete-char':
        return this.erase(buffer.cursor, buffer.cursor + 1);
      case 'backward-delete-char':
        return this.erase(buffer.cursor - 1, buffer.cursor);
      case 'kill-line':
        return this.kill(buffer.cursor, buffer.chars.length, 'after');
      case 'unix-line-discard':
        return this.kill(0, buffer.cursor, 'before');
      case 'unix-word-rubout':
        return this.kill(buffer.blankLeft(), buffer.cursor, 'before');
      case 'backward-kill-word':
        return this.kill(buffer.wordLeft(), buffer.cursor, 'before');
      case 'kill-word':
        return this.kill(buffer.cursor, buffer.wordRight(), 'after');
      case 'yank':
        return this.yank();
      case 'yank-pop':
        return this.yankPop();
      case 'yank-last-arg':
        return this.yankLastArgument();
      case 'transpose-chars':
        return this.transposeChars();
      case 'transpose-words':
        return this.transposeWords();
      case 'upcase-word':
      case 'downcase-word':
      case 'capitalize-word':
        return this.changeCase(action);
      case 'undo':
        return buffer.undo() ? 'changed' : 'bell';
      case 'revert-line':
        buffer.revert();
        return 'changed';
      default:
        return this.dispatchRest(action);
    }
  }

  private dispatchRest(action: Action): Outcome {
    switch (action) {
      case 'previous-history':
        return this.goTo(this.place - 1) ? 'changed' : 'bell';
      case 'next-history':
        return this.goTo(this.place + 1) ? 'changed' : 'bell';
      case 'beginning-of-history':
        return this.goTo(0) ? 'changed' : 'bell';
      case 'end-of-history':
        return this.goTo(this.history.length) ? 'changed' : 'bell';
      case 'history-search-backward':
        return this.searchStart(-1);
      case 'history-search-forward':
        return this.searchStart(1);
      case 'insert-comment':
        this.buffer.set(`#${this.buffer.text}`);
        return 'accept';
      case 'accept-line':
        return 'accept';
      case 'operate-and-get-next':
        return 'next';
      case 'clear-screen':
        return 'clear';
      case 'complete':
        return 'complete';
      case 'possible-completions':
        return 'list';
      case 'reverse-search-history':
        return 'search';
      case 'forward-search-history':
        return 'search-forward';
      case 'quoted-insert':
        return 'quote';
      case 'paste':
        return 'paste';
      default:
        return 'bell';
    }
  }

  private move(to: number): Outcome {
    const { buffer } = this;
    if (to < 0 || to > buffer.chars.length) return 'bell';
    buffer.move(to);
    return 'changed';
  }

  private erase(from: number, to: number): Outcome {
    if (from < 0 || to > this.buffer.chars.length) return 'bell';
    this.buffer.cut(from, to);
    return 'changed';
  }

  private get wasKill(): boolean {
    return /kill|rubout|discard/.test(this.lastAction ?? '');
  }

  /** Kills in a row make one entry of the ring. */
  private kill(from: number, to: number, side: 'before' | 'after'): Outcome {
    const text = this.buffer.cut(from, to);
    if (text === '') return 'changed';
    const top = this.wasKill ? this.ring.pop() : undefined;
    this.ring.push(top === undefined ? text : side === 'after' ? top + text : text + top);
    if (this.ring.length > 10) this.ring.shift();
    return 'changed';
  }

  private yank(): Outcome {
    const text = this.ring.at(-1);
    if (text === undefined) return 'bell';
    this.buffer.insert(text);
    this.yanked = [...text].length;
    return 'changed';
  }

  private yankPop(): Outcome {
    if (this.lastAction !== 'yank' && this.lastAction !== 'yank-pop') return 'bell';
    this.ring.unshift(this.ring.pop() as string);
    const { cursor } = this.buffer;
    this.buffer.cut(cursor - this.yanked, cursor);
    return this.yank();
  }

  /** The last word of the line before; again: of the one before that. */
  private yankLastArgument(): Outcome {
    const again = this.lastAction === 'yank-last-arg';
    this.lastArgPlace = again ? this.lastArgPlace - 1 : this.history.length - 1;
    const entry = this.history[this.lastArgPlace];
    if (entry === undefined) return 'bell';
    const word = splitWords(entry).at(-1) ?? '';
    const { cursor } = this.buffer;
    if (again) this.buffer.cut(cursor - this.yanked, cursor);
    this.buffer.insert(word);
    this.yanked = [...word].length;
    return 'changed';
  }

  private transposeChars(): Outcome {
    const { buffer } = this;
    const at = buffer.cursor === buffer.chars.length ? buffer.cursor - 1 : buffer.cursor;
    if (at < 1) return 'bell';
    buffer.replace(at - 1, at + 1, `${buffer.chars[at]}${buffer.chars[at - 1]}`);
    return 'changed';
  }

  private transposeWords(): Outcome {
    const { buffer } = this;
    const end = buffer.wordRight();
    buffer.move(end);
    const second = buffer.wordLeft();
    buffer.move(second);
    const first = buffer.wordLeft();
    buffer.move(first);
    const firstEnd = buffer.wordRight();
    if (first === second || firstEnd > second) {
      buffer.move(end);
      return 'bell';
    }
    const text = (from: number, to: number) => buffer.chars.slice(from, to).join('');
    buffer.replace(first, end, text(second, end) + text(firstEnd, second) + text(first, firstEnd));
    return 'changed';
  }

  private changeCase(action: 'upcase-word' | 'downcase-word' | 'capitalize-word'): Outcome {
    const { buffer } = this;
    const from = buffer.cursor;
    const to = buffer.wordRight();
    const text = buffer.chars.slice(from, to).join('');
    const changed =
      action === 'upcase-word'
        ? text.toUpperCase()
        : action === 'downcase-word'
          ? text.toLowerCase()
          : text.toLowerCase().replace(/\p{L}/u, (letter) => letter.toUpperCase());
    buffer.replace(from, to, changed);
    return 'changed';
  }

  /** The next entry that begins with what stands before the cursor. */
  private searchStart(direction: -1 | 1): Outcome {
    const again = this.lastAction === 'history-search-backward' || this.lastAction === 'history-search-forward';
    if (!again) this.searchPrefix = this.buffer.before;
    const prefix = this.searchPrefix ?? '';
    for (let place = this.place + direction; place >= 0 && place < this.history.length; place += direction) {
      if (!this.history[place]?.startsWith(prefix)) continue;
      this.goTo(place);
      return 'changed';
    }
    return 'bell';
  }
}
