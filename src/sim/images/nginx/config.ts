/** nginx's configuration language: directives that end in `;` or hold a block. */

/** One directive with its words, and what stands in its block. */
export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  readonly block: readonly Directive[] | undefined;
  readonly file: string;
  readonly line: number;
}

/** A mistake, in nginx's words without its `nginx: [emerg] `. */
export class NginxConfigError extends Error {}

/** What reading a configuration needs of the file tree: a file's text, and the files that a pattern names. */
export interface ConfigFiles {
  read(path: string): string;
  glob(pattern: string): readonly string[];
}

interface Token {
  readonly text: string;
  readonly line: number;
  readonly mark: boolean;
}

/** Reads a file and what it includes. Throws `NginxConfigError`. */
export function readNginxConfig(path: string, files: ConfigFiles): Directive[] {
  const tokens = tokenize(files.read(path));
  const cursor = { at: 0 };
  const directives = readBlock(path, tokens, cursor, false, files);
  return directives;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\n|[ \t\r]+|#[^\n]*|[;{}]|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|(["'])|(?:\\.|\$\{[^}]*\}|[^\s;{}"'])+/gs;
  let line = 1;
  for (const match of text.matchAll(pattern)) {
    const [whole, double, single, open] = match;
    if (open !== undefined) {
      // A quote that nobody closes: the rest of the file is one word without an end.
      tokens.push({ text: open, line, mark: false });
      break;
    }
    const quoted = double ?? single;
    const skip = quoted === undefined && (/^\s/.test(whole) || whole.startsWith('#'));
    if (!skip) {
      const mark = quoted === undefined && /^[;{}]$/.test(whole);
      tokens.push({ text: mark ? whole : unescaped(quoted ?? whole), line, mark });
    }
    line += whole.split('\n').length - 1;
  }
  tokens.push({ text: '', line, mark: true });
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n', '"': '"', "'": "'", '\\': '\\' };

/** nginx takes the backslash from quotes, from itself and from the three letters that stand for characters. */
function unescaped(word: string): string {
  return word.replace(/\\([trn"'\\])/g, (_, one: string) => ESCAPES[one] ?? one);
}

function readBlock(
  file: string,
  tokens: readonly Token[],
  cursor: { at: number },
  inside: boolean,
  files: ConfigFiles,
): Directive[] {
  const directives: Directive[] = [];
  for (;;) {
    const token = tokens[cursor.at] as Token;
    cursor.at += 1;
    if (token.mark && token.text === '') {
      if (inside) throw new NginxConfigError(`unexpected end of file, expecting "}" in ${file}:${token.line}`);
      return directives;
    }
    if (token.mark && token.text === '}') {
      if (!inside) throw new NginxConfigError(`unexpected "}" in ${file}:${token.line}`);
      return directives;
    }
    if (token.mark) throw new NginxConfigError(`unexpected "${token.text}" in ${file}:${token.line}`);
    const directive = readDirective(file, token, tokens, cursor, files);
    if (directive.name !== 'include') directives.push(directive);
    else directives.push(...included(directive, files));
  }
}

function readDirective(
  file: string,
  first: Token,
  tokens: readonly Token[],
  cursor: { at: number },
  files: ConfigFiles,
): Directive {
  const words: string[] = [];
  for (;;) {
    const token = tokens[cursor.at] as Token;
    cursor.at += 1;
    const own = { name: first.text, words, file, line: first.line };
    if (!token.mark) words.push(token.text);
    else if (token.text === ';') return { ...own, line: token.line, block: undefined };
    else if (token.text === '{')
      return { ...own, line: token.line, block: readBlock(file, tokens, cursor, true, files) };
    else if (token.text === '}') throw new NginxConfigError(`unexpected "}" in ${file}:${token.line}`);
    else throw new NginxConfigError(`unexpected end of file, expecting ";" or "}" in ${file}:${token.line}`);
  }
}

function included({ words, file, line }: Directive, files: ConfigFiles): Directive[] {
  const [given = ''] = words;
  const pattern = given.startsWith('/') ? given : `/etc/nginx/${given}`;
  const paths = pattern.includes('*') ? files.glob(pattern) : [pattern];
  return paths.flatMap((path) => {
    try {
      return readNginxConfig(path, files);
    } catch (error) {
      if (!(error instanceof NginxConfigError)) throw error;
      // A file that cannot be opened is told with the line that wants it.
      if (!error.message.startsWith(`open() "${path}" failed (`) || / in \S+:\d+$/.test(error.message)) throw error;
      throw new NginxConfigError(`${error.message} in ${file}:${line}`);
    }
  });
}
