import type { Mark } from './cursor.js';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export type TokenType =
  | 'alias'
  | 'anchor'
  | 'block-end'
  | 'block-entry'
  | 'block-mapping-start'
  | 'block-sequence-start'
  | 'document-end'
  | 'document-start'
  | 'flow-entry'
  | 'flow-mapping-end'
  | 'flow-mapping-start'
  | 'flow-sequence-end'
  | 'flow-sequence-start'
  | 'key'
  | 'scalar'
  | 'stream-end'
  | 'tag'
  | 'tag-directive'
  | 'value'
  | 'version-directive';

/** What the scanner hands to the parser. `value` and `suffix` hold text by type (a tag's handle and suffix, a directive's handle and prefix). */
export interface Token {
  readonly type: TokenType;
  readonly start: Mark;
  readonly end: Mark;
  readonly value: string;
  readonly suffix: string;
  readonly style: ScalarStyle;
}

/** Makes a token, with the empty string for what its type does not have. */
export function token(
  type: TokenType,
  start: Mark,
  end: Mark,
  rest: Partial<Pick<Token, 'value' | 'suffix' | 'style'>> = {},
): Token {
  return { type, start, end, value: '', suffix: '', style: 'plain', ...rest };
}
