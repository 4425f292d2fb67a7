import { SqlProblem } from './problem.js';
import { type Dialect, type Token, tokensOf } from './tokens.js';
import type { Select } from './tree.js';

/** A place in a statement that moves on as its words are understood. */
export class Cursor {
  readonly text: string;
  readonly dialect: Dialect;
  /** Reads a query inside an expression. */
  readonly query: (cursor: Cursor) => Select;
  private readonly tokens: readonly Token[];
  private place = 0;

  constructor(text: string, dialect: Dialect, query: (cursor: Cursor) => Select) {
    this.query = query;
    this.text = text;
    this.dialect = dialect;
    this.tokens = tokensOf(text, dialect);
  }

  get token(): Token {
    return this.tokens[this.place] as Token;
  }

  /** The end of the last word taken. */
  get end(): number {
    return this.tokens[this.place - 1]?.to ?? 0;
  }

  get finished(): boolean {
    return this.token.kind === 'end';
  }

  next(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.place += 1;
    return token;
  }

  /** Whether these words come next, in this order. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, at) => {
      const token = this.tokens[this.place + at];
      return token !== undefined && (token.kind === 'word' || token.kind === 'sign') && token.text === word;
    });
  }

  /** Takes these words if they come next. */
  take(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.place += words.length;
    return true;
  }

  /** Takes one of these words, if one comes next. */
  takeOne(...words: readonly string[]): string | undefined {
    return words.find((word) => this.take(word));
  }

  need(...words: readonly string[]): void {
    for (const word of words) if (!this.take(word)) throw this.wrong();
  }

  /** A name, quoted or not. */
  name(): string {
    const { token } = this;
    if (token.kind !== 'word' && token.kind !== 'name') throw this.wrong();
    this.place += 1;
    return token.text;
  }

  /** A text in quotes. */
  quoted(): string {
    if (this.token.kind !== 'text') throw this.wrong();
    return this.next().text;
  }

  /** Names in parentheses. */
  names(): string[] {
    this.need('(');
    const names: string[] = [];
    do {
      names.push(this.name());
      if (this.take('(')) this.skipTo(')');
      this.takeOne('asc', 'desc');
    } while (this.take(','));
    this.need(')');
    return names;
  }

  /** Passes all until a sign, and the sign. */
  skipTo(sign: string): void {
    for (let depth = 0; !this.finished; ) {
      if (depth === 0 && this.take(sign)) return;
      const { text } = this.next();
      if (text === '(') depth += 1;
      else if (text === ')') depth -= 1;
    }
    throw this.wrong();
  }

  /** Passes all that is left. */
  skipAll(): void {
    this.place = this.tokens.length - 1;
  }

  /** What cannot be understood begins here. */
  wrong(): SqlProblem {
    const { token, text } = this;
    if (token.kind === 'end') return new SqlProblem('syntax', { near: '' }, token.from);
    return new SqlProblem(
      'syntax',
      { near: text.slice(token.from), word: text.slice(token.from, token.to) },
      token.from,
    );
  }
}
