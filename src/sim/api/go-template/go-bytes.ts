/** Texts as Go's bytes and back; a byte that is no UTF-8 is kept as a lone surrogate, U+DC80 to U+DCFF. */

const ESCAPED = /[\udc80-\udcff]/;
const LOWEST = 0xdc00;

/** The bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  if (!ESCAPED.test(text) || text.isWellFormed()) return Buffer.from(text, 'utf8');
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdbff) at++;
    else if (code >= LOWEST + 0x80 && code <= LOWEST + 0xff) {
      parts.push(Buffer.from(text.slice(start, at), 'utf8'), Uint8Array.of(code - LOWEST));
      start = at + 1;
    }
  }
  parts.push(Buffer.from(text.slice(start), 'utf8'));
  return Buffer.concat(parts);
}

/** The text of bytes. */
export function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  if (!text.includes('\ufffd') || Buffer.from(text, 'utf8').equals(buffer)) return text;
  let out = '';
  for (let at = 0; at < buffer.length; ) {
    const length = runeLength(buffer, at);
    out += length === 0 ? String.fromCharCode(LOWEST + (buffer[at] ?? 0)) : buffer.toString('utf8', at, at + length);
    at += Math.max(length, 1);
  }
  return out;
}

/** How many bytes the character at a place has; zero where none begins. */
function runeLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return 0;
  const text = Buffer.from(bytes.subarray(at, at + length)).toString('utf8');
  return text.includes('\ufffd') &&
    !(length === 3 && first === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd)
    ? 0
    : length;
}

/** How many bytes a text has. */
export function byteLength(text: string): number {
  return text.isWellFormed() ? Buffer.byteLength(text, 'utf8') : bytesOf(text).length;
}

/** A part of a text, counted in bytes. */
export function sliceBytes(text: string, from: number, to?: number): string {
  return textOf(bytesOf(text).subarray(from, to));
}
