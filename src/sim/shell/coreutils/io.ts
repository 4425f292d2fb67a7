import type { Bytes } from '../../kernel/bytes.js';
import { concatBytes, NO_BYTES } from '../../kernel/bytes.js';
import { COST } from '../../kernel/cost.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { PREEMPT } from '../../kernel/wait.js';
import { bytesToText, textToBytes } from '../format/byte-text.js';

/** How much one read asks for. */
export const CHUNK_BYTES = 65_536;

/** Standard output (or error) cannot be written; `message` says why. */
export class WriteError extends Error {
  constructor(
    message: string,
    readonly descriptor: number,
  ) {
    super(message);
  }
}

/** Bytes a program may hold of its input, and lines; beyond it ends as one does whose memory is exhausted. */
const HELD_BYTES_MAX = 64 * 1024 * 1024;
export const HELD_LINES_MAX = 2_000_000;

/** A program wants to hold more than there is room for. */
export class MemoryExhausted extends Error {}

/** Says how much of its input a program holds. Throws `MemoryExhausted` where nobody ends it for that. */
export function hold(sys: Sys, bytes: number): void {
  if (bytes <= CHUNK_BYTES) return;
  // What wants more than we can really keep would go on growing: it takes all that there is.
  sys.holdMemory(bytes > HELD_BYTES_MAX && sys.memoryMax() !== undefined ? Number.MAX_SAFE_INTEGER : bytes);
  if (bytes > HELD_BYTES_MAX) throw new MemoryExhausted();
}

/** Charges work on so many bytes, and gives up the turn when it is over. */
export function* work(sys: Sys, bytes: number): Waiting<void> {
  if (sys.charge(COST.io + Math.ceil((bytes * COST.ioPerKibibyte) / 1024))) yield PREEMPT;
}

/** What a program is about to say, on both streams and in order; nothing is written before `flush`. */
export class Output {
  private queue: { descriptor: number; parts: (string | Bytes)[] }[] = [];
  /** Characters and bytes that are queued. */
  size = 0;

  constructor(private readonly sys: Sys) {}

  add(descriptor: number, data: string | Bytes): void {
    if (data.length === 0) return;
    const last = this.queue.at(-1);
    if (last?.descriptor === descriptor) last.parts.push(data);
    else this.queue.push({ descriptor, parts: [data] });
    this.size += data.length;
  }

  clear(): void {
    this.queue = [];
    this.size = 0;
  }

  /** Writes what is queued. Throws WriteError. */
  *flush(): Waiting<void> {
    while (this.queue.length > 0) {
      const queue = this.queue;
      this.clear();
      for (const { descriptor, parts } of queue) {
        try {
          yield* this.sys.write(descriptor, joinParts(parts));
        } catch (thrown) {
          if (!isErrno(thrown) || descriptor === 2) {
            if (descriptor === 2) continue;
            throw thrown;
          }
          throw new WriteError(thrown.message, descriptor);
        }
        if (this.sys.charge(COST.io)) yield PREEMPT;
      }
    }
  }
}

function joinParts(parts: readonly (string | Bytes)[]): Bytes {
  if (parts.every((part) => typeof part === 'string')) return textToBytes(parts.join(''));
  return concatBytes(parts.map((part) => (typeof part === 'string' ? textToBytes(part) : part)));
}

/** Reads a descriptor to its end. */
export function* readAll(sys: Sys, descriptor: number): Waiting<Bytes> {
  const chunks: Bytes[] = [];
  let held = 0;
  for (;;) {
    const chunk = yield* sys.read(descriptor, CHUNK_BYTES);
    if (chunk.length === 0) return chunks.length === 0 ? NO_BYTES : concatBytes(chunks);
    chunks.push(chunk);
    held += chunk.length;
    hold(sys, held);
    yield* work(sys, chunk.length);
  }
}

/** Records of a descriptor, ended by newline (or another byte), a batch per read: nothing is read before it is asked for. */
export class LineReader {
  private rest: Bytes[] = [];
  private batch: string[] = [];
  private at = 0;
  private ended = false;
  /** Whether the last record that was given had its delimiter. */
  terminated = true;

  constructor(
    private readonly sys: Sys,
    readonly descriptor: number,
    private readonly delimiter = 0x0a,
    /** One character per byte (Latin-1), for programs that count bytes. */
    private readonly raw = false,
  ) {}

  /** The next record without its delimiter; undefined at the end. */
  *next(): Waiting<string | undefined> {
    if (this.at >= this.batch.length && !(yield* this.fill())) return undefined;
    const line = this.batch[this.at] as string;
    this.at += 1;
    this.terminated = !(this.ended && this.at === this.batch.length && this.open);
    return line;
  }

  /** Whether another record is there, without waiting longer than the next read. */
  *more(): Waiting<boolean> {
    return this.at < this.batch.length || (yield* this.fill());
  }

  /** All records the next read brings; undefined at the end. `terminated` tells of the last of them. */
  *lines(): Waiting<string[] | undefined> {
    if (this.at >= this.batch.length && !(yield* this.fill())) return undefined;
    const lines = this.at === 0 ? this.batch : this.batch.slice(this.at);
    this.at = this.batch.length;
    this.terminated = !(this.ended && this.open);
    return lines;
  }

  /** The last record of the file has no delimiter. */
  private open = false;

  private *fill(): Waiting<boolean> {
    while (!this.ended) {
      const chunk = yield* this.sys.read(this.descriptor, CHUNK_BYTES);
      if (chunk.length === 0) {
        this.ended = true;
        if (this.rest.length === 0) return false;
        this.open = true;
        return this.take(this.rest.splice(0));
      }
      yield* work(this.sys, chunk.length * 4);
      const last = chunk.lastIndexOf(this.delimiter);
      if (last < 0) {
        this.rest.push(chunk);
        hold(this.sys, this.rest.length * CHUNK_BYTES);
        continue;
      }
      const whole = [...this.rest.splice(0), chunk.subarray(0, last)];
      if (last + 1 < chunk.length) this.rest.push(chunk.subarray(last + 1));
      this.take(whole);
      if (this.sys.charge(this.batch.length)) yield PREEMPT;
      return true;
    }
    return false;
  }

  private take(parts: Bytes[]): boolean {
    const bytes = concatBytes(parts);
    const text = this.raw ? rawText(bytes) : bytesToText(bytes);
    this.batch = text.split(String.fromCharCode(this.delimiter));
    this.at = 0;
    return true;
  }
}

/** Bytes as Latin-1 text, one character each. */
export function rawText(bytes: Bytes): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The bytes of text made by `rawText`. */
export function rawBytes(text: string): Bytes {
  return Buffer.from(text, 'latin1');
}
