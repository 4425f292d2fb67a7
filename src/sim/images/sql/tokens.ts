import { SqlProblem } from './problem.js';

/** Whose SQL is spoken. */
export type Dialect = 'mysql' | 'postgres';

export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'variable' | 'sign' | 'end';
  /** Words in small letters; names and texts without their quotes. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const PATTERN =
  /\s+|--(?=\s|$)[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|(?<number>\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)|(?<variable>@@?[\w.$]+)|(?<word>[a-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<quoted>E?'(?:[^'\\]|''|\\[\s\S])*')|(?<double>"(?:[^"]|"")*")|(?<back>`(?:[^`]|``)*`)|\$(?<tag>\w*)\$(?<dollar>[\s\S]*?)\$\k<tag>\$|(?<sign><=>|<>|!=|<=|>=|\|\||&&|::|:=|[-+*/%=<>(),.;!@?:~^&|[\]])/giy;

/** The words of a statement. Throws `SqlProblem`. */
export function tokensOf(text: string, dialect: Dialect): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  while (from < text.length) {
    PATTERN.lastIndex = from;
    const match = PATTERN.exec(text);
    if (!match) throw new SqlProblem('syntax', { near: text.slice(from) }, from);
    const to = from + match[0].length;
    const token = tokenOf(match.groups ?? {}, dialect);
    if (token) tokens.push({ ...token, from, to });
    from = to;
  }
  tokens.push({ kind: 'end', text: '', from: text.length, to: text.length });
  return tokens;
}

function tokenOf(
  groups: Readonly<Record<string, string | undefined>>,
  dialect: Dialect,
): Pick<Token, 'kind' | 'text'> | undefined {
  const { number, variable, word, quoted, double, back, dollar, sign } = groups;
  if (number !== undefined) return { kind: 'number', text: number };
  if (variable !== undefined) return { kind: 'variable', text: variable };
  if (word !== undefined) return { kind: 'word', text: word.toLowerCase() };
  if (quoted !== undefined) return { kind: 'text', text: textOf(quoted, dialect) };
  if (double !== undefined) {
    const inner = double.slice(1, -1).replaceAll('""', '"');
    return { kind: dialect === 'mysql' ? 'text' : 'name', text: inner };
  }
  if (back !== undefined) return { kind: 'name', text: back.slice(1, -1).replaceAll('``', '`') };
  if (dollar !== undefined) return { kind: 'text', text: dollar };
  return sign === undefined ? undefined : { kind: 'sign', text: sign };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0', b: '\b' };

function textOf(quoted: string, dialect: Dialect): string {
  const escaping = dialect === 'mysql' || /^E/i.test(quoted);
  const inner = quoted.slice(quoted.indexOf("'") + 1, -1).replaceAll("''", "'");
  return escaping ? inner.replace(/\\([\s\S])/g, (_, character: string) => ESCAPES[character] ?? character) : inner;
}

/** Cuts a text at the semicolons between statements; what stands after the last one is `rest`. */
export function splitStatements(text: string): { readonly statements: readonly string[]; readonly rest: string } {
  const statements: string[] = [];
  const pattern =
    /--(?=\s|$)[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*"|`[^`]*`|\$(\w*)\$[\s\S]*?\$\1\$|;/g;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match[0] !== ';') continue;
    statements.push(text.slice(from, match.index));
    from = match.index + 1;
  }
  return { statements, rest: text.slice(from) };
}
