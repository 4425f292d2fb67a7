/** A place in the text: characters from its start, and line and column, all counted from zero. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/** Walks through the text one character (not UTF-16 unit) at a time and knows where it is. */
export class Cursor {
  private at = 0;
  private index = 0;
  private line = 0;
  column = 0;

  constructor(private readonly text: string) {}

  mark(): Mark {
    return { index: this.index, line: this.line, column: this.column };
  }

  /** The UTF-16 unit `offset` places on, or the empty string past the end. */
  peek(offset = 0): string {
    return this.text.charAt(this.at + offset);
  }

  /** Whether the text goes on with `expected` here. */
  startsWith(expected: string): boolean {
    return this.text.startsWith(expected, this.at);
  }

  skip(count = 1): void {
    for (let n = 0; n < count; n++) this.take();
  }

  /** Reads one character that is not a line break. */
  take(): string {
    const code = this.text.codePointAt(this.at);
    if (code === undefined) return '';
    const char = String.fromCodePoint(code);
    this.at += char.length;
    this.index++;
    this.column++;
    return char;
  }

  /** Reads a line break; CR, CR LF and NEL are read as a newline, the Unicode separators as themselves. */
  takeBreak(): string {
    const first = this.peek();
    const width = first === '\r' && this.peek(1) === '\n' ? 2 : 1;
    this.at += width;
    this.index += width;
    this.line++;
    this.column = 0;
    return first === '\u2028' || first === '\u2029' ? first : '\n';
  }

  /** The end of the text counts as the start of a new line. */
  forceNewLine(): void {
    if (this.column === 0) return;
    this.column = 0;
    this.line++;
  }
}
