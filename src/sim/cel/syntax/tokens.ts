/** Text as tokens. */

/** What a token is: a sign or word that stands for itself, or a family. */
export type TokenKind =
  | '=='
  | '!='
  | 'in'
  | '<'
  | '<='
  | '>='
  | '>'
  | '&&'
  | '||'
  | '['
  | ']'
  | '{'
  | '}'
  | '('
  | ')'
  | '.'
  | ','
  | '-'
  | '!'
  | '?'
  | ':'
  | '+'
  | '*'
  | '/'
  | '%'
  | 'true'
  | 'false'
  | 'null'
  | 'NUM_FLOAT'
  | 'NUM_INT'
  | 'NUM_UINT'
  | 'STRING'
  | 'BYTES'
  | 'IDENTIFIER'
  | 'ESC_IDENTIFIER'
  | 'EOF';

/** A token and where it stands. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
}

/** Text that is no token, with where it stands. */
export interface Unreadable {
  readonly text: string;
  readonly at: number;
}

const ESCAPE = String.raw`\\(?:[abfnrtv"'\\?${'`'}]|[0-3][0-7][0-7]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})`;
const STRING = [
  `"""(?:${ESCAPE}|[^\\\\])*?"""`,
  `'''(?:${ESCAPE}|[^\\\\])*?'''`,
  `"(?:${ESCAPE}|[^\\\\"\\n\\r])*"`,
  `'(?:${ESCAPE}|[^\\\\'\\n\\r])*'`,
  '[rR]"""[^]*?"""',
  "[rR]'''[^]*?'''",
  '[rR]"[^"\\n\\r]*"',
  "[rR]'[^'\\n\\r]*'",
].join('|');

const HIDDEN = /(?:[\t \r\n\f]+|\/\/[^\n]*)/y;
const NUMBER =
  /(?<float>\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)|(?<uint>0x[0-9a-fA-F]+[uU]|\d+[uU])|(?<int>0x[0-9a-fA-F]+|\d+)/y;
const TEXT = new RegExp(`(?<bytes>[bB](?:${STRING}))|(?<string>${STRING})`, 'y');
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const QUOTED_WORD = /`[A-Za-z0-9_.\-/ ]+`/y;
const SIGN = /==|!=|<=|>=|&&|\|\||[<>[\]{}().,\-!?:+*/%]/y;
const KEYWORDS: ReadonlySet<string> = new Set(['in', 'true', 'false', 'null']);

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function numberToken(text: string, at: number): Token | undefined {
  const found = match(NUMBER, text, at);
  if (!found) return undefined;
  const { float, uint } = found.groups ?? {};
  return { kind: float ? 'NUM_FLOAT' : uint ? 'NUM_UINT' : 'NUM_INT', text: found[0], at };
}

function tokenAt(text: string, at: number): Token | undefined {
  const number = numberToken(text, at);
  if (number) return number;
  const quoted = match(TEXT, text, at);
  if (quoted) return { kind: quoted.groups?.['bytes'] ? 'BYTES' : 'STRING', text: quoted[0], at };
  const word = match(WORD, text, at)?.[0];
  if (word !== undefined) return { kind: KEYWORDS.has(word) ? (word as TokenKind) : 'IDENTIFIER', text: word, at };
  const sign = match(SIGN, text, at)?.[0];
  if (sign !== undefined) return { kind: sign as TokenKind, text: sign, at };
  const escaped = match(QUOTED_WORD, text, at)?.[0];
  return escaped === undefined ? undefined : { kind: 'ESC_IDENTIFIER', text: escaped, at };
}

/** As much of an escape as there is before it goes wrong. */
const BROKEN_ESCAPE = /\\(?:[0-3][0-7]?|[xX][0-9a-fA-F]?|u[0-9a-fA-F]{0,3}|U[0-9a-fA-F]{0,7})?/y;

/** What the server's lexer had read when it gave up: up to and with the character that did not fit. */
function unreadableAt(text: string, at: number): Unreadable {
  const opening = match(/[bB]?[rR]?(?:"""|'''|"|')/y, text, at)?.[0];
  const end = opening === undefined ? endOfSign(text, at) : endOfBrokenText(text, at, opening);
  return { text: text.slice(at, end), at };
}

function characterEnd(text: string, at: number): number {
  return Math.min(text.length, at + String.fromCodePoint(text.codePointAt(at) ?? 0).length);
}

/** Half of a sign (`&`, `|`, `=`) or a quoted name that does not end. */
function endOfSign(text: string, at: number): number {
  const begun = match(/[&|=]|`[A-Za-z0-9_.\-/ ]*/y, text, at)?.[0] ?? '';
  return characterEnd(text, at + begun.length);
}

function endOfBrokenText(text: string, at: number, opening: string): number {
  const quote = opening.replace(/^[bBrR]+/, '');
  const isRaw = /[rR]/.test(opening.slice(0, -quote.length));
  const part = isRaw ? /[\s\S]/y : new RegExp(`${ESCAPE}|[^\\\\]`, 'y');
  let end = at + opening.length;
  while (end < text.length) {
    if (quote.length === 1 && /[\n\r]/.test(text[end] ?? '')) return end + 1;
    const found = match(part, text, end)?.[0];
    if (found === undefined) return characterEnd(text, end + (match(BROKEN_ESCAPE, text, end)?.[0].length ?? 1));
    end += found.length;
  }
  return text.length;
}

/** All tokens of a text, the last one EOF, and what could not be read. */
export function tokenize(text: string): { tokens: Token[]; unreadable: Unreadable[] } {
  const tokens: Token[] = [];
  const unreadable: Unreadable[] = [];
  let at = 0;
  while (at < text.length) {
    const hidden = match(HIDDEN, text, at)?.[0];
    if (hidden !== undefined) {
      at += hidden.length;
      continue;
    }
    const token = tokenAt(text, at);
    if (token) {
      tokens.push(token);
      at += token.text.length;
    } else {
      const broken = unreadableAt(text, at);
      unreadable.push(broken);
      at += broken.text.length;
    }
  }
  tokens.push({ kind: 'EOF', text: '<EOF>', at: text.length });
  return { tokens, unreadable };
}
