import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd } from './chars.js';
import { Cursor, type Mark } from './cursor.js';
import { scannerError } from './errors.js';
import { scanBlockScalar } from './scan-block-scalar.js';
import { scanDirective } from './scan-directive.js';
import { scanPlain } from './scan-plain.js';
import { scanQuoted } from './scan-quoted.js';
import { scanAnchor, scanTag } from './scan-tag.js';
import { SimpleKeys } from './simple-keys.js';
import { type Token, type TokenType, token } from './token.js';
import { atDocumentIndicator } from './whitespace.js';

const FLOW_TOKENS: Readonly<Record<string, TokenType>> = {
  '[': 'flow-sequence-start',
  '{': 'flow-mapping-start',
  ']': 'flow-sequence-end',
  '}': 'flow-mapping-end',
};

/** Nothing plain starts with these, except that `-`, `?` and `:` may when more follows them at once. */
const INDICATORS = '-?:,[]{}#&*!|>\'"%@`';

/**
 * Turns text into tokens, one step ahead of the parser. A key is only known for one when its colon comes,
 * so tokens wait in a queue as long as a key could still have to be put in before them.
 */
export class Scanner {
  private readonly cursor: Cursor;
  private readonly queue: Token[] = [];
  private readonly keys: SimpleKeys;
  private readonly indents: number[] = [];
  private taken = 0;
  private indent = -1;
  private flowLevel = 0;
  private keyAllowed = true;

  constructor(text: string) {
    this.cursor = new Cursor(text);
    this.keys = new SimpleKeys(this.cursor);
  }

  /** The next token, left where it is. */
  peek(): Token {
    while (this.queue.length === 0 || this.keys.mayStartAt(this.taken)) this.fetch();
    return this.queue[0] as Token;
  }

  /** Drops the token that `peek` showed. */
  skip(): void {
    this.queue.shift();
    this.taken++;
  }

  private fetch(): void {
    this.skipToToken();
    this.unrollIndent(this.cursor.column);
    const char = this.cursor.peek();
    if (char === '') return this.fetchStreamEnd();
    if (this.cursor.column === 0 && char === '%') return this.fetchDirective();
    if (atDocumentIndicator(this.cursor)) return this.fetchDocumentIndicator(char);
    if ('[{'.includes(char)) return this.fetchFlowStart(char);
    if (']}'.includes(char)) return this.fetchFlowEnd(char);
    if (char === ',') return this.fetchFlowEntry();
    const follows = isBlankOrEnd(this.cursor.peek(1));
    if (char === '-' && follows) return this.fetchBlockEntry();
    if (char === '?' && (this.flowLevel > 0 || follows)) return this.fetchKey();
    if (char === ':' && (this.flowLevel > 0 || follows)) return this.fetchValue();
    this.fetchContent(char);
  }

  private fetchContent(char: string): void {
    const cursor = this.cursor;
    if ((char === '|' || char === '>') && this.flowLevel === 0) {
      this.keys.remove();
      this.keyAllowed = true;
      this.queue.push(scanBlockScalar(cursor, this.indent));
      return;
    }
    if (char === '*' || char === '&')
      return this.fetchKeyable(() => scanAnchor(cursor, char === '*' ? 'alias' : 'anchor'));
    if (char === '!') return this.fetchKeyable(() => scanTag(cursor));
    if (char === "'" || char === '"') return this.fetchKeyable(() => scanQuoted(cursor));
    if (this.plainMayStart(char)) return this.fetchKeyable(() => this.plain());
    const here = cursor.mark();
    throw scannerError('found character that cannot start any token', here, here);
  }

  private plainMayStart(char: string): boolean {
    const next = this.cursor.peek(1);
    if (!isBlankOrEnd(char) && !INDICATORS.includes(char)) return true;
    if (char === '-') return !isBlank(next);
    return this.flowLevel === 0 && (char === '?' || char === ':') && !isBlankOrEnd(next);
  }

  private plain(): Token {
    const scalar = scanPlain(this.cursor, this.indent, this.flowLevel > 0);
    if (scalar.endedLine) this.keyAllowed = true;
    return scalar.token;
  }

  /** Reads something that may turn out to be a key. */
  private fetchKeyable(scan: () => Token): void {
    this.saveKey();
    this.keyAllowed = false;
    this.queue.push(scan());
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    const required = this.flowLevel === 0 && this.indent === this.cursor.column;
    this.keys.save(required, this.taken + this.queue.length);
  }

