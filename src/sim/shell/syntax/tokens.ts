import type { Language } from './language.js';
import { BASH_LANGUAGE } from './language.js';
import type { Found, ReadOptions } from './verdict.js';
import { Unfinished, Wrong } from './verdict.js';

/** One token of the shell's grammar. */
export interface Token {
  readonly kind: 'word' | 'operator' | 'newline' | 'number' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface HereDocument {
  readonly delimiter: string;
  readonly strip: boolean;
  readonly line: number;
}

const META = /[\s;&|()<>]/;

/** What scans the commands inside `$( )`, from after the parenthesis to after the closing one. */
export type ScanCommands = (tokens: Tokens, opening: number) => void;

/** Cuts a text into tokens and reads over quotes, expansions and here-documents. The text changes where aliases are expanded. */
export class Tokens {
  text: string;
  at: number;
  readonly options: ReadOptions;
  readonly warnings: { line: number; delimiter: string; at: number }[] = [];
  private readonly scanCommands: ScanCommands;
  private pending: HereDocument[] = [];
  private current: Token | undefined;
  /** How many command substitutions are being read over: their text is read again, with its aliases, when it runs. */
  substitutions = 0;
  private readonly aliased = new Map<number, Set<string>>();
  readonly language: Language;
  /** What the dialect's meaning needs put into the text before bash's parser reads it, by place. */
  private readonly puts = new Map<number, string>();

  constructor(text: string, at: number, options: ReadOptions, scanCommands: ScanCommands) {
    this.text = text;
    this.at = at;
    this.options = options;
    this.language = options.language ?? BASH_LANGUAGE;
    this.scanCommands = scanCommands;
  }

  /** The next token, left in place. */
  peek(): Token {
    this.current ??= this.read();
    return this.current;
  }

  /** The next token, taken. A newline takes the bodies of here-documents with it. */
  next(): Token {
    const token = this.peek();
    this.current = undefined;
    this.at = token.end;
    if (token.kind === 'newline' && this.pending.length > 0) this.readBodies();
    return token;
  }

  /** Lets bash's parser read `what` before the character at a place: a backslash takes a meaning from a word. */
  put(at: number, what: string): void {
    this.puts.set(at, what);
  }

  /** A part of the text as bash's parser shall read it. */
  plainText(from: number, to: number): string {
    let result = '';
    let done = from;
    for (const [at, what] of [...this.puts].sort(([one], [other]) => one - other)) {
      if (at < from || at >= to) continue;
      result += this.text.slice(done, at) + what;
      done = at;
    }
    return result + this.text.slice(done, to);
  }

  /** Forgets what was peeked at: the text there has changed or is read in another way. */
  reset(at: number): void {
    this.current = undefined;
    this.at = at;
  }

  /** The aliases expanded so far at a place: none is expanded in its own text. */
  aliasesAt(position: number): Set<string> {
    let names = this.aliased.get(position);
    if (!names) {
      names = new Set();
      this.aliased.set(position, names);
    }
    return names;
  }

  /** Puts other text in the place of a token. */
  replace(token: Token, text: string): void {
    this.text = this.text.slice(0, token.start) + text + this.text.slice(token.end);
    this.reset(token.start);
  }

  expectHereDocument(word: Token, strip: boolean): void {
    this.pending.push({ delimiter: withoutQuotes(word.text), strip, line: this.lineAt(word.start) });
  }

  get awaitsHereDocument(): boolean {
    return this.pending.length > 0;
  }

  /** Bodies of documents that begin at the end of the text. */
  readBodies(): void {
    for (const { delimiter, strip, line } of this.pending.splice(0)) this.readBody(delimiter, strip, line);
  }

  lineAt(position: number): number {
    let line = 1;
    for (let at = this.text.indexOf('\n'); at >= 0 && at < position; at = this.text.indexOf('\n', at + 1)) line += 1;
    return line;
  }

  private readBody(delimiter: string, strip: boolean, line: number): void {
    while (this.at < this.text.length) {
      const stop = this.text.indexOf('\n', this.at);
      const end = stop < 0 ? this.text.length : stop;
      let content = this.text.slice(this.at, end);
      if (strip) content = content.replace(/^\t+/, '');
      this.at = stop < 0 ? end : stop + 1;
      if (content === delimiter) return;
    }
    if (!this.options.final) throw new Unfinished('here-document', 'end', this.at);
    this.warnings.push({ line, delimiter, at: this.at });
  }

