import type { Waiting } from './wait.js';
import { WaitQueue } from './wait.js';

/** One direction of a conversation in messages: sending never waits, receiving does. */
export class Channel<T> {
  readonly readable = new WaitQueue();
  private readonly items: T[] = [];
  private head = 0;
  private ended = false;
  private failure: Error | undefined;
  private atEnd: (() => void) | undefined;

  get closed(): boolean {
    return this.ended;
  }

  get length(): number {
    return this.items.length - this.head;
  }

  /** Adds a message; after the end it is dropped. */
  send(item: T): void {
    if (this.ended) return;
    this.items.push(item);
    this.readable.wakeAll();
  }

  /** Ends the conversation; what was sent before is still received, then the error, if any, is thrown once and for all. */
  close(failure?: Error): void {
    if (this.ended) return;
    this.ended = true;
    this.failure = failure;
    this.readable.wakeAll();
    this.atEnd?.();
  }

  /** Has something done when the conversation is ended, by whomever. One who wants to know is enough. */
  whenClosed(act: () => void): void {
    this.atEnd = act;
  }

  /** The next message, `'end'` after the last, or undefined when there is none yet. Throws the error it was closed with. */
  tryReceive(): T | 'end' | undefined {
    if (this.head < this.items.length) {
      const item = this.items[this.head] as T;
      this.head += 1;
      if (this.head > 64 && this.head * 2 > this.items.length) {
        this.items.splice(0, this.head);
        this.head = 0;
      }
      return item;
    }
    if (!this.ended) return undefined;
    if (this.failure) throw this.failure;
    return 'end';
  }

  /** Waits for the next message; `'end'` after the last. */
  *receive(): Waiting<T | 'end'> {
    for (;;) {
      const item = this.tryReceive();
      if (item !== undefined) return item;
      yield this.readable;
    }
  }
}
