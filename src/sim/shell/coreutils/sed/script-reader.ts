import { ScriptError } from './script.js';

/** A piece of script: `-e` number so many, or a file. */
export interface ScriptPiece {
  readonly text: string;
  readonly file: string | undefined;
}

/** The text of a script and where in it we are, for messages with positions. */
export class ScriptReader {
  at = 0;
  readonly text: string;
  private readonly ends: number[] = [];

  constructor(private readonly pieces: readonly ScriptPiece[]) {
    let text = '';
    for (const piece of pieces) {
      text += `${text === '' && this.ends.length === 0 ? '' : '\n'}${piece.text}`;
      this.ends.push(text.length);
    }
    this.text = text;
  }

  get char(): string | undefined {
    return this.text[this.at];
  }

  take(): string | undefined {
    const char = this.text[this.at];
    this.at += 1;
    return char;
  }

  skipBlanks(): void {
    while (this.char === ' ' || this.char === '\t') this.at += 1;
  }

  skipSpace(): void {
    while (this.char !== undefined && /[\s;]/.test(this.char)) this.at += 1;
  }

  /** Digits as a number, or undefined. */
  number(): number | undefined {
    const digits = /^\d+/.exec(this.text.slice(this.at, this.at + 20))?.[0];
    if (digits === undefined) return undefined;
    this.at += digits.length;
    return Number(digits);
  }

  /** To the end of the line, which is used up. */
  line(): string {
    const end = this.text.indexOf('\n', this.at);
    const line = this.text.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.text.length + 1 : end + 1;
    return line;
  }

  /** An error at the present place; `char` 0 where GNU sed has none. */
  error(message: string, place?: 0): ScriptError {
    const at = Math.min(this.at, this.text.length);
    const index = Math.max(
      0,
      this.ends.findIndex((end) => at <= end),
    );
    const start = index === 0 ? 0 : (this.ends[index - 1] as number) + 1;
    const piece = this.pieces[index];
    if (piece?.file !== undefined) {
      const line = this.text.slice(start, at).split('\n').length;
      return new ScriptError(`file ${piece.file} line ${line}: ${message}`);
    }
    const number = this.pieces.slice(0, index + 1).filter(({ file }) => file === undefined).length;
    return new ScriptError(`-e expression #${number}, char ${place ?? at - start}: ${message}`);
  }
}
