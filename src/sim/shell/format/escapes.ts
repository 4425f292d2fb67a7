import { strayByte } from './byte-text.js';

/** One backslash escape that was read: its text, where the next character is, and whether output ends here (`\c`). */
export interface Escape {
  readonly text: string;
  readonly next: number;
  readonly stop?: boolean;
  /** What is wrong with it, in bash's words. */
  readonly error?: string;
}

/** Which escapes there are: `format` of printf (octal without a leading zero), `%b` and `echo -e`, and whose. */
export interface EscapeRules {
  readonly dialect: 'bash' | 'coreutils';
  readonly where: 'format' | 'argument' | 'echo';
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** Reads the escape whose backslash stands at `at`. An unknown one is left as it is. */
export function readEscape(text: string, at: number, rules: EscapeRules): Escape {
  const char = text[at + 1];
  if (char === undefined) return { text: '\\', next: at + 1 };
  const simple = SIMPLE[char];
  if (simple !== undefined) return { text: simple, next: at + 2 };
  if (char === 'E' && rules.dialect === 'bash') return { text: '\x1b', next: at + 2 };
  if (char === 'c' && (rules.dialect === 'coreutils' || rules.where !== 'format'))
    return { text: '', next: at + 2, stop: true };
  if (char === '"' && rules.where !== 'echo') return { text: '"', next: at + 2 };
  if (char === "'" && rules.dialect === 'bash' && rules.where !== 'echo') return { text: "'", next: at + 2 };
  if (char === '?' && rules.dialect === 'bash' && rules.where === 'argument') return { text: '?', next: at + 2 };
  if (char >= '0' && char <= '7') return readOctal(text, at, rules) ?? { text: '\\', next: at + 1 };
  if (char === 'x') return readHexadecimal(text, at, rules);
  if ((char === 'u' || char === 'U') && !(rules.dialect === 'coreutils' && rules.where === 'echo'))
    return readUnicode(text, at, char);
  return { text: `\\${char}`, next: at + 2 };
}

function readOctal(text: string, at: number, rules: EscapeRules): Escape | undefined {
  let from = at + 1;
  if (rules.where !== 'format' && text[from] === '0') from += 1;
  else if (rules.where === 'echo' && rules.dialect === 'bash') return undefined;
  const digits = /^[0-7]{0,3}/.exec(text.slice(from, from + 3))?.[0] ?? '';
  return { text: strayByte(Number.parseInt(digits || '0', 8) & 0xff), next: from + digits.length };
}

function readHexadecimal(text: string, at: number, rules: EscapeRules): Escape {
  const digits = /^[0-9a-fA-F]{0,2}/.exec(text.slice(at + 2, at + 4))?.[0] ?? '';
  if (digits) return { text: strayByte(Number.parseInt(digits, 16)), next: at + 2 + digits.length };
  if (rules.where === 'echo') return { text: '\\x', next: at + 2 };
  const error = rules.dialect === 'bash' ? 'missing hex digit for \\x' : 'missing hexadecimal number in escape';
  return { text: '\\x', next: at + 2, error };
}

function readUnicode(text: string, at: number, kind: string): Escape {
  const digits = /^[0-9a-fA-F]*/.exec(text.slice(at + 2, at + (kind === 'u' ? 6 : 10)))?.[0] ?? '';
  if (!digits) return { text: `\\${kind}`, next: at + 2, error: `missing unicode digit for \\${kind}` };
  const code = Number.parseInt(digits, 16);
  return { text: code <= 0x10ffff ? String.fromCodePoint(code) : '', next: at + 2 + digits.length };
}
