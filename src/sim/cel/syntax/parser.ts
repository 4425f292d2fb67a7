/** Tokens as an expression, by precedence. What the grammar refuses is thrown, and told in full by another reader. */
import { RESERVED } from '../escape.js';
import type { Value } from '../values.js';
import type { Entry, FieldEntry, Node } from './ast.js';
import type { Issues } from './issues.js';
import { type Read, readBytes, readDouble, readInt, readString, readUint } from './literals.js';
import { expandMacro } from './macros.js';
import type { Token, TokenKind } from './tokens.js';

/** The text is not of the grammar. */
export class NotOfGrammar extends Error {}

/** The text is nested too deeply. */
export class TooDeep extends Error {}

const DEPTH_MAX = 250;
const RELATIONS: ReadonlySet<TokenKind> = new Set(['<', '<=', '>=', '>', '==', '!=', 'in']);
const PRODUCTS: ReadonlySet<TokenKind> = new Set(['*', '/', '%']);
const SUMS: ReadonlySet<TokenKind> = new Set(['+', '-']);

type Rule = 'expr' | 'relation' | 'calc' | 'member';

/** Reads one expression. */
export class Parser {
  private next = 0;
  /** How deep the last expression read is nested, as its reader goes through it. */
  private height = 0;
  private readonly depth: Record<Rule, number> = { expr: 0, relation: 0, calc: 0, member: 0 };

  constructor(
    private readonly tokens: readonly Token[],
    private readonly issues: Issues,
  ) {}

  /** Reads all tokens as one expression. */
  parse(): Node {
    const node = this.expression();
    if (this.kind !== 'EOF') throw new NotOfGrammar();
    return node;
  }

  private get token(): Token {
    return this.tokens[this.next] as Token;
  }

  private get kind(): TokenKind {
    return this.token.kind;
  }

  private take(): Token {
    const { token } = this;
    this.next += 1;
    return token;
  }

  private accept(kind: TokenKind): Token | undefined {
    return this.kind === kind ? this.take() : undefined;
  }

  private expect(kind: TokenKind): Token {
    if (this.kind !== kind) throw new NotOfGrammar();
    return this.take();
  }

  private enter(rule: Rule): void {
    this.depth[rule] += 1;
    if (this.depth[rule] > DEPTH_MAX) throw new TooDeep(`expression recursion limit exceeded: ${DEPTH_MAX}`);
  }

  private rise(below: number): void {
    this.height = below + 1;
    if (this.height > DEPTH_MAX) throw new TooDeep('max recursion depth exceeded');
  }

  private mistake(at: number, message: string): Node {
    this.issues.add(at, message);
    return { kind: 'literal', at, value: null };
  }

  private expression(): Node {
    this.enter('expr');
    let node = this.logical('||');
    const mark = this.accept('?');
    if (mark) {
      const conditionHeight = this.height;
      const yes = this.logical('||');
      const yesHeight = this.height;
      this.expect(':');
      const no = this.expression();
      this.rise(Math.max(conditionHeight, yesHeight, this.height));
      node = { kind: 'call', at: mark.at, name: '_?_:_', target: undefined, args: [node, yes, no] };
    }
    this.depth.expr -= 1;
    return node;
  }

  private logical(sign: '||' | '&&'): Node {
    const operand = (): Node => (sign === '||' ? this.logical('&&') : this.relation());
    const terms = [operand()];
    const marks: number[] = [];
    let { height } = this;
    for (let mark = this.accept(sign); mark; mark = this.accept(sign)) {
      marks.push(mark.at);
      terms.push(operand());
      height = Math.max(height, this.height);
    }
    this.height = height;
    return marks.length === 0 ? (terms[0] as Node) : balanced(`_${sign}_`, terms, marks, 0, marks.length - 1);
  }

  private relation(): Node {
    const before = this.depth.relation;
    this.enter('relation');
    let node = this.sum();
    while (RELATIONS.has(this.kind)) {
      const { height } = this;
      const mark = this.take();
      this.enter('relation');
      const right = this.sum();
      this.depth.relation -= 1;
      this.rise(Math.max(height, this.height));
      node = binary(mark.kind === 'in' ? '@in' : `_${mark.kind}_`, mark.at, node, right);
    }
    this.depth.relation = before;
    return node;
  }

  private sum(): Node {
    const before = this.depth.calc;
    this.enter('calc');
    const node = this.calc(this.unary(), SUMS);
    this.depth.calc = before;
    return node;
  }

