import { AwkSyntaxError } from './syntax.js';

export interface Token {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'call' | 'builtin' | 'keyword' | 'sign' | 'newline' | 'end';
  readonly text: string;
  readonly line: number;
}

const BUILTINS = new Set([
  'atan2',
  'close',
  'cos',
  'exp',
  'fflush',
  'gsub',
  'index',
  'int',
  'length',
  'log',
  'match',
  'mktime',
  'rand',
  'sin',
  'split',
  'sprintf',
  'sqrt',
  'srand',
  'strftime',
  'sub',
  'substr',
  'system',
  'systime',
  'tolower',
  'toupper',
]);
const KEYWORDS = new Set([
  'BEGIN',
  'END',
  'break',
  'continue',
  'delete',
  'do',
  'else',
  'exit',
  'for',
  'func',
  'function',
  'getline',
  'if',
  'in',
  'next',
  'nextfile',
  'print',
  'printf',
  'return',
  'while',
]);
const SIGNS = [
  '**=',
  '&&',
  '||',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '==',
  '<=',
  '>=',
  '!=',
  '!~',
  '>>',
  '**',
  ...'{}()[];,+-*/%^!><|?:~$=',
];
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** Cuts an awk program into tokens. Whether `/` divides or opens a pattern depends on what came before. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  const add = (kind: Token['kind'], word: string, length: number) => {
    tokens.push({ kind, text: word, line });
    at += length;
  };
  while (at < text.length) {
    const rest = text.slice(at, at + 400);
    const char = rest[0] as string;
    const skipped = /^(?:[ \t\r]+|\\\r?\n|#[^\n]*)/.exec(text.slice(at))?.[0];
    if (skipped) {
      at += skipped.length;
      if (skipped.includes('\n')) line += 1;
      continue;
    }
    if (char === '\n') {
      add('newline', '\n', 1);
      line += 1;
      continue;
    }
    const number = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(rest)?.[0];
    const word = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (number) add('number', number, number.length);
    else if (word) add(kindOfWord(word, rest[word.length]), word, word.length);
    else if (char === '"') {
      const { value, length } = readString(text, at, line);
      add('string', value, length);
    } else if (char === '/' && regexMayStart(tokens.at(-1))) {
      const source = readRegex(text, at, line);
      add('regex', source, source.length + 2);
    } else {
      const sign = SIGNS.find((candidate) => rest.startsWith(candidate));
      if (!sign) throw new AwkSyntaxError(`${line}: unexpected character '${char}'`);
      add('sign', sign === '**' ? '^' : sign === '**=' ? '^=' : sign, sign.length);
    }
  }
  tokens.push({ kind: 'end', text: '', line: line + (text.endsWith('\n') ? 0 : 1) });
  return tokens;
}

function kindOfWord(word: string, next: string | undefined): Token['kind'] {
  if (KEYWORDS.has(word)) return 'keyword';
  if (BUILTINS.has(word)) return 'builtin';
  return next === '(' ? 'call' : 'name';
}

function regexMayStart(previous: Token | undefined): boolean {
  if (!previous) return true;
  if (['number', 'string', 'name', 'builtin', 'regex'].includes(previous.kind)) return false;
  if (previous.kind === 'sign') return ![')', ']', '$', '++', '--'].includes(previous.text);
  return true;
}

function readString(text: string, start: number, line: number): { value: string; length: number } {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '"') return { value, length: at + 1 - start };
    if (char === '\n') break;
    if (char !== '\\') {
      value += char;
      continue;
    }
    const { text: read, length } = unescapeAt(text, at);
    value += read;
    at += length - 1;
  }
  const shown = text.slice(start).split('\n', 1)[0] as string;
  throw new AwkSyntaxError(`line ${line}: runaway string constant ${shown.slice(0, 10)} ...`);
}

function unescapeAt(text: string, at: number): { text: string; length: number } {
  const next = text[at + 1];
  if (next === undefined) return { text: '\\', length: 1 };
  if (next === '\n') return { text: '', length: 2 };
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (octal) return { text: String.fromCharCode(Number.parseInt(octal, 8) & 255), length: 1 + octal.length };
  const meant = ESCAPES[next];
  return { text: meant ?? `\\${next}`, length: 2 };
}

/** Reads the escapes of a string, as in `-v` and in assignments among the operands. */
export function unescapeString(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '\\') {
      result += text[at];
      at += 1;
      continue;
    }
    const read = unescapeAt(text, at);
    result += read.text;
    at += read.length;
  }
  return result;
}

function readRegex(text: string, start: number, line: number): string {
  let inBrackets = false;
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\n') break;
    if (char === '\\') at += 1;
    else if (char === '[' && !inBrackets) {
      inBrackets = true;
      if (text[at + 1] === '^') at += 1;
      if (text[at + 1] === ']') at += 1;
    } else if (char === ']') inBrackets = false;
    else if (char === '/' && !inBrackets) return text.slice(start + 1, at);
  }
  const shown = text.slice(start).split('\n', 1)[0] as string;
  throw new AwkSyntaxError(`line ${line}: runaway regular expression ${shown.slice(0, 10)} ...`);
}
