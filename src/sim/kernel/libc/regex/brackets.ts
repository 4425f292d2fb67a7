/** What is wrong inside a bracket expression, in the C library's words. */
export class BracketError extends Error {}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '\\p{L}\\p{N}',
  alpha: '\\p{L}',
  blank: ' \\t',
  cntrl: '\\p{Cc}',
  digit: '0-9',
  graph: '\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}',
  lower: '\\p{Ll}',
  print: '\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ',
  punct: '\\p{P}\\p{S}',
  space: '\\s',
  upper: '\\p{Lu}',
  xdigit: '0-9A-Fa-f',
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };

/** A bracket expression as a JavaScript class, and where it ends. */
export interface Bracket {
  readonly source: string;
  readonly next: number;
}

/** Reads the bracket expression whose `[` stands at `at`. `escapes`: which backslashes hold inside. */
export function readBracket(text: string, at: number, escapes: 'sed' | 'awk' | undefined): Bracket {
  let next = at + 1;
  const negated = text[next] === '^';
  if (negated) next += 1;
  let body = '';
  for (let first = true; ; first = false) {
    const char = text[next];
    if (char === undefined) throw new BracketError('Unmatched [, [^, [:, [., or [=');
    if (char === ']' && !first) break;
    const named = readNamed(text, next);
    if (named?.className) {
      body += named.className;
      next = named.next;
      continue;
    }
    const from = named ?? readChar(text, next, escapes);
    next = from.next;
    if (text[next] === '-' && text[next + 1] !== ']' && text[next + 1] !== undefined) {
      const to = readNamed(text, next + 1) ?? readChar(text, next + 1, escapes);
      if ((to.char.codePointAt(0) ?? 0) < (from.char.codePointAt(0) ?? 0)) throw new BracketError('Invalid range end');
      body += `${escapeInClass(from.char)}-${escapeInClass(to.char)}`;
      next = to.next;
    } else body += escapeInClass(from.char);
  }
  return { source: `[${negated ? '^' : ''}${body}]`, next: next + 1 };
}

interface Item {
  readonly char: string;
  readonly next: number;
  readonly className?: string;
}

function readNamed(text: string, at: number): Item | undefined {
  const kind = text[at] === '[' ? text[at + 1] : undefined;
  if (kind !== ':' && kind !== '.' && kind !== '=') return undefined;
  const end = text.indexOf(`${kind}]`, at + 2);
  if (end < 0) {
    if (kind === ':') return undefined;
    throw new BracketError('Unmatched [, [^, [:, [., or [=');
  }
  const name = text.slice(at + 2, end);
  if (kind !== ':') {
    if ([...name].length !== 1) throw new BracketError('Invalid collation character');
    return { char: name, next: end + 2 };
  }
  const className = CLASSES[name];
  if (!className) throw new BracketError('Invalid character class name');
  return { char: '', next: end + 2, className };
}

function readChar(text: string, at: number, escapes: 'sed' | 'awk' | undefined): Item {
  const char = String.fromCodePoint(text.codePointAt(at) as number);
  const following = text[at + 1];
  if (char === '\\' && following !== undefined && escapes) {
    const meant = ESCAPES[following];
    if (meant) return { char: meant, next: at + 2 };
    if (escapes === 'awk') return { char: following, next: at + 2 };
  }
  return { char, next: at + char.length };
}

function escapeInClass(char: string): string {
  if (char === '\n') return '\\n';
  return /[\\\]^[/-]/.test(char) ? `\\${char}` : char;
}
