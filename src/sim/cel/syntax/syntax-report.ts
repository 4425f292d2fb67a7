/**
 * What the grammar refuses, told as the server's parser tells it: it goes through the rules, leaves out or adds a token
 * where that helps, skips to what a rule may be followed by where it does not, and reports nothing more until a token fits.
 */
import { GRAMMAR, type Part, type RuleName } from './grammar.js';
import type { Issues } from './issues.js';
import { nextOf, type Rest, restOf, tokensText } from './next-tokens.js';
import type { Token, TokenKind, Unreadable } from './tokens.js';

/** A rule cannot go on. */
class Mismatch extends Error {}

/** The parser gives up. */
class GivenUp extends Error {}

interface Frame {
  rest: Rest | undefined;
  /** How tightly the operators of the rule must bind. */
  readonly binding: number;
}

const ATTEMPTS_MAX = 30;
const DEPTH_MAX = 250;
const PRODUCTS: ReadonlySet<TokenKind> = new Set(['*', '/', '%']);

/** Notes all mistakes. */
export function reportSyntax(
  tokens: readonly Token[],
  unreadable: readonly Unreadable[],
  issues: Issues,
  text: string,
): void {
  for (const { text: part, at } of unreadable) issues.add(at, `Syntax error: token recognition error at: '${part}'`);
  try {
    new Reporter(tokens, issues, text).run();
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
  }
}

class Reporter {
  private at = 0;
  private recovering = false;
  private attempts = 0;
  private lastError: { readonly at: number; readonly rests: Set<Rest | undefined> } | undefined;
  private readonly frames: Frame[] = [];

  constructor(
    private readonly tokens: readonly Token[],
    private readonly issues: Issues,
    private readonly text: string,
  ) {}

  run(): void {
    this.rule('start', 0);
  }

  private get token(): Token {
    return this.ahead(0);
  }

  private get frame(): Frame {
    return this.frames.at(-1) as Frame;
  }

  private ahead(count: number): Token {
    return this.tokens[Math.min(this.at + count, this.tokens.length - 1)] as Token;
  }

  private consume(): void {
    if (this.at < this.tokens.length - 1) this.at += 1;
  }

  private rule(name: RuleName, binding: number): void {
    if (this.frames.length > DEPTH_MAX * 10) throw new GivenUp();
    this.frames.push({ rest: restOf(GRAMMAR[name]), binding });
    try {
      this.parts(this.frame.rest, undefined);
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      this.recover();
    }
    this.frames.pop();
  }

  /** Goes through the parts up to a place that something else goes on from. */
  private parts(first: Rest | undefined, end: Rest | undefined): void {
    for (let rest = first; rest && rest !== end; rest = rest.next) {
      this.frame.rest = rest;
      this.part(rest.part, rest);
    }
  }

  private part(part: Part, rest: Rest): void {
    switch (part.is) {
      case 'token':
        this.match(part.kinds, rest);
        break;
      case 'rule':
        this.invoke(part.name, rest);
        break;
      case 'choice':
        this.sync(rest, false);
        this.parts(restOf(this.choose(part), rest.next), rest.next);
        break;
      case 'optional':
        this.sync(rest, false);
        if (nextOf(restOf(part.parts)).kinds.has(this.token.kind)) this.parts(restOf(part.parts, rest.next), rest.next);
        break;
      case 'star':
        this.sync(rest, false);
        while (this.entersLoop(part)) this.again(part, rest);
        break;
      case 'plus':
        this.sync(rest, false);
        do this.again(part, rest);
        while (this.entersLoop(part));
        break;
    }
  }

  private again({ by, parts }: Part & { is: 'star' | 'plus' }, rest: Rest): void {
    // Within the loop the loop itself follows, and after it what follows the loop.
    const loop: Rest = { part: { is: 'star', by, parts }, next: rest.next };
    this.parts(restOf(parts, loop), loop);
    this.frame.rest = loop;
    this.sync(loop, true);
  }

  /** The right side of an operator takes only operators that bind more tightly. */
  private invoke(name: RuleName, rest: Rest): void {
    const before = this.tokens[this.at - 1]?.kind;
    const isRight = rest.next?.part.is === 'star' && rest.next.part.by === name;
    this.rule(name, !isRight ? 0 : name === 'calc' && before && PRODUCTS.has(before) ? 3 : 2);
  }

  private match(kinds: readonly TokenKind[], rest: Rest): void {
    if (kinds.includes(this.token.kind)) this.matched();
    else this.recoverInline(kinds, rest);
  }

  private matched(): void {
    this.recovering = false;
    this.lastError = undefined;
    this.consume();
  }

  /** Tokens that may come at a place, going by all rules that are under way. */
  private expected(rest: Rest | undefined): Set<TokenKind> {
    let next = nextOf(rest);
    const kinds = new Set(next.kinds);
    for (let at = this.frames.length - 2; next.mayEnd && at >= 0; at -= 1) {
      next = nextOf(this.frames[at]?.rest?.next);
      for (const kind of next.kinds) kinds.add(kind);
    }
    return kinds;
  }

  private recoverInline(kinds: readonly TokenKind[], rest: Rest): void {
    this.countAttempt();
    if (kinds.includes(this.ahead(1).kind)) {
      this.unwanted(new Set(kinds));
      this.consume();
      this.matched();
      return;
    }
    if (!this.expected(rest.next).has(this.token.kind)) throw this.mismatch(new Set(kinds));
    this.report(`missing ${tokensText(new Set(kinds))} at ${this.tokenText()}`);
  }

  private tokenText(): string {
    const shown = this.token.text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
    return `'${shown}'`;
  }

  private unwanted(expecting: ReadonlySet<TokenKind>): void {
    this.report(`extraneous input ${this.tokenText()} expecting ${tokensText(expecting)}`);
  }

