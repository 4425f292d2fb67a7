const WORD = '0-9A-Za-z_\\u00b5\\u00c0-\\u{10ffff}';

/** Character classes of vim's patterns, as what stands between the brackets of ours. */
export const CLASSES: Readonly<Record<string, string>> = {
  s: '[ \\t]',
  S: '[^ \\t\\n]',
  d: '[0-9]',
  D: '[^0-9\\n]',
  w: '[0-9A-Za-z_]',
  W: '[^0-9A-Za-z_\\n]',
  a: '[A-Za-z]',
  A: '[^A-Za-z\\n]',
  l: '[a-z]',
  L: '[^a-z\\n]',
  u: '[A-Z]',
  U: '[^A-Z\\n]',
  x: '[0-9A-Fa-f]',
  X: '[^0-9A-Fa-f\\n]',
  o: '[0-7]',
  O: '[^0-7\\n]',
  h: '[A-Za-z_]',
  H: '[^A-Za-z_\\n]',
  i: `[${WORD}]`,
  k: `[${WORD}]`,
  f: '[0-9A-Za-z/._+,#$%~=@-]',
  p: '[^\\x00-\\x1f\\x7f]',
  t: '\\t',
  e: '\\x1b',
  r: '\\r',
  b: '\\x08',
  n: '\\n',
};

/** `\<` and `\>` as patterns of ours. */
export const WORD_START = `(?<![${WORD}])(?=[${WORD}])`;
export const WORD_END = `(?<=[${WORD}])(?![${WORD}])`;

const NAMED: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  lower: 'a-z',
  upper: 'A-Z',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: ' \\t\\r\\n\\v\\f',
  blank: ' \\t',
  xdigit: '0-9A-Fa-f',
  return: '\\r',
  tab: '\\t',
  escape: '\\x1b',
};

/** A character as itself in a pattern of ours. */
export function quoted(char: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char === '-' ? 'x2d' : char}` : char;
}

/** A `[…]` that begins at `from` (behind the bracket); undefined when it has no end, and then the bracket is itself. */
export function collection(pattern: string, from: number): { source: string; next: number } | undefined {
  let at = from;
  let source = '';
  const negated = pattern[at] === '^';
  if (negated) at += 1;
  for (let first = true; ; first = false) {
    const char = pattern[at];
    if (char === undefined) return undefined;
    if (char === ']' && !first) break;
    const named = /^\[:(\w+):\]/.exec(pattern.slice(at, at + 14));
    if (named) {
      source += NAMED[named[1] ?? ''] ?? '';
      at += named[0].length;
    } else if (char === '\\' && /[etrbn\\\]^-]/.test(pattern[at + 1] ?? '')) {
      const escaped = pattern[at + 1] as string;
      source += /[etrbn]/.test(escaped) ? (CLASSES[escaped] as string) : `\\${escaped}`;
      at += 2;
    } else if (char === '-' && !first && pattern[at + 1] !== ']') {
      source += '-';
      at += 1;
    } else {
      const whole = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
      source += /[\\[\]^&~|(){}/.*+?$-]/.test(whole)
        ? `\\${whole === '-' ? 'x2d' : whole}`.replace(/^\\([&~])$/, '$1')
        : whole;
      at += whole.length;
    }
  }
  return { source: negated ? `[^${source}\\n]` : `[${source}]`, next: at + 1 };
}
