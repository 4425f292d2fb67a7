import { BracketError, readBracket } from './brackets.js';
import type { PatternOptions } from './pattern-text.js';
import { escapeLiteral, PatternError } from './pattern-text.js';

const WORD = '[\\p{L}\\p{N}_]';
const NOT_WORD = '[^\\p{L}\\p{N}_]';
const AT_START = '(?<![^])';
const AT_END = '(?![^])';
/** GNU's extensions after a backslash. */
const ASSERTIONS: Readonly<Record<string, string>> = {
  w: WORD,
  W: NOT_WORD,
  s: '\\s',
  S: '\\S',
  '<': `(?<!${WORD})(?=${WORD})`,
  '>': `(?<=${WORD})(?!${WORD})`,
  b: `(?:(?<!${WORD})(?=${WORD})|(?<=${WORD})(?!${WORD}))`,
  B: `(?:(?<!${WORD})(?!${WORD})|(?<=${WORD})(?=${WORD}))`,
  '`': AT_START,
  "'": AT_END,
};
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };
const REPEATS_MAX = 32_767;

/** Turns a POSIX pattern, basic or extended, with GNU's extensions, into a JavaScript one. */
export class RegexTranslator {
  private at = 0;
  private groups = 0;
  private open = 0;
  private ambiguous = false;
  private readonly extended: boolean;

  constructor(
    private readonly text: string,
    private readonly options: PatternOptions,
  ) {
    this.extended = options.syntax === 'extended';
  }

  /** Throws PatternError. */
  all(): { source: string; groups: number; ambiguous: boolean } {
    try {
      const source = this.alternatives();
      if (this.at < this.text.length) throw new PatternError('Unmatched ) or \\)');
      return { source, groups: this.groups, ambiguous: this.ambiguous };
    } catch (thrown) {
      if (thrown instanceof BracketError) throw new PatternError(thrown.message);
      throw thrown;
    }
  }

  private alternatives(): string {
    let source = this.branch();
    while (this.isOperator('|')) {
      this.skipOperator();
      this.ambiguous = true;
      source += `|${this.branch()}`;
    }
    return source;
  }

  private branch(): string {
    let source = '';
    let start = true;
    while (
      this.at < this.text.length &&
      !this.isOperator('|') &&
      !(this.isOperator(')') && (this.open > 0 || this.options.escapes !== 'awk'))
    ) {
      const before = this.at;
      let atom = this.atom(start);
      const anchor = !this.extended && start && this.text[before] === '^';
      if (anchor) {
        source += atom;
        continue;
      }
      start = false;
      for (let quantifier = this.quantifier(); quantifier !== undefined; quantifier = this.quantifier()) {
        if (atom.startsWith('(')) this.ambiguous = true;
        if (atom.startsWith('(?<') || atom.startsWith('(?!') || atom === '^' || atom === '$') atom = `(?:${atom})`;
        atom = `(?:${atom}${quantifier})`;
        if (quantifier === '?' || quantifier === '*' || quantifier.startsWith('{')) this.ambiguous ||= this.open > 0;
      }
      source += atom;
    }
    return source;
  }

  private atom(start: boolean): string {
    const { text } = this;
    const char = String.fromCodePoint(text.codePointAt(this.at) as number);
    if (this.isOperator('(')) return this.group();
    if (char === '\\') return this.escaped();
    if (char === '[') {
      const bracket = readBracket(text, this.at, this.options.escapes);
      this.at = bracket.next;
      return bracket.source;
    }
    this.at += char.length;
    if (char === '.') return '[^]';
    if (char === '^' && (this.extended || start)) return '^';
    if (char === '$' && (this.extended || this.isLast())) return '$';
    if (this.extended && start && (char === '*' || char === '+' || char === '?')) {
      if (this.options.escapes === 'sed') throw new PatternError('Invalid preceding regular expression');
      return this.options.escapes ? escapeLiteral(char) : '(?:)';
    }
    return escapeLiteral(char);
  }

