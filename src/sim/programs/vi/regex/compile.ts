import { EditorError } from '../state/failures.js';
import { CLASSES, collection, quoted, WORD_END, WORD_START } from './atoms.js';

/** A pattern of vim's, ready to match. */
export interface Pattern {
  /** Sticky-less, global; matches texts of one line, or of several joined by newlines. */
  readonly expression: RegExp;
  /** It can match the end of a line, so that it must be tried on several lines. */
  readonly multiline: boolean;
}

type Level = 'v' | 'm' | 'M' | 'V';

/** Which characters are special without a backslash, by level. */
const SPECIAL: Readonly<Record<Level, string>> = {
  v: '^$.*[~+?=@%|&(){<>',
  m: '^$.*[~',
  M: '^$',
  V: '',
};

/** Compiles a pattern; `ignoreCase` and `smartCase` as the options say. Throws E-errors on what cannot be read. */
export function compilePattern(
  pattern: string,
  options: {
    readonly ignoreCase: boolean;
    readonly smartCase: boolean;
    readonly tilde?: string;
    readonly magic?: boolean;
  },
): Pattern {
  const reader = new Reader(pattern, options.tilde ?? '', options.magic === false ? 'M' : 'm');
  const source = reader.read();
  const upper = /\p{Lu}/u.test(pattern.replace(/\\[a-zA-Z]/g, ''));
  const ignore = reader.caseless ?? (options.ignoreCase && !(options.smartCase && upper));
  try {
    return { expression: new RegExp(source, ignore ? 'giu' : 'gu'), multiline: reader.multiline };
  } catch {
    throw new EditorError(`E383: Invalid search string: ${pattern}`);
  }
}

/** Reads a pattern from left to right and writes ours. */
class Reader {
  caseless: boolean | undefined;
  multiline = false;
  private readonly pattern: string;
  private readonly tilde: string;
  private level: Level;
  private at = 0;
  private output: string[] = [];
  /** Where in `output` the atoms of the branch that is read begin, for multis and look-around. */
  private atomStart = -1;
  private depth: { readonly start: number; readonly lead: string }[] = [];
  private matchStart = -1;
  private branchStart = 0;
  private ends = 0;

  constructor(pattern: string, tilde: string, level: Level) {
    this.pattern = pattern;
    this.tilde = tilde;
    this.level = level;
  }

  read(): string {
    while (this.at < this.pattern.length) this.token();
    if (this.depth.length > 0) throw new EditorError(this.level === 'v' ? 'E54: Unmatched (' : 'E54: Unmatched \\(');
    const whole = this.output.join('') + ')'.repeat(this.ends);
    if (this.matchStart < 0) return whole;
    const before = this.output.slice(this.branchStart, this.matchStart).join('');
    const first = this.output.slice(0, this.branchStart).join('');
    return `${first}(?<=${before})${this.output.slice(this.matchStart).join('')}${')'.repeat(this.ends)}`;
  }

