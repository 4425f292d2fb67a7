import stringWidth from 'string-width';

/** Columns one character takes on a terminal; 0 for control characters. */
export function characterWidth(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return 0;
  return code < 0x300 ? 1 : stringWidth(char);
}

/** Columns a text takes on a terminal. */
export function textWidth(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);
}
