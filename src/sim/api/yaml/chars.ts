/** The empty string stands for the end of the text in every function here. */

export const isBreak = (c: string): boolean =>
  c === '\n' || c === '\r' || c === '\u0085' || c === '\u2028' || c === '\u2029';

export const isBlank = (c: string): boolean => c === ' ' || c === '\t';

export const isBreakOrEnd = (c: string): boolean => c === '' || isBreak(c);

export const isBlankOrEnd = (c: string): boolean => isBlank(c) || isBreakOrEnd(c);

export const isDigit = (c: string): boolean => c >= '0' && c <= '9' && c.length === 1;

/** Letters, digits, `_` and `-`: what names of anchors, handles and directives are made of. */
export const isWord = (c: string): boolean => /^[0-9A-Za-z_-]$/.test(c);

export const isHex = (c: string): boolean => /^[0-9A-Fa-f]$/.test(c);

/** Characters no YAML stream may hold, checked before anything is read. */
export const FORBIDDEN = /[^\t\n\r\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Whether the writer may leave a character as it is; everything outside the basic plane is escaped. */
export function isPrintable(c: string): boolean {
  const code = c.codePointAt(0) ?? 0;
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e)) return true;
  if (code >= 0xa0 && code <= 0xd7ff) return true;
  return code >= 0xe000 && code <= 0xfffd && code !== 0xfeff;
}