  private group(): string {
    this.skipOperator();
    this.open += 1;
    this.groups += 1;
    const inner = this.alternatives();
    if (!this.isOperator(')')) throw new PatternError('Unmatched ( or \\(');
    this.skipOperator();
    this.open -= 1;
    return `(${inner})`;
  }

  private escaped(): string {
    const next = this.text[this.at + 1];
    if (next === undefined) throw new PatternError('Trailing backslash');
    this.at += 2;
    if (/[1-9]/.test(next) && this.options.escapes !== 'awk') {
      if (Number(next) > this.groups) throw new PatternError('Invalid back reference');
      return `(?:\\${next})`;
    }
    const { escapes } = this.options;
    if (escapes) {
      const control = CONTROLS[next];
      if (control) return escapeLiteral(control);
      const numeric = this.numericEscape(next, escapes);
      if (numeric !== undefined) return numeric;
    }
    const assertion = escapes === 'awk' ? undefined : ASSERTIONS[next];
    if (assertion) return assertion;
    const low = next >= '\ud800' && next <= '\udbff' ? (this.text[this.at++] ?? '') : '';
    return escapeLiteral(next + low);
  }

  /** sed's \dNNN, \oNNN, \xHH, \cX; awk's \NNN. */
  private numericEscape(kind: string, escapes: 'sed' | 'awk'): string | undefined {
    const take = (pattern: RegExp, base: number) => {
      const digits = pattern.exec(this.text.slice(this.at))?.[0];
      if (!digits) return undefined;
      this.at += digits.length;
      return escapeLiteral(String.fromCharCode(Number.parseInt(digits, base)));
    };
    if (escapes === 'awk') {
      if (!/[0-7]/.test(kind)) return undefined;
      this.at -= 1;
      return take(/^[0-7]{1,3}/, 8);
    }
    if (kind === 'd') return take(/^\d{3}/, 10);
    if (kind === 'o') return take(/^[0-7]{3}/, 8);
    if (kind === 'x') return take(/^[0-9a-fA-F]{2}/, 16);
    return undefined;
  }

  private quantifier(): string | undefined {
    const char = this.text[this.at];
    if (char === '*') {
      this.at += 1;
      return '*';
    }
    if (this.isOperator('+') || this.isOperator('?')) {
      const sign = this.extended ? (char as string) : (this.text[this.at + 1] as string);
      this.skipOperator();
      return sign;
    }
    return this.isOperator('{') ? this.interval() : undefined;
  }

  private interval(): string | undefined {
    const from = this.at + (this.extended ? 1 : 2);
    const pattern = this.extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/;
    const match = pattern.exec(this.text.slice(from));
    if (!match || (match[1] === '' && match[2] === '')) {
      if (this.extended) return undefined;
      throw new PatternError(this.text.indexOf('\\}', from) < 0 ? 'Unmatched \\{' : 'Invalid content of \\{\\}');
    }
    const [whole, low = '', comma, high = ''] = match;
    if (high !== '' && low !== '' && Number(high) < Number(low)) throw new PatternError('Invalid content of \\{\\}');
    if (Number(low) > REPEATS_MAX || Number(high) > REPEATS_MAX) throw new PatternError('Regular expression too big');
    this.at = from + whole.length;
    return `{${low || '0'}${comma}${high}}`;
  }

  /** An operator that basic patterns write with a backslash and extended ones without. */
  private isOperator(sign: string): boolean {
    if (this.extended) return this.text[this.at] === sign;
    return this.text[this.at] === '\\' && this.text[this.at + 1] === sign;
  }

  private skipOperator(): void {
    this.at += this.extended ? 1 : 2;
  }

  /** Whether `$`, just read, stands where it is an anchor in a basic pattern. */
  private isLast(): boolean {
    return this.at === this.text.length || this.isOperator(')') || this.isOperator('|');
  }
}
