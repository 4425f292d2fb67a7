import { formatMicroTime } from '../../api/time.js';
import type { Bytes } from '../../kernel/bytes.js';
import { concatBytes, encodeText } from '../../kernel/bytes.js';
import type { OpenFile } from '../../kernel/files.js';
import type { Micros } from '../../kernel/time.js';

/** containerd: a line longer than this is written in parts. */
const LINE_BYTES_MAX = 16 * 1024;
const NEWLINE = 0x0a;

/** RFC 3339 with nine digits; our clock's last three tell lines of one microsecond apart. */
function logTimestamp(at: Micros, order: number): string {
  const nanos = 100 + ((order * 37 + (at % 89)) % 900);
  return `${formatMicroTime(at).slice(0, -1)}${nanos}Z`;
}

/** Cuts a container's output into lines of the CRI log format: `TIME STREAM F|P TEXT`. */
export class LogWriter {
  private file: OpenFile;
  private readonly now: () => Micros;
  private readonly partial: Record<'stdout' | 'stderr', Bytes[]> = { stdout: [], stderr: [] };
  private order = 0;

  /** Takes over a reference to the open log file. */
  constructor(file: OpenFile, now: () => Micros) {
    this.file = file;
    this.now = now;
  }

  /** Goes on in another file. */
  reopen(file: OpenFile): void {
    this.file.release();
    this.file = file;
  }

  write(stream: 'stdout' | 'stderr', bytes: Bytes): void {
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      this.line(stream, bytes.subarray(from, end), 'F');
      from = end + 1;
    }
    if (from === bytes.length) return;
    this.partial[stream].push(bytes.subarray(from));
    const held = this.partial[stream].reduce((sum, part) => sum + part.length, 0);
    if (held >= LINE_BYTES_MAX) this.line(stream, new Uint8Array(0), 'P');
  }

  /** The output has ended: what has no newline yet is a line too. */
  end(stream: 'stdout' | 'stderr'): void {
    if (this.partial[stream].length > 0) this.line(stream, new Uint8Array(0), 'F');
  }

  close(): void {
    this.file.release();
  }

  private line(stream: 'stdout' | 'stderr', rest: Bytes, tag: 'F' | 'P'): void {
    const text = concatBytes([...this.partial[stream], rest]);
    this.partial[stream] = [];
    this.order += 1;
    for (let at = 0; at === 0 || at < text.length; at += LINE_BYTES_MAX) {
      const last = at + LINE_BYTES_MAX >= text.length;
      const head = encodeText(`${logTimestamp(this.now(), this.order)} ${stream} ${last ? tag : 'P'} `);
      this.put(concatBytes([head, text.subarray(at, at + LINE_BYTES_MAX), Uint8Array.of(NEWLINE)]));
    }
  }

  /** A full disk loses lines, as it does for the real one. */
  private put(bytes: Bytes): void {
    try {
      this.file.tryWrite(bytes);
    } catch {
      // The container goes on without its log.
    }
  }
}
