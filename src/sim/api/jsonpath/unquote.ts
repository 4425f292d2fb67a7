/** Letters that stand behind a backslash for a sign, in all that is written as Go writes texts. */
export const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Takes the quotes and Go's escapes off a text in single or double quotes; undefined when it is not well formed. */
export function unquote(quoted: string): string | undefined {
  const quote = quoted.charAt(0);
  if (quoted.length < 2 || quote !== quoted.at(-1)) return undefined;
  const text = quoted.slice(1, -1);
  let out = '';
  for (let at = 0; at < text.length; ) {
    if (text[at] === quote) return undefined;
    if (text[at] !== '\\') {
      out += text[at++];
      continue;
    }
    const found = readEscape(text, at + 1, quote);
    if (found === undefined) return undefined;
    out += found.text;
    at = found.end;
  }
  return out;
}

interface Escape {
  readonly text: string;
  readonly end: number;
}

function readEscape(text: string, at: number, quote: string): Escape | undefined {
  const letter = text.charAt(at);
  const named = NAMED_ESCAPES[letter];
  if (named !== undefined) return { text: named, end: at + 1 };
  if (letter === '"' || letter === "'") return letter === quote ? { text: letter, end: at + 1 } : undefined;
  const octal = /^[0-7]{3}/.exec(text.slice(at))?.[0];
  if (octal !== undefined) return fromCode(Number.parseInt(octal, 8), 0xff, at + 3);
  const length = CODE_LENGTHS[letter];
  const digits = text.slice(at + 1, at + 1 + (length ?? 0));
  if (length === undefined || digits.length !== length || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
  return fromCode(Number.parseInt(digits, 16), 0x10ffff, at + 1 + length);
}

function fromCode(code: number, largest: number, end: number): Escape | undefined {
  if (code > largest || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { text: String.fromCodePoint(code), end };
}
