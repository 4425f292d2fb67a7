import { goQuote } from '../go-text.js';

/** Values nest so deep at most. Go's decoder allows ten times as much; ours keeps well within the smallest stack. */
const DEPTH_MAX = 1000;

/**
 * Checks JSON the way Go's scanner does, one character at a time, so that its complaints name the same character.
 * Every step answers undefined, or the complaint; `at` is then the culprit's index, or the text's length.
 */
export class JsonSyntax {
  private depth = 0;

  constructor(
    private readonly text: string,
    public at: number,
  ) {}

  skipSpace(): number {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at++;
    return this.at;
  }

  /** Reads one value with the space before it. */
  value(context = 'looking for beginning of value'): string | undefined {
    this.skipSpace();
    const char = this.peek();
    if (char === '{' || char === '[') return this.nested(char);
    if (char === '"') return this.string();
    if (char === '-' || isDigit(char)) return this.number();
    for (const word of ['true', 'false', 'null']) if (char === word[0]) return this.literal(word);
    return this.complain(context);
  }

  /** Reads the space after the last value; nothing may follow. */
  end(): string | undefined {
    this.skipSpace();
    return this.at < this.text.length ? this.complain('after top-level value') : undefined;
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }

  private complain(context: string): string {
    return `invalid character ${quoteByte(this.text, this.at)} ${context}`;
  }

  private nested(opening: '{' | '['): string | undefined {
    if (++this.depth > DEPTH_MAX) return 'exceeded max depth';
    const problem = opening === '{' ? this.object() : this.array();
    this.depth--;
    return problem;
  }

  private object(): string | undefined {
    this.at++;
    this.skipSpace();
    if (this.peek() === '}') return this.step();
    for (;;) {
      this.skipSpace();
      if (this.peek() !== '"') return this.complain('looking for beginning of object key string');
      const problem = this.string() ?? this.colon() ?? this.value();
      if (problem !== undefined) return problem;
      this.skipSpace();
      if (this.peek() === '}') return this.step();
      if (this.peek() !== ',') return this.complain('after object key:value pair');
      this.at++;
    }
  }

  private colon(): string | undefined {
    this.skipSpace();
    return this.peek() === ':' ? this.step() : this.complain('after object key');
  }

  private array(): string | undefined {
    this.at++;
    this.skipSpace();
    if (this.peek() === ']') return this.step();
    for (;;) {
      const problem = this.value();
      if (problem !== undefined) return problem;
      this.skipSpace();
      if (this.peek() === ']') return this.step();
      if (this.peek() !== ',') return this.complain('after array element');
      this.at++;
    }
  }

  private step(): undefined {
    this.at++;
  }

  private string(): string | undefined {
    this.at++;
    for (;;) {
      const char = this.peek();
      if (char === '"') return this.step();
      if (char === '' || char < ' ') return this.complain('in string literal');
      this.at++;
      if (char !== '\\') continue;
      const problem = this.escape();
      if (problem !== undefined) return problem;
    }
  }

  private escape(): string | undefined {
    const char = this.peek();
    if (char === '' || !'bfnrt\\/"u'.includes(char)) return this.complain('in string escape code');
    this.at++;
    for (let n = 0; char === 'u' && n < 4; n++) {
      if (!/^[0-9a-fA-F]$/.test(this.peek())) return this.complain('in \\u hexadecimal character escape');
      this.at++;
    }
    return undefined;
  }

  private number(): string | undefined {
    if (this.peek() === '-') this.at++;
    if (!isDigit(this.peek())) return this.complain('in numeric literal');
    if (this.peek() === '0') this.at++;
    else this.digits();
    if (this.peek() === '.') {
      this.at++;
      if (!isDigit(this.peek())) return this.complain('after decimal point in numeric literal');
      this.digits();
    }
    if (this.peek() !== 'e' && this.peek() !== 'E') return undefined;
    this.at++;
    if (this.peek() === '+' || this.peek() === '-') this.at++;
    if (!isDigit(this.peek())) return this.complain('in exponent of numeric literal');
    this.digits();
    return undefined;
  }

  private digits(): void {
    while (isDigit(this.peek())) this.at++;
  }

  private literal(word: string): string | undefined {
    for (const expected of word) {
      if (this.peek() !== expected) return this.complain(`in literal ${word} (expecting '${expected}')`);
      this.at++;
    }
    return undefined;
  }
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9' && char.length === 1;
}

/** Go looks at bytes: of a character beyond ASCII it shows the first one. */
function quoteByte(text: string, at: number): string {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const byte = String.fromCharCode(Buffer.from(char, 'utf8')[0] ?? 0);
  if (byte === "'") return "'\\''";
  if (byte === '"') return "'\"'";
  return `'${goQuote(byte).slice(1, -1)}'`;
}
