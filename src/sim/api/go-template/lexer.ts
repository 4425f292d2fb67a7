import { goRune } from '../go-rune.js';
import { goQuote } from '../go-text.js';

export type ItemType =
  | 'assign'
  | 'bool'
  | 'char'
  | 'char-constant'
  | 'declare'
  | 'dot'
  | 'eof'
  | 'error'
  | 'field'
  | 'identifier'
  | 'keyword'
  | 'left-delim'
  | 'left-paren'
  | 'nil'
  | 'number'
  | 'pipe'
  | 'raw-string'
  | 'right-delim'
  | 'right-paren'
  | 'space'
  | 'string'
  | 'text'
  | 'variable';

/** A piece of a template; `line` counts from one, `at` indexes the template. */
export interface Item {
  readonly type: ItemType;
  readonly value: string;
  readonly at: number;
  readonly line: number;
}

const KEYWORDS = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);
const ALPHANUMERIC = /^[_\p{L}\p{Nd}]$/u;
const NUMBER =
  /^[-+]?(?:0[xX][0-9a-fA-F_]*\.?[0-9a-fA-F_]*(?:[pP][-+]?[0-9_]*)?|0[oO][0-7_]*\.?[0-7_]*|0[bB][01_]*\.?[01_]*|[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9_]*)?)i?/;

/** How an item is named in complaints. */
export function describeItem(item: Item): string {
  if (item.type === 'eof') return 'EOF';
  if (item.type === 'error') return item.value;
  if (item.type === 'keyword' || item.type === 'nil' || item.type === 'dot') return `<${item.value}>`;
  const chars = [...item.value];
  return chars.length > 10 ? `${goQuote(chars.slice(0, 10).join(''))}...` : goQuote(item.value);
}

/** Cuts a template into items, as text/template does; the last one is the end or what is wrong. */
export function lexTemplate(input: string): Item[] {
  return new Lexer(input).run();
}

class Lexer {
  private readonly items: Item[] = [];
  private at = 0;
  private start = 0;
  private depth = 0;
  private line = 1;
  private startLine = 1;

  constructor(private readonly input: string) {}

  run(): Item[] {
    let going = true;
    while (going) going = this.text() && this.action();
    return this.items;
  }

  private rest(): string {
    return this.input.slice(this.at);
  }

