/** Regular expressions as Go's regexp package reads them, carried out by JavaScript's. */

/** A pattern that Go refuses; the message is Go's. */
class PatternError extends Error {
  constructor(problem: string, part: string) {
    super(`error parsing regexp: ${problem}: \`${part}\``);
  }
}

const REPEAT_MAX = 1000;
const compiled = new Map<string, RegExp | PatternError>();
const COMPILED_MAX = 500;

/** The expression of a pattern; undefined for one that Go refuses. */
export function goPattern(pattern: string): RegExp | undefined {
  const made = compile(pattern);
  return made instanceof PatternError ? undefined : made;
}

/** What Go says of a pattern it refuses. */
export function patternProblem(pattern: string): string | undefined {
  const made = compile(pattern);
  return made instanceof PatternError ? made.message : undefined;
}

function compile(pattern: string): RegExp | PatternError {
  let made = compiled.get(pattern);
  if (!made) {
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    made = translated(pattern);
    compiled.set(pattern, made);
  }
  return made;
}

function translated(pattern: string): RegExp | PatternError {
  try {
    const translator = new Translator(pattern);
    const source = translator.run();
    return new RegExp(source, `u${translator.flags}`);
  } catch (error) {
    if (error instanceof PatternError) return error;
    // What is left is beyond what is translated here.
    return new PatternError('invalid or unsupported Perl syntax', pattern);
  }
}

const POSIX: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};
const CLASSES: Readonly<Record<string, string>> = { d: '0-9', s: '\\t\\n\\f\\r ', w: '0-9A-Za-z_' };
/** Escapes that mean the same in both languages. */
const SHARED_ESCAPES = new Set(['a', 'f', 'n', 'r', 't', 'v', 'b', 'B']);

/** Goes through a pattern once and writes it anew. */
class Translator {
  flags = '';
  #at = 0;
  #depth = 0;
  #lastRepeat = -1;
  /** Whether something stands before that can be repeated. */
  #hasAtom = false;

  constructor(private readonly pattern: string) {}