  private calc(first: Node, signs: ReadonlySet<TokenKind>): Node {
    let node = signs === SUMS ? this.calc(first, PRODUCTS) : first;
    while (signs.has(this.kind)) {
      const { height } = this;
      const mark = this.take();
      this.enter('calc');
      const right = signs === SUMS ? this.calc(this.unary(), PRODUCTS) : this.unary();
      this.depth.calc -= 1;
      this.rise(Math.max(height, this.height));
      node = binary(`_${mark.kind}_`, mark.at, node, right);
    }
    return node;
  }

  private unary(): Node {
    const sign = this.kind;
    if (sign !== '!' && sign !== '-') return this.member();
    const first = this.token;
    if (sign === '-' && this.isNumber(1)) return this.member();
    let count = 0;
    while (this.kind === sign && !(count === 0 && sign === '-' && this.isNumber(1))) {
      this.take();
      count += 1;
    }
    const operand = this.member();
    if (count % 2 === 0) return operand;
    return { kind: 'call', at: first.at, name: sign === '!' ? '!_' : '-_', target: undefined, args: [operand] };
  }

  private isNext(kind: TokenKind, ahead: number): boolean {
    return this.tokens[this.next + ahead]?.kind === kind;
  }

  private isNumber(ahead: number): boolean {
    const kind = this.tokens[this.next + ahead]?.kind;
    return kind === 'NUM_INT' || kind === 'NUM_FLOAT';
  }

  private member(): Node {
    const before = this.depth.member;
    this.enter('member');
    let node = this.primary();
    while (this.kind === '.' || this.kind === '[') {
      const { height } = this;
      const mark = this.take();
      node = mark.kind === '.' ? this.afterDot(node, mark, height) : this.index(node, mark, height);
    }
    this.depth.member = before;
    return node;
  }

  private afterDot(operand: Node, dot: Token, height: number): Node {
    const optional = this.accept('?') !== undefined;
    const name = this.fieldName(optional ? this.token.at : undefined);
    const open = optional || name.kind === 'ESC_IDENTIFIER' ? undefined : this.accept('(');
    if (open) {
      const args = this.args();
      this.rise(Math.max(height, args.height));
      return this.call(open.at, name.text, operand, args.nodes);
    }
    this.rise(height);
    if (!optional) return { kind: 'select', at: dot.at, operand, field: name.text, test: false };
    const field: Node = { kind: 'literal', at: name.at, value: name.text };
    return binary('_?._', dot.at, operand, field);
  }

  /** A field's name; where there is none after a question mark, that is told beside what the grammar says. */
  private fieldName(optionalAt: number | undefined): Token {
    if (this.kind !== 'ESC_IDENTIFIER') {
      if (optionalAt !== undefined && this.kind !== 'IDENTIFIER') this.mistake(optionalAt, 'unsupported ident kind');
      return this.expect('IDENTIFIER');
    }
    this.mistake(this.token.at, "unsupported syntax: '`'");
    return this.take();
  }

  private index(operand: Node, mark: Token, height: number): Node {
    const optional = this.accept('?') !== undefined;
    const key = this.expression();
    this.expect(']');
    this.rise(Math.max(height, this.height));
    return binary(optional ? '_[?_]' : '_[_]', mark.at, operand, key);
  }

  private call(at: number, name: string, target: Node | undefined, args: readonly Node[]): Node {
    const expansion = expandMacro(at, name, target, args);
    if (!expansion) return { kind: 'call', at, name, target, args };
    return 'mistake' in expansion ? this.mistake(expansion.at, expansion.mistake) : expansion;
  }

  private args(): { nodes: Node[]; height: number } {
    const nodes: Node[] = [];
    let height = 0;
    if (this.accept(')')) return { nodes, height };
    do {
      nodes.push(this.expression());
      height = Math.max(height, this.height);
    } while (this.accept(','));
    this.expect(')');
    return { nodes, height };
  }

  private primary(): Node {
    this.height = 0;
    const { token } = this;
    switch (token.kind) {
      case '.':
      case 'IDENTIFIER':
        return this.named();
      case '(': {
        this.take();
        const node = this.expression();
        this.expect(')');
        return node;
      }
      case '[':
        return this.list(this.take());
      case '{':
        return this.map(this.take());
      default:
        return this.literal();
    }
  }

