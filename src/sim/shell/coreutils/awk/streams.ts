import { isErrno } from '../../../kernel/errno.js';
import { waitForChild } from '../../../kernel/libc/child.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Context } from '../command.js';
import { CHUNK_BYTES, rawBytes, rawText, work } from '../io.js';
import { compileAwk } from './patterns.js';

/** Reads records from a descriptor as RS says at that moment. */
export class RecordReader {
  private rest = '';
  private ended = false;

  constructor(
    private readonly context: Context,
    readonly descriptor: number,
  ) {}

  /** The next record; undefined at the end. */
  *next(separator: string): Waiting<string | undefined> {
    for (;;) {
      const found = this.cut(separator);
      if (found !== undefined) return found;
      if (this.ended) return this.last(separator);
      const chunk = yield* this.context.sys.read(this.descriptor, CHUNK_BYTES);
      if (chunk.length === 0) this.ended = true;
      this.rest += rawText(chunk);
      yield* work(this.context.sys, chunk.length * 2);
    }
  }

  private cut(separator: string): string | undefined {
    if (separator === '') return this.paragraph();
    if (separator.length === 1) return this.take(this.rest.indexOf(separator), 1);
    const match = compileAwk(separator).exec(this.rest);
    // A match at the very end might go on in what comes next.
    if (!match || match[0] === '' || (!this.ended && match.index + match[0].length === this.rest.length))
      return undefined;
    return this.take(match.index, match[0].length);
  }

  private paragraph(): string | undefined {
    this.rest = this.rest.replace(/^\n+/, '');
    const match = /\n\n+/.exec(this.rest);
    if (!match || (!this.ended && match.index + match[0].length === this.rest.length)) return undefined;
    return this.take(match.index, match[0].length);
  }

  private take(at: number, length: number): string | undefined {
    if (at < 0) return undefined;
    const record = this.rest.slice(0, at);
    this.rest = this.rest.slice(at + length);
    return record;
  }

  private last(separator: string): string | undefined {
    const record =
      separator === ''
        ? this.rest.replace(/\n+$/, '')
        : separator.length > 1
          ? this.rest.replace(/\n$/, '')
          : this.rest;
    this.rest = '';
    return record === '' ? undefined : record;
  }
}

interface OutputStream {
  readonly descriptor: number;
  readonly pid: number | undefined;
  text: string;
}

/** Files and commands that a program reads and writes, by name, until it closes them. */
export class Streams {
  private readonly outputs = new Map<string, OutputStream>();
  private readonly inputs = new Map<string, { reader: RecordReader; pid: number | undefined }>();

  constructor(private readonly context: Context) {}

  /** Writes to a file or command; opened when first written to. */
  *write(kind: '>' | '>>' | '|', name: string, text: string): Waiting<void> {
    const { context } = this;
    if (kind !== '|' && (name === '/dev/stdout' || name === '-')) return context.print(rawBytes(text));
    if (kind !== '|' && name === '/dev/stderr') {
      context.output.add(2, rawBytes(text));
      return;
    }
    let stream = this.outputs.get(name);
    if (!stream) {
      yield* context.flush();
      stream = kind === '|' ? this.startWriter(name) : this.openFile(kind, name);
      this.outputs.set(name, stream);
    }
    stream.text += text;
    if (stream.text.length > 16_384) yield* this.drain(stream);
  }

  /** The reader of a file or command; undefined when the file cannot be opened. */
  *reader(kind: 'file' | 'command', name: string): Waiting<RecordReader | undefined> {
    const known = this.inputs.get(name);
    if (known) return known.reader;
    yield* this.flush();
    try {
      const opened =
        kind === 'file'
          ? {
              descriptor: name === '-' || name === '/dev/stdin' ? 0 : this.context.sys.open(name, { read: true }),
              pid: undefined,
            }
          : this.startReader(name);
      const reader = new RecordReader(this.context, opened.descriptor);
      this.inputs.set(name, { reader, pid: opened.pid });
      return reader;
    } catch (thrown) {
      if (isErrno(thrown)) return undefined;
      throw thrown;
    }
  }

  /** Writes out everything that waits. */
  *flush(): Waiting<void> {
    yield* this.context.flush();
    for (const stream of this.outputs.values()) yield* this.drain(stream);
  }

  /** Closes by name; the status, or -1 when nothing of that name is open. */
  *close(name: string): Waiting<number> {
    const output = this.outputs.get(name);
    const input = this.inputs.get(name);
    if (!output && !input) return -1;
    let status = 0;
    if (output) {
      this.outputs.delete(name);
      yield* this.drain(output);
      this.context.sys.close(output.descriptor);
      if (output.pid !== undefined) status = yield* waitForChild(this.context.sys, output.pid);
    }
    if (input) {
      this.inputs.delete(name);
      if (input.reader.descriptor !== 0) this.context.sys.close(input.reader.descriptor);
      if (input.pid !== undefined) status = yield* waitForChild(this.context.sys, input.pid);
    }
    return status;
  }

  *closeAll(): Waiting<void> {
    yield* this.context.flush();
    for (const name of [...this.outputs.keys(), ...this.inputs.keys()]) yield* this.close(name);
  }

  /** Runs a command line by /bin/sh and waits for it. */
  *system(line: string): Waiting<number> {
    yield* this.flush();
    return yield* waitForChild(
      this.context.sys,
      this.shell(
        line,
        new Map([
          [0, 0],
          [1, 1],
          [2, 2],
        ]),
      ),
    );
  }

  private *drain(stream: OutputStream): Waiting<void> {
    const { text } = stream;
    stream.text = '';
    if (text === '') return;
    try {
      yield* this.context.sys.write(stream.descriptor, rawBytes(text));
    } catch (thrown) {
      // A command that reads no more is no failure of ours.
      if (!isErrno(thrown, 'EPIPE')) throw thrown;
    }
  }

  private openFile(kind: '>' | '>>', name: string): OutputStream {
    try {
      const append = kind === '>>';
      return {
        descriptor: this.context.sys.open(name, { write: true, create: true, append, truncate: !append }, 0o666),
        pid: undefined,
        text: '',
      };
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      return this.context.die(`cannot open "${name}" for output (${thrown.message})`, 2);
    }
  }

  private startWriter(line: string): OutputStream {
    const { sys } = this.context;
    const { read, write } = sys.pipe();
    sys.closeOnExec(write, true);
    const pid = this.shell(
      line,
      new Map([
        [0, read],
        [1, 1],
        [2, 2],
      ]),
    );
    sys.close(read);
    return { descriptor: write, pid, text: '' };
  }

  private startReader(line: string): { descriptor: number; pid: number } {
    const { sys } = this.context;
    const { read, write } = sys.pipe();
    sys.closeOnExec(read, true);
    const pid = this.shell(
      line,
      new Map([
        [0, 0],
        [1, write],
        [2, 2],
      ]),
    );
    sys.close(write);
    return { descriptor: read, pid };
  }

  private shell(line: string, descriptors: ReadonlyMap<number, number>): number {
    return this.context.sys.spawn('/bin/sh', ['sh', '-c', line], { descriptors });
  }
}
