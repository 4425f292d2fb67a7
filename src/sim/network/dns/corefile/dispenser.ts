import { CorefileError, type Token } from './tokens.js';

/** Hands out the words of one directive, all its occurrences in a server block one after the other. */
export class Dispenser {
  private cursor = -1;
  private nesting = 0;
  private readonly file: string;
  private readonly tokens: readonly Token[];

  constructor(file: string, tokens: readonly Token[]) {
    this.file = file;
    this.tokens = tokens;
  }

  /** The word it stands at; empty before the first and after the last. */
  get value(): string {
    return this.textAt(this.cursor);
  }

  private textAt(cursor: number): string {
    return this.tokens[cursor]?.text ?? '';
  }

  /** Goes to the next word on whatever line; false at the end, where it stays. */
  next(): boolean {
    if (this.cursor >= this.tokens.length - 1) return false;
    this.cursor += 1;
    return true;
  }

  /** Goes to the next word of the same line; false when there is none. */
  nextArgument(): boolean {
    if (this.cursor < 0) return this.next();
    const here = this.tokens[this.cursor];
    const following = this.tokens[this.cursor + 1];
    if (!here || !following || here.file !== following.file) return false;
    if (here.line + here.text.split('\n').length - 1 !== following.line) return false;
    this.cursor += 1;
    return true;
  }

  /** Goes to the next line's first word inside the directive's braces; false where it has none, and at their end. */
  nextInBlock(): boolean {
    if (this.nesting > 0) {
      if (this.next() && this.value !== '}') return true;
      this.nesting -= 1;
      return false;
    }
    if (!this.nextArgument()) return false;
    if (this.value !== '{') {
      this.cursor -= 1;
      return false;
    }
    this.next();
    if (this.textAt(this.cursor) === '}') return false;
    this.nesting += 1;
    return true;
  }

  /** The other words of the line, up to an opening brace. */
  remaining(): string[] {
    const words: string[] = [];
    while (this.nextArgument()) {
      if (this.value === '{') {
        this.cursor -= 1;
        break;
      }
      words.push(this.value);
    }
    return words;
  }

  /** Ends with a message about the line it stands at. */
  fail(message: string): never {
    const { file, line } = this.tokens[this.cursor] ?? { file: this.file, line: 0 };
    throw new CorefileError(`${file}:${line} - Error during parsing: ${message}`);
  }

  /** Ends because of too many or too few words. */
  wrongCount(): never {
    if (this.value === '{') this.fail("Unexpected token '{', expecting argument");
    return this.fail(`Wrong argument count or unexpected line ending after '${this.value}'`);
  }
}