  private read(): Token {
    this.skipBlanks();
    const { text, at } = this;
    const char = text[at];
    if (char === undefined) return { kind: 'end', text: 'newline', start: at, end: at };
    if (char === '\n') return { kind: 'newline', text: 'newline', start: at, end: at + 1 };
    const substitution = this.language.processSubstitution && (char === '<' || char === '>') && text[at + 1] === '(';
    if (!substitution) {
      const operator = this.language.operators.find((candidate) => text.startsWith(candidate, at));
      if (operator === '&' && text[at + 1] === '>') this.put(at + 1, ' ');
      if (operator !== undefined) return { kind: 'operator', text: operator, start: at, end: at + operator.length };
    }
    const end = this.wordEnd(at);
    const word = text.slice(at, end);
    const number = (text[end] === '<' || text[end] === '>') && (/^\d+$/.test(word) || /^\{[A-Za-z_]\w*\}$/.test(word));
    return { kind: number ? 'number' : 'word', text: word, start: at, end };
  }

  private skipBlanks(): void {
    const { text } = this;
    for (;;) {
      const char = text[this.at];
      if (char === ' ' || char === '\t' || char === '\r') this.at += 1;
      else if (char === '\\' && text[this.at + 1] === '\n') {
        this.at += 2;
        if (this.at >= text.length && !this.options.final) throw new Unfinished('backslash', 'end', this.at);
      } else break;
    }
    if (text[this.at] === '#') {
      const stop = text.indexOf('\n', this.at);
      this.at = stop < 0 ? text.length : stop;
    }
  }

  /** Where the word that begins at `from` ends. */
  wordEnd(from: number): number {
    const { text } = this;
    let at = from;
    for (;;) {
      const char = text[at];
      if (char === undefined) break;
      if ((char === '<' || char === '>') && text[at + 1] === '(' && this.language.processSubstitution) {
        at = this.skipCommands(at + 2, at + 1);
      } else if (char === '{' && !this.language.braces && !(at === from && META.test(text[at + 1] ?? ' '))) {
        this.put(at, '\\');
        at += 1;
      } else if (char === '(') {
        const before = text[at - 1];
        const array = at > from && before === '=' && /^[A-Za-z_]\w*(?:\[[^\n]*\])?\+?=$/.test(text.slice(from, at));
        if (array && this.language.arrays) at = this.skipParentheses(at, "`)'");
        else if (this.options.extglob && at > from && '?*+@!'.includes(before ?? ' ')) at = this.skipPattern(at);
        else break;
      } else if (char === '[' && /^[A-Za-z_]\w*$/.test(text.slice(from, at))) {
        at = this.skipSubscript(at);
      } else if (META.test(char)) break;
      else at = this.skipPiece(at);
    }
    return at;
  }

  /** A subscript may hold blanks and quotes, when an assignment follows; else `[` is a character like others. */
  private skipSubscript(from: number): number {
    const match =
      /^\[(?:[^\]\n'"$`\\[]|'[^']*'|"(?:[^"\\]|\\.)*"|\$\w+|\$\{\w+\}|\$\(\([^\n]*?\)\)|\[[^\]\n]*\])*\]\+?=/.exec(
        this.text.slice(from, from + 500),
      );
    return match ? from + match[0].length - (match[0].endsWith('+=') ? 2 : 1) : from + 1;
  }

  /** One character, or one quoted or expanded piece, from `at`; returns where the next begins. */
  skipPiece(at: number): number {
    const { text } = this;
    switch (text[at]) {
      case '\\':
        if (at + 1 >= text.length || (text[at + 1] === '\n' && at + 2 >= text.length)) {
          if (!this.options.final) throw new Unfinished('backslash', 'end', at);
        }
        return Math.min(at + 2, text.length);
      case "'":
        return this.skipTo("'", at + 1, at);
      case '"':
        return this.skipDoubleQuotes(at);
      case '`':
        return this.skipBackquotes(at);
      case '$':
        return this.skipDollar(at);
      default:
        return at + 1;
    }
  }

  private skipTo(quote: string, from: number, opening: number): number {
    const end = this.text.indexOf(quote, from);
    if (end < 0) throw unmatched(quote, opening);
    return end + 1;
  }

