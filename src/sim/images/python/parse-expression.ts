import { NotSimulated, WrongSyntax } from './failures.js';
import { type Token, tokensOf, unescaped } from './tokens.js';
import type { Argument, Expression, FormatPart, Parameter } from './tree.js';

const CONSTANTS = new Map<string, boolean | null>([
  ['True', true],
  ['False', false],
  ['None', null],
]);
/** Operators of two sides, the loosest first. */
const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%']];
const KEYWORDS =
  /^(?:and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)$/;

/** Reads expressions from the pieces of a program. */
export class ExpressionParser {
  protected readonly tokens: readonly Token[];
  protected at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  protected get token(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '', line: 0 };
  }

  protected is(...texts: readonly string[]): boolean {
    const { kind, text } = this.token;
    return (kind === 'operator' || kind === 'name') && texts.includes(text);
  }

  protected take(...texts: readonly string[]): string | undefined {
    if (!this.is(...texts)) return undefined;
    this.at += 1;
    return this.tokens[this.at - 1]?.text;
  }

  protected need(text: string): void {
    if (this.take(text) === undefined) throw this.wrong(text === ':' ? "expected ':'" : 'invalid syntax');
  }

  protected wrong(message = 'invalid syntax'): WrongSyntax {
    return new WrongSyntax(message, this.token.line);
  }

  protected name(): string {
    const { kind, text } = this.token;
    if (kind !== 'name' || KEYWORDS.test(text)) throw this.wrong();
    this.at += 1;
    return text;
  }

  /** One expression, or several with commas between: a tuple. */
  expressions(): Expression {
    const first = this.expression();
    if (!this.is(',')) return first;
    const items = [first];
    while (this.take(',')) {
      const { kind, text } = this.token;
      if (kind === 'newline' || kind === 'end' || [')', ']', '}', '=', ':', ';'].includes(text)) break;
      items.push(this.expression());
    }
    return { kind: 'tuple', items };
  }

  expression(): Expression {
    if (this.take('lambda')) {
      const parameters = this.parameters(':');
      return { kind: 'lambda', parameters, body: this.expression() };
    }
    const then = this.disjunction();
    if (this.is(':=')) throw new NotSimulated(':=', this.token.line);
    if (!this.take('if')) return then;
    const test = this.disjunction();
    this.need('else');
    return { kind: 'choice', test, then, otherwise: this.expression() };
  }

  /** Parameters up to a closing piece, which is taken too. */
  protected parameters(close: string): Parameter[] {
    const parameters: Parameter[] = [];
    while (!this.take(close)) {
      if (this.is('*', '**')) throw new NotSimulated('*parameters', this.token.line);
      const name = this.name();
      if (close === ')' && this.take(':')) this.expression();
      parameters.push({ name, ...(this.take('=') ? { otherwise: this.expression() } : {}) });
      if (!this.is(close)) this.need(',');
    }
    return parameters;
  }

  private disjunction(): Expression {
    let left = this.conjunction();
    while (this.take('or')) left = { kind: 'logic', operator: 'or', left, right: this.conjunction() };
    return left;
  }

  private conjunction(): Expression {
    let left = this.negation();
    while (this.take('and')) left = { kind: 'logic', operator: 'and', left, right: this.negation() };
    return left;
  }

  private negation(): Expression {
    if (this.take('not')) return { kind: 'unary', operator: 'not', of: this.negation() };
    const first = this.sum(0);
    const rest: [string, Expression][] = [];
    for (;;) {
      let operator = this.take('==', '!=', '<', '>', '<=', '>=', 'in', 'is', 'not');
      if (operator === undefined) break;
      if (operator === 'not') {
        this.need('in');
        operator = 'not in';
      } else if (operator === 'is' && this.take('not')) operator = 'is not';
      rest.push([operator, this.sum(0)]);
    }
    return rest.length === 0 ? first : { kind: 'compare', first, rest };
  }

  private sum(level: number): Expression {
    const operators = LEVELS[level];
    if (!operators) return this.sign();
    let left = this.sum(level + 1);
    for (let operator = this.take(...operators); operator !== undefined; operator = this.take(...operators))
      left = { kind: 'binary', operator, left, right: this.sum(level + 1) };
    return left;
  }

  private sign(): Expression {
    const operator = this.take('-', '+', '~');
    if (operator !== undefined) return { kind: 'unary', operator, of: this.sign() };
    const base = this.trailed(this.atom());
    return this.take('**') ? { kind: 'binary', operator: '**', left: base, right: this.sign() } : base;
  }

  private trailed(start: Expression): Expression {
    let of = start;
    for (;;) {
      if (this.take('.')) of = { kind: 'attribute', of, name: this.name() };
      else if (this.take('(')) of = { kind: 'call', callee: of, args: this.args() };
      else if (this.take('[')) of = this.subscript(of);
      else return of;
    }
  }

  private subscript(of: Expression): Expression {
    const from = this.is(':') ? undefined : this.expressions();
    if (!this.take(':')) {
      this.need(']');
      return { kind: 'index', of, at: from ?? { kind: 'constant', value: null } };
    }
    const to = this.is(']') ? undefined : this.expression();
    if (this.is(':')) throw new NotSimulated('slices with a step', this.token.line);
    this.need(']');
    return { kind: 'slice', of, ...(from ? { from } : {}), ...(to ? { to } : {}) };
  }

  private args(): Argument[] {
    const args: Argument[] = [];
    while (!this.take(')')) {
      if (this.is('*', '**')) throw new NotSimulated('*arguments', this.token.line);
      const next = this.tokens[this.at + 1];
      if (this.token.kind === 'name' && next?.kind === 'operator' && next.text === '=') {
        const name = this.name();
        this.at += 1;
        args.push({ name, value: this.expression() });
      } else {
        const value = this.expression();
        args.push({ value: this.is('for') ? this.comprehension('list', value) : value });
      }
      if (!this.is(')')) this.need(',');
    }
    return args;
  }

  private comprehension(shape: 'list' | 'dict', item: Expression, value?: Expression): Expression {
    this.need('for');
    const target = this.target();
    this.need('in');
    const over = this.disjunction();
    const tests: Expression[] = [];
    while (this.take('if')) tests.push(this.disjunction());
    if (this.is('for', 'async')) throw new NotSimulated('comprehensions of several loops', this.token.line);
    return { kind: 'comprehension', shape, item, value, target, over, tests };
  }

  /** What a loop gives its items to: names, maybe several. */
  protected target(): Expression {
    const items: Expression[] = [];
    const bracket = this.take('(', '[');
    do items.push({ kind: 'name', name: this.name() });
    while (this.take(','));
    if (bracket) this.need(bracket === '(' ? ')' : ']');
    const [first] = items;
    return items.length === 1 && first ? first : { kind: 'tuple', items };
  }

  private atom(): Expression {
    const { kind, text, line } = this.token;
    if (kind === 'number') {
      this.at += 1;
      return { kind: 'constant', value: numberOf(text) };
    }
    if (kind === 'string') return this.strings();
    if (kind === 'operator') return this.bracketed();
    if (kind !== 'name') throw this.wrong();
    const constant = CONSTANTS.get(text);
    if (constant !== undefined) {
      this.at += 1;
      return { kind: 'constant', value: constant };
    }
    if (text === 'yield' || text === 'await') throw new NotSimulated(text, line);
    return { kind: 'name', name: this.name() };
  }

  private bracketed(): Expression {
    if (this.take('(')) {
      if (this.take(')')) return { kind: 'tuple', items: [] };
      const inner = this.expressions();
      const whole = this.is('for') ? this.comprehension('list', inner) : inner;
      this.need(')');
      return whole;
    }
    if (this.take('[')) {
      if (this.take(']')) return { kind: 'list', items: [] };
      const first = this.expression();
      if (this.is('for')) {
        const made = this.comprehension('list', first);
        this.need(']');
        return made;
      }
      return { kind: 'list', items: this.restOf(first, ']') };
    }
    if (this.take('{')) return this.braces();
    throw this.wrong();
  }

  private restOf(first: Expression, close: string): Expression[] {
    const items = [first];
    while (!this.take(close)) {
      this.need(',');
      if (!this.is(close)) items.push(this.expression());
    }
    return items;
  }

  private braces(): Expression {
    const entries: [Expression, Expression][] = [];
    while (!this.take('}')) {
      const key = this.expression();
      if (!this.is(':') && entries.length === 0) return { kind: 'set', items: this.restOf(key, '}') };
      this.need(':');
      const value = this.expression();
      if (this.is('for')) {
        const made = this.comprehension('dict', key, value);
        this.need('}');
        return made;
      }
      entries.push([key, value]);
      if (!this.is('}')) this.need(',');
    }
    return { kind: 'dict', entries };
  }

  /** Strings beside each other are one. */
  private strings(): Expression {
    const parts: (string | FormatPart)[] = [];
    let bytes = false;
    for (; this.token.kind === 'string'; this.at += 1) {
      const { prefix = '', text, line } = this.token;
      if (prefix.includes('b')) bytes = true;
      const plain = (piece: string) => (prefix.includes('r') ? piece : unescaped(piece));
      parts.push(...(prefix.includes('f') ? formatParts(text, plain, line) : [plain(text)]));
    }
    if (parts.some((part) => typeof part !== 'string')) return { kind: 'format', parts };
    const text = parts.join('');
    return bytes ? { kind: 'bytes', text } : { kind: 'constant', value: text };
  }
}

function numberOf(text: string): bigint | number {
  const plain = text.replaceAll('_', '');
  return /^(?:0[xXoObB].*|\d+)$/.test(plain) ? BigInt(plain) : Number(plain);
}

/** The pieces of an f-string: texts, and expressions with how they are to be written. */
function formatParts(text: string, plain: (piece: string) => string, line: number): (string | FormatPart)[] {
  const parts: (string | FormatPart)[] = [];
  const pattern = /\{\{|\}\}|\{((?:[^{}'"]|'[^']*'|"[^"]*")+?)(=)?(?:!([rsa]))?(?::([^{}]*))?\}|([^{}]+)|([{}])/g;
  for (const [all, source, echo, conversion = '', spec = '', rest] of text.matchAll(pattern)) {
    if (rest !== undefined) parts.push(plain(rest));
    else if (all === '{{' || all === '}}') parts.push(all[0] ?? '');
    else if (source === undefined) throw new NotSimulated('f-strings with braces inside', line);
    else {
      if (echo) parts.push(`${source}=`);
      const value = new ExpressionParser(tokensOf(source)).expressions();
      parts.push({ value, conversion: echo && spec === '' ? 'r' : conversion, spec });
    }
  }
  return parts;
}
