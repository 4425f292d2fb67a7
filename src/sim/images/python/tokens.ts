import { NotSimulated, WrongSyntax } from './failures.js';

/** A piece of a program. Texts of strings hold what stands between their quotes, as it is written. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'newline' | 'indent' | 'dedent' | 'end';
  readonly text: string;
  /** Letters before a string's quotes. */
  readonly prefix?: string;
  readonly line: number;
}

const NAME = /[A-Za-z_]\w*/y;
const NUMBER =
  /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*)?\.\d[\d_]*(?:[eE][+-]?\d+)?|\d[\d_]*\.?(?:[eE][+-]?\d+)?/y;
const OPERATOR =
  /\*\*=|\/\/=|>>=|<<=|!=|->|:=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|\*\*|\/\/|<<|>>|<=|>=|==|[-+*/%@&|^~<>()[\]{},:.;=]/y;
const STRING =
  /([rRbBfFuU]{0,2})(?:"""((?:[^\\]|\\[\s\S])*?)"""|'''((?:[^\\]|\\[\s\S])*?)'''|"((?:[^"\\\n]|\\[\s\S])*)"|'((?:[^'\\\n]|\\[\s\S])*)')/y;

/** Cuts a program into pieces; lines' beginnings become `indent` and `dedent`. Throws `WrongSyntax`. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const depths = [0];
  let [at, line, open] = [0, 1, 0];
  let fresh = true;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  const add = (kind: Token['kind'], text: string, prefix?: string) =>
    tokens.push({ kind, text, line, ...(prefix === undefined ? {} : { prefix }) });
  while (at < source.length) {
    if (fresh && open === 0) {
      const [blank = ''] = match(/[ \t]*/y) ?? [];
      at += blank.length;
      if (/[\n#\r]/.test(source[at] ?? '\n')) fresh = false;
      else {
        indent(blank.replaceAll('\t', '        ').length, depths, tokens, line);
        fresh = false;
      }
      continue;
    }
    const character = source[at] ?? '';
    if (character === '\n') {
      if (open === 0 && tokens.length > 0 && !/^(?:newline|indent|dedent)$/.test(tokens.at(-1)?.kind ?? ''))
        add('newline', '');
      if (open === 0) fresh = true;
      at += 1;
      line += 1;
      continue;
    }
    const skipped = match(/[ \t\r\f]+|#[^\n]*|\\\n/y);
    if (skipped) {
      if (skipped[0] === '\\\n') line += 1;
      at += skipped[0].length;
      continue;
    }
    const string = match(STRING);
    if (string) {
      add('string', string[2] ?? string[3] ?? string[4] ?? string[5] ?? '', string[1]?.toLowerCase() ?? '');
      at += string[0].length;
      line += string[0].split('\n').length - 1;
      continue;
    }
    const [kind, found] = (
      [
        ['name', match(NAME)],
        ['number', match(NUMBER)],
        ['operator', match(OPERATOR)],
      ] as const
    ).find(([, result]) => result) ?? ['end', null];
    if (!found) throw wrong(character, line);
    if (kind === 'operator' && '([{'.includes(found[0])) open += 1;
    if (kind === 'operator' && ')]}'.includes(found[0])) open -= 1;
    add(kind, found[0]);
    at += found[0].length;
  }
  if (tokens.length > 0 && tokens.at(-1)?.kind !== 'newline') add('newline', '');
  for (const _ of depths.slice(1)) add('dedent', '');
  add('end', '');
  return tokens;
}

function wrong(character: string, line: number): Error {
  if (character === '"' || character === "'") return new WrongSyntax('unterminated string literal', line);
  if (character.charCodeAt(0) > 127) return new NotSimulated(`names with ${character}`, line);
  return new WrongSyntax('invalid syntax', line);
}

function indent(depth: number, depths: number[], tokens: Token[], line: number): void {
  const now = depths.at(-1) ?? 0;
  if (depth > now) {
    depths.push(depth);
    tokens.push({ kind: 'indent', text: '', line });
  }
  while (depth < (depths.at(-1) ?? 0)) {
    depths.pop();
    tokens.push({ kind: 'dedent', text: '', line });
  }
  if (depth !== (depths.at(-1) ?? 0))
    throw new WrongSyntax('unindent does not match any outer indentation level', line, 'IndentationError');
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  0: '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

/** What a string's text stands for, its escapes resolved. */
export function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|([0-7]{1,3})|([\s\S]))/g,
    (all, hex, wide, octal, plain) => {
      if (hex ?? wide) return String.fromCharCode(Number.parseInt(hex ?? wide, 16));
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
      return ESCAPES[plain] ?? all;
    },
  );
}
