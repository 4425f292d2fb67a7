/** A word of a Corefile, and where it stands. */
export interface Token {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** A Corefile that CoreDNS would not start with; the message is what it prints. */
export class CorefileError extends Error {}

/**
 * The words of a Corefile as caddy's lexer tells them apart: blanks separate, double quotes hold a word together over
 * lines, `#` at a word's beginning comments the line out, a backslash before a quote keeps it.
 */
export function tokenize(text: string, file: string): Token[] {
  const tokens: Token[] = [];
  const words = /"((?:[^"\\]|\\[\s\S])*)"?|#[^\n]*|([^\s"][^\s]*)|\n/g;
  let line = 1;
  for (const [all, quoted, plain] of text.matchAll(words)) {
    if (quoted !== undefined) tokens.push({ file, line, text: quoted.replaceAll('\\"', '"') });
    else if (plain !== undefined) tokens.push({ file, line, text: plain });
    line += all.split('\n').length - 1;
  }
  return tokens;
}

/** Puts the environment's values into `{$NAME}` and `{%NAME%}`; names that are not set become empty. */
export function replaceEnvironment(text: string, environment: ReadonlyMap<string, string>): string {
  return text.replace(
    /\{\$([^{}$]+)\}|\{%([^{}%]+)%\}/g,
    (_, one?: string, other?: string) => environment.get(one ?? other ?? '') ?? '',
  );
}