  private skipDoubleQuotes(opening: number): number {
    const { text } = this;
    let at = opening + 1;
    while (at < text.length) {
      const char = text[at];
      if (char === '"') return at + 1;
      if (char === '\\') at += 2;
      else if (char === '`') at = this.skipBackquotes(at);
      else if (char === '$' && /[({[]/.test(text[at + 1] ?? '')) at = this.skipDollar(at);
      else at += 1;
    }
    throw unmatched('"', opening);
  }

  private skipBackquotes(opening: number): number {
    const { text } = this;
    for (let at = opening + 1; at < text.length; at += 1) {
      if (text[at] === '\\') at += 1;
      else if (text[at] === '`') return at + 1;
    }
    throw unmatched('`', opening);
  }

  private skipDollar(at: number): number {
    const { text } = this;
    switch (text[at + 1]) {
      case "'":
        if (!this.language.dollarQuotes) {
          this.put(at, '\\');
          return at + 1;
        }
        for (let end = at + 2; end < text.length; end += 1) {
          if (text[end] === '\\') end += 1;
          else if (text[end] === "'") return end + 1;
        }
        throw unmatched("'", at);
      case '"':
        if (!this.language.braces) this.put(at, '\\');
        return this.skipDoubleQuotes(at + 1);
      case '{':
        return this.skipBraces(at + 1);
      case '[':
        return this.skipNested('[', ']', at + 1);
      case '(':
        return text[at + 2] === '(' ? this.skipArithmetic(at + 1) : this.skipCommands(at + 2, at + 1);
      default:
        return at + 1;
    }
  }

  /** `$((…))`, or a command substitution that begins with a subshell. */
  private skipArithmetic(opening: number): number {
    const end = this.skipNested('(', ')', opening);
    if (this.text[end - 2] === ')') return end;
    return this.skipCommands(opening + 1, opening);
  }

  private skipBraces(opening: number): number {
    const { text } = this;
    let at = opening + 1;
    while (at < text.length) {
      if (text[at] === '}') return at + 1;
      // Inside double quotes a single quote is a plain character here, so one without a partner is none.
      if (text[at] === "'" && text.indexOf("'", at + 1) < 0) at += 1;
      else at = this.skipPiece(at);
    }
    throw unmatched('}', opening);
  }

  /** Balanced brackets, with quotes and expansions inside. */
  private skipNested(open: string, close: string, opening: number): number {
    const { text } = this;
    let depth = 0;
    let at = opening;
    while (at < text.length) {
      const char = text[at];
      if (char === open) depth += 1;
      else if (char === close) {
        depth -= 1;
        if (depth === 0) return at + 1;
      }
      at = char === open || char === close ? at + 1 : this.skipPiece(at);
    }
    throw unmatched(close, opening);
  }

  /** From `((` to after `))`; undefined when the parentheses do not end together. */
  arithmeticEnd(opening: number): number | undefined {
    const end = this.skipNested('(', ')', opening);
    return this.text[end - 2] === ')' ? end : undefined;
  }

  private skipPattern(opening: number): number {
    return this.skipNested('(', ')', opening);
  }

  /** An array's values: words, newlines and comments. */
  private skipParentheses(opening: number, wanted: string): number {
    const { text } = this;
    let at = opening + 1;
    while (at < text.length) {
      const char = text[at] as string;
      if (char === ')') return at + 1;
      if (char === '#' && META.test(text[at - 1] ?? ' ')) {
        const stop = text.indexOf('\n', at);
        at = stop < 0 ? text.length : stop;
      } else if ((char === '<' || char === '>') && text[at + 1] === '(') at = this.skipCommands(at + 2, at + 1);
      else if (this.options.extglob && char === '(') at = this.skipPattern(at);
      else if (char === '(' || char === '&' || char === '|' || char === ';')
        throw new Wrong(`syntax error near unexpected token \`${char}'`, at, true, 'array');
      else at = this.skipPiece(at);
    }
    throw unmatched(wanted.slice(1, -1), opening, 1);
  }

  private skipCommands(from: number, opening: number): number {
    const saved = this.current;
    const pending = this.pending;
    const { at } = this;
    this.pending = [];
    this.reset(from);
    this.scanCommands(this, opening);
    const end = this.at;
    this.current = saved;
    this.pending = pending;
    this.at = at;
    return end;
  }
}

function unmatched(wanted: string, opening: number, status = 2): Unfinished {
  const words = `unexpected EOF while looking for matching \`${wanted}'`;
  return new Unfinished(words, 'opening', opening, status, foundUnmatched(wanted));
}

/** The same as ash and dash say it. */
function foundUnmatched(wanted: string): Found {
  if (wanted === '`') return { what: 'EOF in backquote substitution', whole: true };
  if (wanted === '}') return { what: "missing '}'", whole: true };
  if (wanted === ')') return { what: "missing '))'", whole: true };
  return { what: 'unterminated quoted string', whole: true };
}

/** The word that ends a here-document, its quotes taken away. */
function withoutQuotes(word: string): string {
  return word.replace(
    /\$?'([^']*)'|\$?"((?:[^"\\]|\\.)*)"|\\(.)/gs,
    (_all, single, double, char) => single ?? (double === undefined ? char : double.replace(/\\([$`"\\])/g, '$1')),
  );
}
