import type { Token } from './lexer.js';
import { tokenize } from './lexer.js';
import type { Expr, LValue } from './syntax.js';
import { AwkSyntaxError } from './syntax.js';

const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);
const COMPARISONS = new Set(['<', '<=', '==', '!=', '>', '>=']);

/** Reads expressions of awk by their precedence, from the loosest to the tightest. */
export class ExpressionParser {
  protected position = 0;
  /** Functions that were called, with the line of the call. */
  protected readonly called = new Set<string>();
  /** `>` is a redirection here, and `in` belongs to a for loop. */
  private noComparison = false;
  private readonly tokens: readonly Token[];

  constructor(text: string) {
    this.tokens = tokenize(text);
  }

  protected get token(): Token {
    return this.tokens[Math.min(this.position, this.tokens.length - 1)] as Token;
  }

  protected advance(): void {
    this.position += 1;
  }

  protected is(sign: string): boolean {
    return this.token.kind === 'sign' && this.token.text === sign;
  }

  protected takeSign(sign: string): boolean {
    if (!this.is(sign)) return false;
    this.advance();
    return true;
  }

  protected takeKeyword(word: string): boolean {
    if (this.token.kind !== 'keyword' || this.token.text !== word) return false;
    this.advance();
    return true;
  }

  protected expect(sign: string): void {
    if (this.takeSign(sign)) return;
    if (sign === ')' && (this.is('}') || this.is(';')))
      throw new AwkSyntaxError(`line ${this.token.line}: missing ) near ${this.token.text}`);
    throw this.unexpected();
  }

  protected unexpected(): AwkSyntaxError {
    const { kind, text, line } = this.token;
    if (kind === 'end') return new AwkSyntaxError(`line ${line}: syntax error at or near end of file`);
    return new AwkSyntaxError(
      `line ${line}: syntax error at or near ${kind === 'newline' ? 'end of line' : kind === 'string' ? `"${text}"` : text}`,
    );
  }

  protected skipNewlines(): void {
    while (this.token.kind === 'newline') this.advance();
  }

  protected skipTerminators(): void {
    while (this.token.kind === 'newline' || this.is(';')) this.advance();
  }

  protected withoutComparison<T>(read: () => T): T {
    const before = this.noComparison;
    this.noComparison = true;
    const result = read();
    this.noComparison = before;
    return result;
  }

  private withComparison<T>(read: () => T): T {
    const before = this.noComparison;
    this.noComparison = false;
    const result = read();
    this.noComparison = before;
    return result;
  }

  /** Any expression: a condition or an assignment. */
  protected expression(): Expr {
    const test = this.or();
    if (this.token.kind === 'sign' && ASSIGNMENTS.has(this.token.text) && isLValue(test)) {
      const operator = this.token.text;
      this.advance();
      this.skipNewlines();
      return { kind: 'assign', target: test, operator, value: this.expression() };
    }
    if (!this.takeSign('?')) return test;
    this.skipNewlines();
    const yes = this.expression();
    this.skipNewlines();
    this.expect(':');
    this.skipNewlines();
    return { kind: 'conditional', test, yes, no: this.expression() };
  }

  private or(): Expr {
    let left = this.and();
    while (this.takeSign('||')) {
      this.skipNewlines();
      left = { kind: 'or', left, right: this.assigned(this.and()) };
    }
    return left;
  }

  private and(): Expr {
    let left = this.membership();
    while (this.takeSign('&&')) {
      this.skipNewlines();
      left = { kind: 'and', left, right: this.assigned(this.membership()) };
    }
    return left;
  }

  /** `x && y = 1` means `x && (y = 1)`. */
  private assigned(left: Expr): Expr {
    if (this.token.kind !== 'sign' || !ASSIGNMENTS.has(this.token.text) || !isLValue(left)) return left;
    const operator = this.token.text;
    this.advance();
    return { kind: 'assign', target: left, operator, value: this.expression() };
  }

  private membership(): Expr {
    let left = this.matching();
    while (this.takeKeyword('in')) {
      const array = this.token.text;
      if (this.token.kind !== 'name') throw this.unexpected();
      this.advance();
      left = { kind: 'in', index: left.kind === 'group' ? left.items : [left], array };
    }
    return left;
  }

  private matching(): Expr {
    let left = this.comparison();
    while (this.is('~') || this.is('!~')) {
      const negated = this.is('!~');
      this.advance();
      left = { kind: 'match', negated, left, right: this.comparison() };
    }
    return left;
  }

  private comparison(): Expr {
    const left = this.concatenation();
    const sign = this.token.text;
    if (this.token.kind === 'sign' && COMPARISONS.has(sign) && !(this.noComparison && sign === '>')) {
      this.advance();
      return { kind: 'binary', operator: sign, left, right: this.concatenation() };
    }
    return left;
  }

  private concatenation(): Expr {
    let left = this.additive();
    for (;;) {
      if (this.is('|') && this.isGetline(1)) {
        this.advance();
        this.advance();
        left = { kind: 'getline', target: this.getlineTarget(), from: 'command', source: left };
      } else if (this.startsOperand()) left = { kind: 'binary', operator: ' ', left, right: this.additive() };
      else return left;
    }
  }