  private mismatch(expecting: ReadonlySet<TokenKind>): Mismatch {
    this.report(`mismatched input ${this.tokenText()} expecting ${tokensText(expecting)}`);
    return new Mismatch();
  }

  /** Nothing is told while the last mistake has not been got over. */
  private report(message: string, at = this.token.at): void {
    if (this.recovering) return;
    this.recovering = true;
    this.issues.add(at, `Syntax error: ${message}`);
  }

  /** Looks whether what comes next can be right, before a choice and after each turn of a loop. */
  private sync(rest: Rest, afterTurn: boolean): void {
    if (this.recovering) return;
    const { kinds, mayEnd } = nextOf(rest);
    if (mayEnd || kinds.has(this.token.kind)) return;
    const expecting = this.expected(rest);
    if (!afterTurn) {
      if (!expecting.has(this.ahead(1).kind)) throw this.mismatch(expecting);
      this.unwanted(expecting);
      this.consume();
      this.recovering = false;
      this.lastError = undefined;
      return;
    }
    this.unwanted(expecting);
    for (const kind of this.recoverySet()) expecting.add(kind);
    this.skipTo(expecting);
  }

  private recoverySet(): Set<TokenKind> {
    const kinds = new Set<TokenKind>();
    for (const { rest } of this.frames.slice(0, -1)) for (const kind of nextOf(rest?.next).kinds) kinds.add(kind);
    return kinds;
  }

  private skipTo(kinds: ReadonlySet<TokenKind>): void {
    while (this.token.kind !== 'EOF' && !kinds.has(this.token.kind)) this.consume();
  }

  private countAttempt(): void {
    if (this.attempts >= ATTEMPTS_MAX) {
      this.issues.add(this.token.at, `Syntax error: error recovery attempt limit exceeded: ${ATTEMPTS_MAX}`);
      throw new GivenUp();
    }
    this.attempts += 1;
  }

  private recover(): void {
    this.countAttempt();
    const { rest } = this.frame;
    if (this.lastError?.at === this.at && this.lastError.rests.has(rest)) this.consume();
    this.lastError = { at: this.at, rests: (this.lastError?.rests ?? new Set()).add(rest) };
    this.skipTo(this.recoverySet());
  }

  private entersLoop(part: Part & { is: 'star' | 'plus' }): boolean {
    const { kind } = this.token;
    if (!nextOf(restOf(part.parts)).kinds.has(kind)) return false;
    switch (part.by) {
      case 'relation':
        return this.frame.binding <= 1;
      case 'calc':
        return this.frame.binding <= (PRODUCTS.has(kind) ? 2 : 1);
      case 'comma':
        return nextOf(restOf(part.parts.slice(1))).kinds.has(this.ahead(1).kind);
      default:
        return true;
    }
  }

  private choose(part: Part & { is: 'choice' }): readonly Part[] {
    const chosen = this.alternative(part);
    const parts = part.alternatives[chosen];
    if (parts) return parts;
    const end = this.ahead(-chosen - 1);
    const shown = this.text.slice(this.token.at, end.kind === 'EOF' ? this.text.length : end.at + end.text.length);
    const written = shown === '' ? '<EOF>' : shown;
    const message = `no viable alternative at input '${written.replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`;
    // cel-go rewords this one where a word of the language stands for a name.
    this.report(
      message.replace(
        /no viable alternative at input '.(true|false|null)'/,
        "mismatched input '$1' expecting IDENTIFIER",
      ),
      end.at,
    );
    throw new Mismatch();
  }

  /** The alternative's number; less than zero where none fits, by how many tokens it took to see that. */
  private alternative({ by, alternatives }: Part & { is: 'choice' }): number {
    const [first, second] = [this.token.kind, this.ahead(1).kind];
    switch (by) {
      case 'unary':
        return this.unaryAlternative(first, second);
      case 'member':
        if (first === '[') return 2;
        if (second === 'IDENTIFIER') return this.ahead(2).kind === '(' ? 1 : 0;
        return second === '?' || second === 'ESC_IDENTIFIER' ? 0 : -2;
      case 'primary':
        return this.primaryAlternative(first, second);
      case 'literal':
        if (first === '-') return second === 'NUM_INT' ? 0 : second === 'NUM_FLOAT' ? 2 : -2;
    }
    const found = alternatives.findIndex((parts) => nextOf(restOf(parts)).kinds.has(first));
    return found < 0 ? -1 : found;
  }

  private unaryAlternative(first: TokenKind, second: TokenKind): number {
    if (first === '!') return 1;
    if (first !== '-') return nextOf(restOf([{ is: 'rule', name: 'member' }])).kinds.has(first) ? 0 : -1;
    if (second === 'NUM_INT' || second === 'NUM_FLOAT') return 0;
    const operand = nextOf(restOf([{ is: 'rule', name: 'member' }])).kinds;
    return operand.has(second) ? 2 : -2;
  }

  private primaryAlternative(first: TokenKind, second: TokenKind): number {
    const start = first === '.' ? 1 : 0;
    if (first === '.' && second !== 'IDENTIFIER') return -2;
    if (this.ahead(start).kind === 'IDENTIFIER') {
      let at = start + 1;
      if (this.ahead(at).kind === '(') return 1;
      while (this.ahead(at).kind === '.' && this.ahead(at + 1).kind === 'IDENTIFIER') at += 2;
      return this.ahead(at).kind === '{' ? 5 : 0;
    }
    const others: Partial<Record<TokenKind, number>> = { '(': 2, '[': 3, '{': 4 };
    return others[first] ?? (nextOf(restOf([{ is: 'rule', name: 'literal' }])).kinds.has(first) ? 6 : -1);
  }
}
