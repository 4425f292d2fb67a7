import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { PREEMPT, type Waiting } from '../../kernel/wait.js';

const CHUNK_BYTES = 65_536;
const NEWLINE = 0x0a;

/** The lines of one file or pipe, as far as they were read. What is not there yet is read when it is asked for. */
export class Document {
  /** Lines without their newline. */
  readonly lines: string[] = [];
  /** Where each line begins, in bytes. */
  readonly starts: number[] = [];
  /** Bytes read so far. */
  bytes = 0;
  /** The end of the file was seen. */
  complete = false;
  private pending: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly sys: Sys,
    readonly descriptor: number,
    /** A file, whose end can move; a pipe's end is its end. */
    readonly isFile: boolean,
  ) {}

  /** The whole length in bytes, undefined while it is not known. */
  get length(): number | undefined {
    return this.complete ? this.bytes : undefined;
  }

  /**
   * Reads until there is a line of this number, the end is reached (false) or a signal comes (`interrupted`, with what
   * was read kept).
   */
  *reach(line: number): Waiting<boolean | 'interrupted'> {
    while (line >= this.lines.length) {
      if (this.complete) return false;
      try {
        yield* this.readMore();
      } catch (error) {
        if (isErrno(error, 'EINTR')) return 'interrupted';
        throw error;
      }
      if (this.sys.charge(20)) yield PREEMPT;
    }
    return true;
  }

  /** Looks whether something was added behind the end (for F). True when lines came. */
  *grow(): Waiting<boolean> {
    if (!this.isFile && this.complete) return false;
    const before = this.bytes;
    if (this.complete) this.reopenEnd();
    yield* this.reach(Number.POSITIVE_INFINITY);
    return this.bytes > before;
  }

  close(): void {
    this.sys.close(this.descriptor);
  }

  private *readMore(): Waiting<void> {
    const bytes = yield* this.sys.read(this.descriptor, CHUNK_BYTES);
    if (bytes.length === 0) {
      if (this.pending.length > 0) this.addLine(this.pending, false);
      this.complete = true;
      return;
    }
    const all = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    let from = 0;
    for (let at = all.indexOf(NEWLINE); at >= 0; at = all.indexOf(NEWLINE, from)) {
      this.pending = new Uint8Array(0);
      this.addLine(all.subarray(from, at), true);
      from = at + 1;
    }
    this.pending = all.slice(from);
  }

  private addLine(bytes: Uint8Array, ended: boolean): void {
    this.starts.push(this.bytes);
    this.lines.push(decodeText(bytes));
    this.bytes += bytes.length + (ended ? 1 : 0);
    if (!ended) this.unended = true;
  }

  private unended = false;

  /** Takes the end back; a last line without newline may go on. */
  private reopenEnd(): void {
    this.complete = false;
    if (!this.unended) {
      this.pending = new Uint8Array(0);
      return;
    }
    this.unended = false;
    this.bytes = this.starts.pop() ?? 0;
    this.lines.pop();
  }
}