  private isGetline(ahead: number): boolean {
    const token = this.tokens[this.position + ahead];
    return token?.kind === 'keyword' && token.text === 'getline';
  }

  /** Whether the next token begins something that can be joined to what was read. */
  private startsOperand(): boolean {
    const { kind, text } = this.token;
    if (['number', 'string', 'regex', 'name', 'call', 'builtin'].includes(kind)) return true;
    return kind === 'sign' && ['(', '$', '++', '--'].includes(text);
  }

  private additive(): Expr {
    let left = this.multiplicative();
    while (this.is('+') || this.is('-')) {
      const operator = this.token.text;
      this.advance();
      left = { kind: 'binary', operator, left, right: this.multiplicative() };
    }
    return left;
  }

  private multiplicative(): Expr {
    let left = this.unary();
    while (this.is('*') || this.is('/') || this.is('%')) {
      const operator = this.token.text;
      this.advance();
      left = { kind: 'binary', operator, left, right: this.unary() };
    }
    return left;
  }

  private unary(): Expr {
    for (const operator of ['!', '-', '+'] as const) {
      if (this.takeSign(operator)) return { kind: 'unary', operator, operand: this.unary() };
    }
    return this.power();
  }

  private power(): Expr {
    const left = this.postfix();
    if (!this.takeSign('^')) return left;
    // The exponent may have a sign, and powers group to the right.
    const right = this.is('-') || this.is('+') || this.is('!') ? this.unary() : this.power();
    return { kind: 'binary', operator: '^', left, right };
  }

  private postfix(): Expr {
    for (const [sign, by] of [
      ['++', 1],
      ['--', -1],
    ] as const) {
      if (!this.takeSign(sign)) continue;
      const target = this.primary();
      if (!isLValue(target)) throw this.unexpected();
      return { kind: 'step', target, by, before: true };
    }
    const operand = this.primary();
    if (!isLValue(operand)) return operand;
    if (this.takeSign('++')) return { kind: 'step', target: operand, by: 1, before: false };
    if (this.takeSign('--')) return { kind: 'step', target: operand, by: -1, before: false };
    return operand;
  }

  private primary(): Expr {
    const { kind, text } = this.token;
    switch (kind) {
      case 'number':
        this.advance();
        return { kind: 'number', value: Number(text) };
      case 'string':
        this.advance();
        return { kind: 'string', value: text };
      case 'regex':
        this.advance();
        return { kind: 'regex', source: text };
      case 'builtin':
        return this.builtin(text);
      case 'call':
        return this.call(text);
      case 'name':
        return this.variable(text);
      case 'keyword':
        if (text === 'getline') return this.plainGetline();
        throw this.unexpected();
      default:
        return this.signed(text);
    }
  }

  private signed(text: string): Expr {
    if (text === '$' && this.takeSign('$')) {
      const step = (['++', '--'] as const).find((sign) => this.is(sign));
      if (step) return { kind: 'field', index: this.postfix() };
      return { kind: 'field', index: this.is('-') || this.is('+') || this.is('!') ? this.unary() : this.primary() };
    }
    if (text === '(' && this.takeSign('(')) {
      const items = this.withComparison(() => this.list(')'));
      this.expect(')');
      if (items.length === 1 && !['variable', 'field', 'element'].includes((items[0] as Expr).kind))
        return items[0] as Expr;
      return { kind: 'group', items };
    }
    throw this.unexpected();
  }

  private variable(name: string): Expr {
    this.advance();
    if (!this.takeSign('[')) return { kind: 'variable', name };
    const index = this.withComparison(() => this.list(']'));
    this.expect(']');
    return { kind: 'element', array: name, index };
  }

  private call(name: string): Expr {
    this.advance();
    this.called.add(name);
    this.expect('(');
    const args = this.is(')') ? [] : this.withComparison(() => this.list(')'));
    this.expect(')');
    return { kind: 'call', name, args };
  }

  private builtin(name: string): Expr {
    this.advance();
    if (!this.takeSign('(')) {
      if (name === 'length') return { kind: 'builtin', name, args: [] };
      throw this.unexpected();
    }
    const args = this.is(')') ? [] : this.withComparison(() => this.list(')'));
    this.expect(')');
    return { kind: 'builtin', name, args };
  }

  /** Expressions with commas between. */
  protected list(close: string): Expr[] {
    const items: Expr[] = [];
    this.skipNewlines();
    if (this.is(close)) return items;
    items.push(this.expression());
    while (this.takeSign(',')) {
      this.skipNewlines();
      items.push(this.expression());
    }
    return items;
  }

  private plainGetline(): Expr {
    this.advance();
    const target = this.getlineTarget();
    if (!this.takeSign('<')) return { kind: 'getline', target, from: 'input', source: undefined };
    return { kind: 'getline', target, from: 'file', source: this.postfix() };
  }

  private getlineTarget(): LValue | undefined {
    if (this.token.kind !== 'name' && !this.is('$')) return undefined;
    const target = this.primary();
    return isLValue(target) ? target : undefined;
  }
}

function isLValue(expr: Expr): expr is LValue {
  return expr.kind === 'variable' || expr.kind === 'field' || expr.kind === 'element';
}