  private fetchStreamEnd(): void {
    this.cursor.forceNewLine();
    this.leaveBlocks();
    this.push('stream-end', 0);
  }

  private fetchDirective(): void {
    this.leaveBlocks();
    this.queue.push(scanDirective(this.cursor));
  }

  private fetchDocumentIndicator(char: string): void {
    this.leaveBlocks();
    this.push(char === '-' ? 'document-start' : 'document-end', 3);
  }

  private leaveBlocks(): void {
    this.unrollIndent(-1);
    this.keys.remove();
    this.keyAllowed = false;
  }

  private fetchFlowStart(char: string): void {
    this.saveKey();
    this.keys.enterFlow(this.taken + this.queue.length);
    this.flowLevel++;
    this.keyAllowed = true;
    this.push(FLOW_TOKENS[char] as TokenType, 1);
  }

  private fetchFlowEnd(char: string): void {
    this.keys.remove();
    if (this.flowLevel > 0) {
      this.keys.leaveFlow();
      this.flowLevel--;
    }
    this.keyAllowed = false;
    this.push(FLOW_TOKENS[char] as TokenType, 1);
  }

  private fetchFlowEntry(): void {
    this.keys.remove();
    this.keyAllowed = true;
    this.push('flow-entry', 1);
  }

  private fetchBlockEntry(): void {
    // Inside a flow collection the parser complains, for it knows the better words.
    if (this.flowLevel === 0) {
      this.demandKeyAllowed('block sequence entries are not allowed in this context');
      this.rollIndent(this.cursor.mark(), 'block-sequence-start');
    }
    this.keys.remove();
    this.keyAllowed = true;
    this.push('block-entry', 1);
  }

  private fetchKey(): void {
    if (this.flowLevel === 0) {
      this.demandKeyAllowed('mapping keys are not allowed in this context');
      this.rollIndent(this.cursor.mark(), 'block-mapping-start');
    }
    this.keys.remove();
    this.keyAllowed = this.flowLevel === 0;
    this.push('key', 1);
  }

  private fetchValue(): void {
    const key = this.keys.takeValid();
    if (key !== undefined) {
      const at = key.tokenNumber - this.taken;
      this.insert(at, token('key', key.mark, key.mark));
      this.rollIndent(key.mark, 'block-mapping-start', at);
      this.keyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        this.demandKeyAllowed('mapping values are not allowed in this context');
        this.rollIndent(this.cursor.mark(), 'block-mapping-start');
      }
      this.keyAllowed = this.flowLevel === 0;
    }
    this.push('value', 1);
  }

  private demandKeyAllowed(problem: string): void {
    const here = this.cursor.mark();
    if (!this.keyAllowed) throw scannerError(problem, here, here);
  }

  /** Opens a block when its first entry stands deeper than the block around it. */
  private rollIndent(mark: Mark, type: TokenType, at = this.queue.length): void {
    if (this.flowLevel > 0 || this.indent >= mark.column) return;
    this.indents.push(this.indent);
    this.indent = mark.column;
    this.insert(at, token(type, mark, mark));
  }

  /** A place that is already behind the parser means the end of the queue, as in the library. */
  private insert(at: number, inserted: Token): void {
    this.queue.splice(at < 0 ? this.queue.length : at, 0, inserted);
  }

  /** Closes every block that is deeper than `column`. */
  private unrollIndent(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.push('block-end', 0);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private push(type: TokenType, width: number): void {
    const start = this.cursor.mark();
    this.cursor.skip(width);
    this.queue.push(token(type, start, this.cursor.mark()));
  }

  /** Eats white space and comments. A tab is white space only where no key could start. */
  private skipToToken(): void {
    const cursor = this.cursor;
    for (;;) {
      while (cursor.peek() === ' ' || ((this.flowLevel > 0 || !this.keyAllowed) && cursor.peek() === '\t'))
        cursor.skip();
      if (cursor.peek() === '#') while (!isBreakOrEnd(cursor.peek())) cursor.skip();
      if (!isBreak(cursor.peek())) return;
      cursor.takeBreak();
      if (this.flowLevel === 0) this.keyAllowed = true;
    }
  }
}