  run(): string {
    let out = '';
    while (this.#at < this.pattern.length) out += this.#next();
    if (this.#depth > 0) throw new PatternError('missing closing )', this.pattern);
    return out;
  }

  #next(): string {
    const char = String.fromCodePoint(this.pattern.codePointAt(this.#at) as number);
    switch (char) {
      case '(':
        return this.#open();
      case ')':
        this.#at += 1;
        this.#depth -= 1;
        if (this.#depth < 0) throw new PatternError('unexpected )', this.pattern);
        return this.#atom(')');
      case '[':
        return this.#atom(this.#set());
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        return this.#repeat(char, char);
      case '{':
        return this.#braces();
      case '|':
        this.#at += 1;
        this.#hasAtom = false;
        return '|';
      case '.':
        this.#at += 1;
        return this.#atom(this.flags.includes('s') ? '[^]' : '[^\\n]');
      case '}':
      case ']':
        this.#at += 1;
        return this.#atom(`\\${char}`);
      default:
        this.#at += char.length;
        return this.#atom(char);
    }
  }

  #atom(text: string): string {
    this.#hasAtom = true;
    return text;
  }

  #repeat(operator: string, text: string): string {
    const begin = this.#at;
    this.#at += operator.length;
    const lazy = this.pattern[this.#at] === '?' ? '?' : '';
    this.#at += lazy.length;
    if (!this.#hasAtom) throw new PatternError('missing argument to repetition operator', `${operator}${lazy}`);
    if (this.#lastRepeat === begin) {
      throw new PatternError('invalid nested repetition operator', this.pattern.slice(begin - 1, this.#at));
    }
    this.#lastRepeat = this.#at;
    return text + lazy;
  }

  /** `{2,5}`; what is no count stands for itself. */
  #braces(): string {
    const [whole = '', low = '', comma, high] = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.pattern.slice(this.#at)) ?? [];
    if (whole === '') {
      this.#at += 1;
      return this.#atom('\\{');
    }
    const [min, max] = [Number(low), high ? Number(high) : comma === undefined ? Number(low) : 0];
    if (min > REPEAT_MAX || max > REPEAT_MAX || (high && max < min)) {
      throw new PatternError('invalid repeat count', whole);
    }
    return this.#repeat(whole, whole);
  }

  #open(): string {
    const rest = this.pattern.slice(this.#at);
    this.#hasAtom = false;
    if (!rest.startsWith('(?')) {
      this.#at += 1;
      this.#depth += 1;
      return '(';
    }
    const [named = '', name = ''] = /^\(\?P?<([A-Za-z_]\w*)>/.exec(rest) ?? [];
    if (named !== '') {
      this.#at += named.length;
      this.#depth += 1;
      return `(?<${name}>`;
    }
    const [flags = '', on = '', off = '', end = ''] = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest) ?? [];
    if (flags === '') {
      if (/^\(\?P?</.test(rest)) throw new PatternError('invalid named capture', /^[^>]*>/.exec(rest)?.[0] ?? rest);
      throw new PatternError('invalid or unsupported Perl syntax', rest.slice(0, 3));
    }
    this.#at += flags.length;
    if (on.includes('U')) throw new PatternError('invalid or unsupported Perl syntax', flags);
    // Flags hold from here on; inside of a group they are carried out for the whole, which only odd patterns tell apart.
    for (const flag of on) if (!this.flags.includes(flag)) this.flags += flag;
    for (const flag of off) this.flags = this.flags.replace(flag, '');
    if (end === ')') return '';
    this.#depth += 1;
    return '(?:';
  }

  #escape(): string {
    const text = this.#escaped(false);
    if (text !== '\\b' && text !== '\\B') this.#hasAtom = true;
    return text;
  }

  #escaped(inSet: boolean): string {
    const rest = this.pattern.slice(this.#at);
    const char = rest[1];
    if (char === undefined) throw new PatternError('trailing backslash at end of expression', '');
    this.#at += 2;
    const lower = CLASSES[char.toLowerCase()];
    if (lower !== undefined) {
      if (char in CLASSES) return inSet ? lower : `[${lower}]`;
      return inSet ? `\\${char}` : `[^${lower}]`;
    }
    if (char === 'a') return '\\x07';
    if (SHARED_ESCAPES.has(char)) return `\\${char}`;
    if (char === 'A' && !inSet) return '^';
    if (char === 'z' && !inSet) return '$';
    if (char === 'Q' && !inSet) return this.#quoted();
    if (char === 'p' || char === 'P') return this.#property(rest);
    const [code = '', hex] = /^\\x(?:\{([0-9a-fA-F]+)\}|[0-9a-fA-F]{2})/.exec(rest) ?? [];
    if (code !== '') {
      this.#at += code.length - 2;
      return `\\u{${hex ?? code.slice(2)}}`;
    }
    const [octal = ''] = /^\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest) ?? [];
    if (octal !== '') {
      this.#at += octal.length - 2;
      return `\\u{${Number.parseInt(octal.slice(1), 8).toString(16)}}`;
    }
    if (/[0-9A-Za-z]/.test(char) || char > '\u007f') throw new PatternError('invalid escape sequence', `\\${char}`);
    return char === '_' ? '_' : `\\u{${char.charCodeAt(0).toString(16)}}`;
  }

  #quoted(): string {
    const end = this.pattern.indexOf('\\E', this.#at);
    const text = this.pattern.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.pattern.length : end + 2;
    return [...text].map((char) => `\\u{${(char.codePointAt(0) as number).toString(16)}}`).join('');
  }

  #property(rest: string): string {
    const [whole = '', sign = '', negated, braced, single] = /^\\([pP])(?:\{(\^?)(\w+)\}|(\w))/.exec(rest) ?? [];
    if (whole === '') throw new PatternError('invalid character class range', rest.slice(0, 3));
    this.#at += whole.length - 2;
    const name = braced ?? single ?? '';
    const positive = (sign === 'p') !== (negated === '^');
    const property = /^(?:[CLMNPSZ][a-z]?)$/.test(name) ? name : `Script=${name}`;
    try {
      new RegExp(`\\p{${property}}`, 'u');
    } catch {
      throw new PatternError('invalid character class range', whole);
    }
    return `\\${positive ? 'p' : 'P'}{${property}}`;
  }

  /** `[...]`. */
  #set(): string {
    const begin = this.#at;
    const unclosed = () => new PatternError('missing closing ]', this.pattern.slice(begin));
    this.#at += 1;
    let out = '[';
    if (this.pattern[this.#at] === '^') {
      out += '^';
      this.#at += 1;
    }
    for (let first = true; ; first = false) {
      const char = this.pattern[this.#at];
      if (char === undefined) throw unclosed();
      if (char === ']' && !first) {
        this.#at += 1;
        return `${out}]`;
      }
      out += this.#member();
    }
  }

  /** One member of a set, or a range of them. */
  #member(): string {
    const begin = this.#at;
    const rest = this.pattern.slice(begin);
    const [posix = '', not = '', name = ''] = /^\[:(\^?)(\w+):\]/.exec(rest) ?? [];
    if (posix !== '') {
      const members = POSIX[name];
      if (members === undefined) throw new PatternError('invalid character class range', posix);
      this.#at += posix.length;
      return not === '' ? members : `\\P{ASCII}`;
    }
    const low = this.#single();
    if (this.pattern[this.#at] !== '-' || ['', ']', undefined].includes(this.pattern[this.#at + 1])) return low;
    this.#at += 1;
    const high = this.#single();
    if (codeOf(low) > codeOf(high)) {
      throw new PatternError('invalid character class range', this.pattern.slice(begin, this.#at));
    }
    return `${low}-${high}`;
  }

  #single(): string {
    const code = this.pattern.codePointAt(this.#at) as number;
    if (code === 0x5c) return this.#escaped(true);
    const char = String.fromCodePoint(code);
    this.#at += char.length;
    return /[[\](){}/|^-]/.test(char) ? `\\${char}` : char;
  }
}

function codeOf(text: string): number {
  const [, hex] = /^\\u\{([0-9a-f]+)\}$/i.exec(text) ?? [];
  if (hex !== undefined) return Number.parseInt(hex, 16);
  return (text.startsWith('\\') ? text.codePointAt(1) : text.codePointAt(0)) ?? 0;
}
