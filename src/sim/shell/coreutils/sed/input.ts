import type { Waiting } from '../../../kernel/wait.js';
import type { Context } from '../command.js';
import { reason } from '../command.js';
import { LineReader } from '../io.js';

/** The lines of all input files, one after the other, with a look ahead for `$`. */
export class SedInput {
  number = 0;
  name = '-';
  /** Whether the line just read had its newline. */
  terminated = true;
  private reader: LineReader | undefined;
  private index = 0;

  constructor(
    private readonly context: Context,
    private readonly names: readonly string[],
    private readonly delimiter: number,
    /** Each file is a text of its own: `$` and the places where -i changes files. */
    private readonly hooks: { separate: boolean; opened(name: string): boolean; closed(): Waiting<void> },
  ) {}

  /** The next line; undefined after the last. */
  *next(): Waiting<string | undefined> {
    for (;;) {
      if (!this.reader && !this.open()) return undefined;
      const line = yield* this.read();
      if (line !== undefined) {
        this.number += 1;
        this.terminated = (this.reader as LineReader).terminated;
        return line;
      }
      yield* this.close();
    }
  }

  /** Whether the line just read is the last one. */
  *isLast(): Waiting<boolean> {
    if (this.reader && (yield* this.reader.more())) return false;
    if (this.hooks.separate) return true;
    // A following file that is empty or cannot be read does not count.
    while (this.index < this.names.length) {
      if (!this.open()) continue;
      if (yield* (this.reader as LineReader).more()) return false;
    }
    return true;
  }

  /** What is left of the file that is open now, line by line. */
  *restOfFile(): Waiting<string | undefined> {
    if (!this.reader) return undefined;
    const line = yield* this.reader.next();
    this.terminated = this.reader.terminated;
    return line;
  }

  private *read(): Waiting<string | undefined> {
    try {
      return yield* (this.reader as LineReader).next();
    } catch (thrown) {
      this.context.fail(`read error on ${this.name}: ${reason(thrown)}`, 2);
      return undefined;
    }
  }

  private *close(): Waiting<void> {
    if (this.reader && this.reader.descriptor !== 0) this.context.sys.close(this.reader.descriptor);
    this.reader = undefined;
    yield* this.hooks.closed();
  }

  private open(): boolean {
    const { sys } = this.context;
    while (this.index < this.names.length) {
      const name = this.names[this.index] as string;
      this.index += 1;
      try {
        const descriptor = name === '-' && !this.hooks.separate ? 0 : sys.open(name, { read: true });
        if (!this.hooks.opened(name)) {
          sys.close(descriptor);
          continue;
        }
        if (this.hooks.separate) this.number = 0;
        this.name = name;
        this.reader = new LineReader(sys, descriptor, this.delimiter);
        return true;
      } catch (thrown) {
        this.context.fail(`can't read ${name}: ${reason(thrown)}`, 2);
      }
    }
    return false;
  }
}