  private peek(): string {
    const code = this.input.codePointAt(this.at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  /** Moves on and counts lines. */
  private advance(length: number): void {
    this.line += countLines(this.input.slice(this.at, this.at + length));
    this.at += length;
  }

  private drop(): void {
    this.start = this.at;
    this.startLine = this.line;
  }

  private emit(type: ItemType): true {
    this.items.push({ type, value: this.input.slice(this.start, this.at), at: this.start, line: this.startLine });
    this.drop();
    return true;
  }

  private fail(message: string): false {
    this.items.push({ type: 'error', value: message, at: this.start, line: this.startLine });
    return false;
  }

  /** Reads up to the next action; answers false at the end of the template. */
  private text(): boolean {
    for (;;) {
      const open = this.input.indexOf('{{', this.at);
      const text = this.input.slice(this.at, open < 0 ? undefined : open);
      const trims = open >= 0 && /^-[ \t\r\n]/.test(this.input.slice(open + 2));
      const kept = trims ? text.replace(/[ \t\r\n]+$/, '') : text;
      this.advance(kept.length);
      if (kept !== '') this.emit('text');
      this.advance(text.length - kept.length);
      this.drop();
      if (open < 0) {
        this.emit('eof');
        return false;
      }
      const marker = trims ? 2 : 0;
      if (!this.input.startsWith('/*', this.at + 2 + marker)) {
        this.advance(2);
        this.emit('left-delim');
        this.advance(marker);
        this.drop();
        this.depth = 0;
        return true;
      }
      this.advance(2 + marker);
      this.drop();
      if (!this.comment()) return false;
    }
  }

  private comment(): boolean {
    const end = this.input.indexOf('*/', this.at + 2);
    if (end < 0) return this.fail('unclosed comment');
    const close = rightDelimiter(this.input.slice(end + 2));
    if (close === undefined) return this.fail('comment ends before closing delimiter');
    this.advance(end + 2 + close.length - this.at);
    if (close.trims) this.skipSpace();
    this.drop();
    return true;
  }

  private skipSpace(): void {
    this.advance(/^[ \t\r\n]*/.exec(this.rest())?.[0].length ?? 0);
  }

  private action(): boolean {
    for (;;) {
      const close = rightDelimiter(this.rest());
      if (close !== undefined) {
        if (this.depth > 0) return this.fail('unclosed left paren');
        return this.closeAction(close);
      }
      if (!this.element()) return false;
    }
  }

  private closeAction(close: RightDelimiter): true {
    if (close.trims) {
      this.advance(2);
      this.drop();
    }
    this.advance(2);
    this.emit('right-delim');
    if (close.trims) {
      this.skipSpace();
      this.drop();
    }
    return true;
  }

  private element(): boolean {
    const char = this.peek();
    if (char === '') return this.fail('unclosed action');
    if (/[ \t\r\n]/.test(char)) return this.space();
    const simple: Partial<Record<string, ItemType>> = { '=': 'assign', '|': 'pipe' };
    const type = simple[char];
    if (type !== undefined) return this.take(1, type);
    if (char === ':') return this.input[this.at + 1] === '=' ? this.take(2, 'declare') : this.fail('expected :=');
    if (char === '"' || char === "'") return this.quoted(char);
    if (char === '`') return this.raw();
    if (char === '$') return this.fieldOrVariable('variable');
    if (char === '.' && !/^\d/.test(this.input.slice(this.at + 1))) {
      if (this.at + 1 < this.input.length) return this.fieldOrVariable('field');
    }
    if (/[-+.0-9]/.test(char)) return this.number();
    if (ALPHANUMERIC.test(char)) return this.identifier();
    return this.punctuation(char);
  }

  private punctuation(char: string): boolean {
    if (char === '(') {
      this.depth++;
      return this.take(1, 'left-paren');
    }
    if (char === ')') {
      if (--this.depth < 0) return this.fail('unexpected right paren');
      return this.take(1, 'right-paren');
    }
    if (char > ' ' && char < '\x7f') return this.take(1, 'char');
    return this.fail(`unrecognized character in action: ${goRune(char)}`);
  }

  private take(length: number, type: ItemType): true {
    this.advance(length);
    return this.emit(type);
  }

  /** The last blank before `-}}` belongs to that delimiter. */
  private space(): true {
    const blanks = /^[ \t\r\n]+/.exec(this.rest())?.[0] ?? '';
    const beforeTrim = this.input.startsWith('-}}', this.at + blanks.length);
    const length = blanks.length - (beforeTrim ? 1 : 0);
    if (length > 0) this.take(length, 'space');
    return true;
  }

  private identifier(): boolean {
    const word = this.word();
    this.advance(word.length);
    if (!this.atTerminator()) return this.fail(`bad character ${goRune(this.peek())}`);
    if (KEYWORDS.has(word)) return this.emit('keyword');
    if (word === 'nil') return this.emit('nil');
    return this.emit(word === 'true' || word === 'false' ? 'bool' : 'identifier');
  }

  private word(): string {
    return /^[_\p{L}\p{Nd}]*/u.exec(this.rest())?.[0] ?? '';
  }

  private fieldOrVariable(type: 'field' | 'variable'): boolean {
    this.advance(1);
    if (this.atTerminator()) return this.emit(type === 'field' ? 'dot' : type);
    this.advance(this.word().length);
    if (!this.atTerminator()) return this.fail(`bad character ${goRune(this.peek())}`);
    return this.emit(type);
  }

  private atTerminator(): boolean {
    const char = this.peek();
    return char === '' || ' \t\r\n.,|:)('.includes(char) || this.input.startsWith('}}', this.at);
  }

  private quoted(quote: string): boolean {
    const name = quote === '"' ? 'quoted string' : 'character constant';
    const pattern = quote === '"' ? /^"(?:\\[^\n]|[^"\\\n])*"/ : /^'(?:\\[^\n]|[^'\\\n])*'/;
    const found = pattern.exec(this.rest())?.[0];
    if (found === undefined) return this.fail(`unterminated ${name}`);
    return this.take(found.length, quote === '"' ? 'string' : 'char-constant');
  }

  private raw(): boolean {
    const end = this.input.indexOf('`', this.at + 1);
    if (end < 0) return this.fail('unterminated raw quoted string');
    return this.take(end + 1 - this.at, 'raw-string');
  }

  private number(): boolean {
    this.advance(NUMBER.exec(this.rest())?.[0].length ?? 0);
    if (ALPHANUMERIC.test(this.peek()) || /[-+]/.test(this.peek())) {
      this.advance(this.peek().length);
      return this.fail(`bad number syntax: ${goQuote(this.input.slice(this.start, this.at))}`);
    }
    return this.emit('number');
  }
}

interface RightDelimiter {
  readonly length: number;
  readonly trims: boolean;
}

function rightDelimiter(text: string): RightDelimiter | undefined {
  if (/^[ \t\r\n]-\}\}/.test(text)) return { length: 4, trims: true };
  return text.startsWith('}}') ? { length: 2, trims: false } : undefined;
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}
