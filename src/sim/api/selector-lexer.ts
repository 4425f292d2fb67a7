/** Splits the string form of a label selector into tokens (apimachinery pkg/labels, Lexer). */

/** A token; `kind` is the sign itself, or word, error or end. */
export interface SelectorToken {
  kind: '(' | ')' | ',' | '!' | '=' | '==' | '!=' | '>' | '<' | 'in' | 'notin' | 'word' | 'error' | 'end';
  text: string;
}

const SIGNS = new Set(['(', ')', ',', '!', '=', '==', '!=', '>', '<']);
const SPECIAL = /[=!(),><]/;
const SPACE = /[ \t\r\n]/;

/** All tokens of a selector, an `end` token last. A NUL ends it, as it does Go's lexer. */
export function tokenizeSelector(given: string): SelectorToken[] {
  const [text = ''] = given.split('\0');
  const tokens: SelectorToken[] = [];
  let position = 0;
  while (position < text.length) {
    const character = text[position] ?? '';
    if (SPACE.test(character)) {
      position += 1;
    } else if (SPECIAL.test(character)) {
      const token = readSign(text, position);
      tokens.push(token.token);
      position = token.next;
    } else {
      const start = position;
      while (position < text.length && !SPECIAL.test(text[position] ?? '') && !SPACE.test(text[position] ?? '')) {
        position += 1;
      }
      const word = text.slice(start, position);
      tokens.push({ kind: word === 'in' || word === 'notin' ? word : 'word', text: word });
    }
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

/** The longest run of special characters that is a sign; further ones are left for the next token. */
function readSign(text: string, start: number): { token: SelectorToken; next: number } {
  let last: string | undefined;
  let position = start;
  while (position < text.length && SPECIAL.test(text[position] ?? '')) {
    const candidate = text.slice(start, position + 1);
    if (SIGNS.has(candidate)) last = candidate;
    else if (last !== undefined) break;
    position += 1;
  }
  if (last === undefined) {
    const run = text.slice(start, position);
    return { token: { kind: 'error', text: `error expected: keyword found '${run}'` }, next: position };
  }
  return { token: { kind: last as SelectorToken['kind'], text: last }, next: position };
}
