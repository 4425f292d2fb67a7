import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Key } from './decode-key.js';
import { decodeKey, pastedText } from './decode-key.js';

const PLAIN_RUN = /[^\x00-\x1f\x7f:#}\]<-]{2,}/y;
const ESCAPE_WAIT = 100 * MILLISECOND;

/** Something beside keys that wakes whoever waits for them. */
export type Event = 'resized' | 'resumed' | 'ended';

/** Keys from a terminal in raw mode. */
export class TerminalKeys {
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private text = '';
  private at = 0;
  private over = false;
  private readonly sys: Sys;
  private readonly input: number;

  constructor(sys: Sys, input: number) {
    this.sys = sys;
    this.input = input;
  }

  /** Whether more was typed already, so that the screen need not be drawn yet. */
  get hasMore(): boolean {
    return this.at < this.text.length;
  }

  /** Plain text that is there; empty when a key that means something comes next. Signs that indent lines are taken one by one. */
  takePlain(): string {
    PLAIN_RUN.lastIndex = this.at;
    const run = PLAIN_RUN.exec(this.text)?.[0] ?? '';
    this.at += run.length;
    return run;
  }

  /** Throws away what was typed ahead. */
  flush(): void {
    this.text = '';
    this.at = 0;
  }

  /** The next key, or what else happened. */
  *next(): Waiting<Key | { readonly event: Event }> {
    for (;;) {
      if (this.at < this.text.length) {
        const found = decodeKey(this.text, this.at);
        if (found !== 'more') return yield* this.take(found.key, found.next);
        if (!(yield* this.moreWithin(ESCAPE_WAIT))) {
          this.at += 1;
          return '\x1b';
        }
        continue;
      }
      const event = yield* this.fill();
      if (event) return { event };
    }
  }

  private *take(key: Key, next: number): Waiting<Key> {
    this.at = next;
    if (key !== '<paste>') return key;
    const pieces: string[] = [];
    for (;;) {
      const { piece, next, ends } = pastedText(this.text, this.at);
      pieces.push(piece);
      this.at = next;
      if (ends) break;
      if ((yield* this.fill()) && this.over) {
        pieces.push(this.text.slice(this.at));
        this.flush();
        break;
      }
    }
    return `<paste:${pieces.join('')}`;
  }

  /** Whether something more is typed within a span. */
  *moreWithin(span: Micros): Waiting<boolean> {
    try {
      const ready = yield* this.sys.poll([this.input], span);
      return ready.length > 0 && !(yield* this.fill());
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
      return true;
    }
  }

  private *fill(): Waiting<Event | undefined> {
    const signal = this.sys.takeSignal();
    if (signal === 'WINCH') return 'resized';
    if (signal === 'CONT') return 'resumed';
    if (this.over || signal !== undefined) return 'ended';
    try {
      const bytes = yield* this.sys.read(this.input, 1 << 20);
      if (bytes.length === 0) {
        this.over = true;
        return 'ended';
      }
      this.text = this.text.slice(this.at) + this.decoder.decode(bytes, { stream: true });
      this.at = 0;
    } catch (error) {
      if (isErrno(error, 'EIO')) this.over = true;
      else if (!isErrno(error, 'EINTR')) throw error;
    }
    return undefined;
  }
}