  private named(): Node {
    const dot = this.accept('.');
    const start = dot ?? this.token;
    const name = this.expect('IDENTIFIER');
    const full = `${dot ? '.' : ''}${name.text}`;
    const struct = this.structType(full);
    if (struct) return struct;
    const open = this.accept('(');
    const args = open ? this.args() : undefined;
    if (RESERVED.has(name.text)) return this.mistake(start.at, `reserved identifier: ${name.text}`);
    if (!open || !args) return { kind: 'ident', at: name.at, name: full };
    this.height = args.height;
    return this.call(open.at, full, undefined, args.nodes);
  }

  /** An object that is made, where names with dots are followed by a brace. */
  private structType(first: string): Node | undefined {
    let ahead = this.next;
    let type = first;
    while (this.tokens[ahead]?.kind === '.' && this.tokens[ahead + 1]?.kind === 'IDENTIFIER') {
      type += `.${this.tokens[ahead + 1]?.text}`;
      ahead += 2;
    }
    if (this.tokens[ahead]?.kind !== '{') return undefined;
    this.next = ahead;
    const brace = this.take();
    const fields: FieldEntry[] = [];
    let height = 0;
    this.listed('}', () => {
      const mark = this.accept('?');
      const optional = mark !== undefined;
      const name = this.fieldName(mark?.at);
      const colon = this.expect(':');
      fields.push({ at: colon.at, name: name.text, value: this.expression(), optional });
      height = Math.max(height, this.height);
    });
    this.height = height;
    return { kind: 'struct', at: brace.at, type, fields };
  }

  private list(open: Token): Node {
    const elements: Node[] = [];
    const optional = new Set<number>();
    let height = 0;
    this.listed(']', () => {
      if (this.accept('?')) optional.add(elements.length);
      elements.push(this.expression());
      height = Math.max(height, this.height);
    });
    this.height = height;
    return { kind: 'list', at: open.at, elements, optional };
  }

  private map(open: Token): Node {
    const entries: Entry[] = [];
    let height = 0;
    this.listed('}', () => {
      const optional = this.accept('?') !== undefined;
      const known = this.issues.length;
      const key = this.expression();
      height = Math.max(height, this.height);
      // A key without a value is not looked at.
      if (!this.isNext(':', 0)) this.issues.forget(known);
      const colon = this.expect(':');
      entries.push({ at: colon.at, key, value: this.expression(), optional });
      height = Math.max(height, this.height);
    });
    this.height = height;
    return { kind: 'map', at: open.at, entries };
  }

  /** Things with commas between, and one after the last if one likes; a comma alone is nothing listed. */
  private listed(close: TokenKind, one: () => void): void {
    if (!this.isNext(close, 0) && !this.isNext(',', 0)) {
      one();
      while (this.isNext(',', 0) && !this.isNext(close, 1)) {
        this.take();
        one();
      }
    }
    this.accept(',');
    this.expect(close);
  }

  private literal(): Node {
    const sign = this.accept('-');
    const { kind, text, at } = this.take();
    const start = sign?.at ?? at;
    switch (kind) {
      case 'NUM_INT':
        return this.read(start, readInt(text, sign !== undefined));
      case 'NUM_FLOAT':
        return this.read(start, readDouble(text, sign !== undefined));
      default:
        if (sign) throw new NotOfGrammar();
        return this.unsigned(kind, text, at);
    }
  }

  private unsigned(kind: TokenKind, text: string, at: number): Node {
    switch (kind) {
      case 'NUM_UINT':
        return this.read(at, readUint(text));
      case 'STRING':
        return this.read(at, readString(text));
      case 'BYTES':
        return this.read(at, readBytes(text));
      case 'true':
      case 'false':
        return constant(at, kind === 'true');
      case 'null':
        return constant(at, null);
      default:
        throw new NotOfGrammar();
    }
  }

  private read(at: number, read: Read): Node {
    return read.mistake === undefined ? constant(at, read.value) : this.mistake(at, read.mistake);
  }
}

function constant(at: number, value: Value): Node {
  return { kind: 'literal', at, value };
}

function binary(name: string, at: number, left: Node, right: Node): Node {
  return { kind: 'call', at, name, target: undefined, args: [left, right] };
}

/** Long rows of `&&` and `||` become a tree that is no deeper than it must be. */
function balanced(name: string, terms: readonly Node[], marks: readonly number[], low: number, high: number): Node {
  const middle = Math.trunc((low + high + 1) / 2);
  const left = middle === low ? terms[middle] : balanced(name, terms, marks, low, middle - 1);
  const right = middle === high ? terms[middle + 1] : balanced(name, terms, marks, middle + 1, high);
  return binary(name, marks[middle] as number, left as Node, right as Node);
}
