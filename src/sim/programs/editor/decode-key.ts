/** A key: one character, or the name of a special one such as `<up>`. */
export type Key = string;

const SEQUENCES: ReadonlyMap<string, Key> = new Map([
  ...['[', 'O'].flatMap((lead): [string, Key][] => [
    [`${lead}A`, '<up>'],
    [`${lead}B`, '<down>'],
    [`${lead}C`, '<right>'],
    [`${lead}D`, '<left>'],
    [`${lead}H`, '<home>'],
    [`${lead}F`, '<end>'],
  ]),
  ...['OP', 'OQ', 'OR', 'OS'].map((code, at): [string, Key] => [code, `<f${at + 1}>`]),
  ...[11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].map((code, at): [string, Key] => [`[${code}~`, `<f${at + 1}>`]),
  ['[1~', '<home>'],
  ['[2~', '<insert>'],
  ['[3~', '<del>'],
  ['[4~', '<end>'],
  ['[5~', '<pageup>'],
  ['[6~', '<pagedown>'],
  ['[7~', '<home>'],
  ['[8~', '<end>'],
  ['[1;2A', '<pageup>'],
  ['[1;2B', '<pagedown>'],
  ['[1;2C', '<s-right>'],
  ['[1;2D', '<s-left>'],
  ['[1;5C', '<c-right>'],
  ['[1;5D', '<c-left>'],
  ['[1;5H', '<c-home>'],
  ['[1;5F', '<c-end>'],
  ['[200~', '<paste>'],
]);

const LONGEST = 6;
const PASTE_END = '\x1b[201~';

/** What the terminal's bytes begin with: a key and the rest; `'more'` when only more bytes can tell. */
export function decodeKey(text: string, from: number): { key: Key; next: number } | 'more' {
  const first = text.charAt(from);
  if (first !== '\x1b') {
    const char = String.fromCodePoint(text.codePointAt(from) ?? 0);
    return { key: char, next: from + char.length };
  }
  const rest = text.slice(from + 1, from + 1 + LONGEST);
  for (let length = 2; length <= rest.length; length += 1) {
    const key = SEQUENCES.get(rest.slice(0, length));
    if (key) return { key, next: from + 1 + length };
  }
  if (rest.length < LONGEST && [...SEQUENCES.keys()].some((sequence) => sequence.startsWith(rest))) return 'more';
  return { key: '\x1b', next: from + 1 };
}

/**
 * A piece of a bracketed paste from `from` on, and where what follows begins. The last characters wait for more, as they
 * may be the beginning of the mark at its end: a long paste is not looked through again and again.
 */
export function pastedText(text: string, from: number): { piece: string; next: number; ends: boolean } {
  const end = text.indexOf(PASTE_END, from);
  if (end >= 0) return { piece: text.slice(from, end), next: end + PASTE_END.length, ends: true };
  const next = Math.max(from, text.length - PASTE_END.length);
  return { piece: text.slice(from, next), next, ends: false };
}