  private token(): void {
    const char = String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0);
    this.at += char.length;
    if (char !== '\\') {
      if (SPECIAL[this.level].includes(char)) this.special(char);
      else this.atom(quoted(char));
      return;
    }
    const escaped = this.pattern.slice(this.at, this.at + 1);
    if (escaped === '') return this.atom('\\\\');
    this.at += 1;
    if (/[vmMV]/.test(escaped)) this.level = escaped as Level;
    else if (escaped === 'c' || escaped === 'C') this.caseless = escaped === 'c';
    else if (escaped === 'z') this.border();
    else if (escaped === '_') this.underscore();
    else if (/[1-9]/.test(escaped)) this.atom(`(?:\\${escaped})`);
    else if (SPECIAL.v.includes(escaped) || escaped === ')' || escaped === '}') {
      if (SPECIAL[this.level].includes(escaped) || (this.level === 'v' && /[)}]/.test(escaped)))
        this.atom(quoted(escaped));
      else this.special(escaped);
    } else if (escaped === 'n') {
      this.multiline = true;
      this.atom('\\n');
    } else if (escaped in CLASSES) this.atom(CLASSES[escaped] as string);
    else this.atom(quoted(escaped));
  }

  private special(char: string): void {
    switch (char) {
      case '^':
        return this.caret();
      case '$':
        return this.dollar();
      case '.':
        return this.atom('[^\\n]');
      case '[': {
        const found = collection(this.pattern, this.at);
        if (!found) return this.atom('\\[');
        this.at = found.next;
        return this.atom(found.source);
      }
      case '~':
        return this.atom([...this.tilde].map(quoted).join(''));
      case '<':
        return this.atom(WORD_START);
      case '>':
        return this.atom(WORD_END);
      case '(':
        return this.open('(');
      case ')':
        return this.close();
      case '|':
        this.output.push('|');
        this.atomStart = -1;
        return undefined;
      case '&':
        throw new EditorError('E486: Pattern not found: \\&');
      case '%':
        return this.percent();
      case '@':
        return this.lookAround();
      default:
        return this.multi(char);
    }
  }

  private atom(source: string): void {
    this.atomStart = this.output.length;
    this.output.push(source);
  }

  private atBranchStart(): boolean {
    const last = this.output.at(-1);
    return (
      this.output.length === 0 ||
      last === '|' ||
      last === '(' ||
      last === '(?:' ||
      this.matchStart === this.output.length
    );
  }

  private caret(): void {
    if (this.level === 'v' || this.atBranchStart()) this.atom('(?<![^\\n])');
    else this.atom('\\^');
  }

  private dollar(): void {
    const rest = this.pattern.slice(this.at);
    const end = this.level === 'v' || rest === '' || /^\\(?:[|)&n]|z[se])/.test(rest);
    this.atom(end ? '(?![^\\n])' : '\\$');
  }

  private open(lead: string): void {
    this.depth.push({ start: this.output.length, lead });
    this.output.push(lead);
    this.atomStart = -1;
  }

  private close(): void {
    const group = this.depth.pop();
    if (!group) throw new EditorError(this.level === 'v' ? 'E55: Unmatched )' : 'E55: Unmatched \\)');
    const source = `${this.output.splice(group.start).join('')})`;
    this.atom(source);
  }

  private border(): void {
    const which = this.pattern.slice(this.at, this.at + 1);
    this.at += 1;
    if (which === 's') this.matchStart = this.output.length;
    else {
      this.output.push('(?=');
      this.ends += 1;
    }
    this.atomStart = -1;
  }

  private underscore(): void {
    const next = this.pattern.slice(this.at, this.at + 1);
    this.at += 1;
    if (next === '^') return this.atom('(?<![^\\n])');
    if (next === '$') return this.atom('(?![^\\n])');
    this.multiline = true;
    if (next === '.') return this.atom('[\\s\\S]');
    if (next === '[') {
      const found = collection(this.pattern, this.at);
      if (found) this.at = found.next;
      return this.atom(found ? `(?:${found.source}|\\n)` : '\\[');
    }
    return this.atom(`(?:${CLASSES[next] ?? next}|\\n)`);
  }

  private percent(): void {
    const next = this.pattern.slice(this.at, this.at + 1);
    this.at += 1;
    if (next === '(') return this.open('(?:');
    if (next === '^') return this.atom('(?<![\\s\\S])');
    if (next === '$') return this.atom('(?![\\s\\S])');
    throw new EditorError('E71: Invalid character after \\%');
  }

  private lookAround(): void {
    const found = /^(?:>|=|!|\d*<=|\d*<!)/.exec(this.pattern.slice(this.at));
    if (!found || this.atomStart < 0) throw new EditorError('E64: @ follows nothing');
    this.at += found[0].length;
    const kind = found[0].replace(/^\d*/, '');
    const source = this.output.splice(this.atomStart).join('');
    this.atom(kind === '>' ? `(?:${source})` : `(?${kind}${source})`);
  }

  private multi(char: string): void {
    if (char === '*' && (this.atomStart < 0 || this.output.at(-1) === '(?<![^\\n])')) return this.atom('\\*');
    if (this.atomStart < 0) throw new EditorError(`E64: ${char} follows nothing`);
    let repeat = { '*': '*', '+': '+', '?': '?', '=': '?' }[char];
    if (char === '{') {
      const found = /^(-?)(\d*)(,?)(\d*)\\?\}/.exec(this.pattern.slice(this.at));
      if (!found) throw new EditorError(`E554: Syntax error in ${this.level === 'v' ? '' : '\\'}{...}`);
      this.at += found[0].length;
      const [, lazy, low, comma, high] = found as unknown as [string, string, string, string, string];
      const bare = low === '' && comma === '' && high === '';
      repeat = bare ? '*' : comma ? `{${low || 0},${high}}` : `{${low}}`;
      if (lazy) repeat += '?';
    }
    if (repeat === undefined) return this.atom(quoted(char));
    const source = this.output.splice(this.atomStart).join('');
    this.atom(`(?:${source})${repeat}`);
    return undefined;
  }
}
