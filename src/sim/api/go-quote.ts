const NAMED: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

const PRINTABLE = /^[ \p{L}\p{M}\p{N}\p{P}\p{S}]$/u;

/** Quotes text as Go's `%q` does: double quotes, named escapes, `\x01`, `\u200b`, `\U000e0001` for what cannot be printed. */
export function goQuote(text: string): string {
  return `"${escapeRunes(text, '"')}"`;
}

/** A character as Go's `%#U` names it: `U+0026 '&'`. */
export function goRune(char: string): string {
  const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return PRINTABLE.test(char) ? `U+${code} '${char}'` : `U+${code}`;
}

function escapeRunes(text: string, quote: string): string {
  let out = '';
  for (const char of text) out += char === quote ? `\\${quote}` : (NAMED[char] ?? escapeUnprintable(char));
  return out;
}

function escapeUnprintable(char: string): string {
  if (PRINTABLE.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}
