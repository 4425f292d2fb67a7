/** A file, or what comes through a pipe, as lines; and how far it has been shown. */
export class ShownText {
  /** Undefined for a pipe, in which nobody can go back. */
  readonly name: string | undefined;
  readonly bytes: Uint8Array;
  /** Lines shown so far, those behind the end counted too. */
  at = 0;
  private readonly lines: readonly string[];
  private readonly starts: readonly number[];

  constructor(name: string | undefined, bytes: Uint8Array) {
    this.name = name;
    this.bytes = bytes;
    const text = Buffer.from(bytes).toString('utf8');
    this.lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
    let start = 0;
    this.starts = this.lines.map((line) => {
      const here = start;
      start += Buffer.byteLength(line) + 1;
      return here;
    });
  }

  get count(): number {
    return this.lines.length;
  }

  get ended(): boolean {
    return this.at >= this.lines.length;
  }

  /** The next line; undefined behind the end. */
  next(): string | undefined {
    this.at += 1;
    return this.lines[this.at - 1];
  }

  line(index: number): string {
    return this.lines[index] ?? '';
  }

  /** How much has been shown, in whole percent; undefined for a pipe. */
  percent(): number | undefined {
    if (this.name === undefined || this.bytes.length === 0) return undefined;
    return Math.floor(((this.starts[this.at] ?? this.bytes.length) * 100) / this.bytes.length);
  }
}
