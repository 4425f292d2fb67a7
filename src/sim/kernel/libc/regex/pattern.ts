import type { PatternOptions } from './pattern-text.js';
import { escapeLiteral, PatternError } from './pattern-text.js';
import { RegexTranslator } from './translator.js';

/** A compiled pattern: finds the leftmost, and of those the longest match, as POSIX demands. */
export class Pattern {
  /** Number of groups. */
  readonly groups: number;
  private readonly source: string;
  private readonly flags: string;
  private readonly searching: RegExp;
  /** Whether the first way JavaScript finds may not be the longest. */
  private readonly ambiguous: boolean;
  private readonly longer = new Map<number, RegExp>();

  constructor(source: string, flags: string, groups: number, ambiguous: boolean) {
    this.source = source;
    this.flags = flags;
    this.groups = groups;
    this.ambiguous = ambiguous;
    try {
      this.searching = new RegExp(source, `${flags}g`);
    } catch {
      throw new PatternError('Invalid regular expression');
    }
  }

  test(text: string): boolean {
    this.searching.lastIndex = 0;
    return this.searching.test(text);
  }

  /** The first match at or after `from`; `^` holds only at the text's start. */
  exec(text: string, from = 0): RegExpExecArray | null {
    this.searching.lastIndex = from;
    let match = this.searching.exec(text);
    if (!match || !this.ambiguous) return match;
    for (;;) {
      const rest = text.length - match.index - match[0].length;
      if (rest === 0) return match;
      const regex = this.reaching(rest);
      regex.lastIndex = match.index;
      const better = regex.exec(text);
      if (!better) return match;
      match = better;
    }
  }

  /** The same pattern, at this place, but ending with fewer than `rest` UTF-16 units left. */
  private reaching(rest: number): RegExp {
    let regex = this.longer.get(rest);
    if (!regex) {
      regex = new RegExp(`(?:${this.source})(?![^]{${rest}})`, `${this.flags}y`);
      if (this.longer.size > 500) this.longer.clear();
      this.longer.set(rest, regex);
    }
    return regex;
  }
}

/** Compiles a pattern. Throws PatternError. */
export function compilePattern(text: string, options: PatternOptions): Pattern {
  const flags = `u${options.ignoreCase ? 'i' : ''}${options.multiline ? 'm' : ''}`;
  if (options.syntax === 'fixed') return new Pattern(escapeLiteral(text), flags, 0, false);
  if (options.syntax === 'perl') return perlPattern(text, options);
  const translated = new RegexTranslator(text, options).all();
  return new Pattern(translated.source, flags, translated.groups, translated.ambiguous);
}

function perlPattern(text: string, options: PatternOptions): Pattern {
  const source = text
    .replace(/\[\[:(\w+):\]\]/g, (whole, name: string) => PERL_CLASSES[name] ?? whole)
    .replace(/\\h/g, '[ \\t]')
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/([^\\]|^)\(\?P</g, '$1(?<');
  const inline = /^\(\?i\)/.test(source);
  const flags = options.ignoreCase || inline ? 'i' : '';
  const body = inline ? source.slice(4) : source;
  if (body.includes('\\K')) {
    const [before = '', after = ''] = body.split('\\K');
    return perlOf(`(?<=${before})${after}`, flags);
  }
  return perlOf(body, flags);
}

function perlOf(source: string, flags: string): Pattern {
  try {
    new RegExp(source, `u${flags}`);
    return new Pattern(source, `u${flags}`, 0, false);
  } catch {
    return new Pattern(source, flags, 0, false);
  }
}

const PERL_CLASSES: Readonly<Record<string, string>> = {
  alpha: '[A-Za-z]',
  digit: '\\d',
  alnum: '[A-Za-z0-9]',
  upper: '[A-Z]',
  lower: '[a-z]',
  space: '\\s',
  punct: '[!-\\/:-@\\[-`{-~]',
  xdigit: '[0-9A-Fa-f]',
  blank: '[ \\t]',
  word: '\\w',
};
