import { compilePattern, type Pattern } from '../../kernel/libc/regex/pattern.js';
import { PatternError } from '../../kernel/libc/regex/pattern-text.js';
import type { Settings } from './options.js';

/** How a search was asked for; the letters before the pattern toggle all but the direction. */
export interface SearchKind {
  readonly forward: boolean;
  /** Lines without a match. */
  readonly inverted: boolean;
  /** On into the next files. */
  readonly pastEnd: boolean;
  /** From the first file. */
  readonly firstFile: boolean;
  /** Highlights only. */
  readonly keep: boolean;
  /** No pattern: just this text. */
  readonly literal: boolean;
  /** Around the end of the file. */
  readonly wrap: boolean;
}

/** A search without any of its switches. */
export const PLAIN_SEARCH: SearchKind = {
  forward: true,
  inverted: false,
  pastEnd: false,
  firstFile: false,
  keep: false,
  literal: false,
  wrap: false,
};

/** What a key before the pattern toggles. */
export function toggled(kind: SearchKind, key: string, filter: boolean): SearchKind | undefined {
  if (key === '!' || key === '\x0e') return { ...kind, inverted: !kind.inverted };
  if (key === '\x12') return { ...kind, literal: !kind.literal };
  if (filter) return undefined;
  if (key === '*' || key === '\x05') return { ...kind, pastEnd: !kind.pastEnd, wrap: false };
  if (key === '@' || key === '\x06') return { ...kind, firstFile: !kind.firstFile };
  if (key === '\x0b') return { ...kind, keep: !kind.keep };
  if (key === '\x17') return { ...kind, wrap: !kind.wrap, pastEnd: false };
  return undefined;
}

/** The words before a pattern that is being typed. */
export function searchPrompt(kind: SearchKind, filter: boolean): string {
  const words = [
    kind.inverted && 'Non-match ',
    kind.firstFile && 'First-file ',
    kind.pastEnd && 'EOF-ignore ',
    kind.keep && 'Keep-pos ',
    kind.literal && 'Regex-off ',
    kind.wrap && 'Wrap ',
  ];
  return `${words.filter(Boolean).join('')}${filter ? '&/' : kind.forward ? '/' : '?'}`;
}

/** A pattern that was given. What counts as equal depends on -i and on whether the pattern has capitals. */
export class Wanted {
  private compiled: { readonly ignoring: boolean; readonly pattern: Pattern } | undefined;

  constructor(
    readonly text: string,
    readonly kind: SearchKind,
    private readonly settings: Settings,
  ) {
    this.pattern();
  }

  matches(line: string): boolean {
    return this.pattern().test(line) !== this.kind.inverted;
  }

  /** Where it is found in a line; nothing for what is searched by not matching. */
  found(line: string): readonly (readonly [number, number])[] {
    if (this.kind.inverted) return [];
    const pattern = this.pattern();
    const ranges: (readonly [number, number])[] = [];
    for (let from = 0; from <= line.length; ) {
      const match = pattern.exec(line, from);
      if (!match) break;
      const end = match.index + match[0].length;
      if (end > match.index) ranges.push([match.index, end]);
      from = end > match.index ? end : end + 1;
    }
    return ranges;
  }

  private pattern(): Pattern {
    const mode = this.settings.number('i');
    const ignoring = mode === 2 || (mode === 1 && !/\p{Lu}/u.test(this.text));
    if (!this.compiled || this.compiled.ignoring !== ignoring) {
      const syntax = this.kind.literal ? 'fixed' : 'extended';
      this.compiled = { ignoring, pattern: compilePattern(this.text, { syntax, ignoreCase: ignoring }) };
    }
    return this.compiled.pattern;
  }
}

/** Reads a pattern; a string says what is wrong with it. */
export function wanted(text: string, kind: SearchKind, settings: Settings): Wanted | string {
  try {
    return new Wanted(text, kind, settings);
  } catch (error) {
    if (error instanceof PatternError) return 'Invalid pattern';
    throw error;
  }
}
