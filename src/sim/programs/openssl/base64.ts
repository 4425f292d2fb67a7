/** What openssl takes for Base64, with the oddities that its reader of lines has. */
import { type Bytes, decodeText } from '../../kernel/bytes.js';

const LINE = 64;
/** The reader's buffer: what it looks through for a first line, and what it decodes at a time. */
const BUFFER = 1024;

/** Bytes in lines of 64, or on one line without an end. */
export function encodeBase64(bytes: Bytes, onOneLine: boolean): string {
  const text = Buffer.from(bytes).toString('base64');
  if (onOneLine) return text;
  return (text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []).map((line) => `${line}\n`).join('');
}

/** Whatever can be read; nothing of what is cut short, and no word of it. */
export function decodeBase64(bytes: Bytes, onOneLine: boolean): Bytes {
  const text = decodeText(bytes);
  return onOneLine ? decodeOneLine(text) : decodeLines(text);
}

/** One line: groups of four as they come, until one is wrong. */
function decodeOneLine(text: string): Bytes {
  const chunks: Buffer[] = [];
  let left = '';
  for (let at = 0; at < text.length; at += BUFFER) {
    left += text.slice(at, at + BUFFER);
    const whole = left.length - (left.length % 4);
    const group = left.slice(0, whole).trim();
    left = left.slice(whole);
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(group)) break;
    chunks.push(Buffer.from(group, 'base64'));
  }
  return Buffer.concat(chunks);
}

/** Lines: a first one must end within the buffer; what stands before one that is good does not matter. */
function decodeLines(text: string): Bytes {
  const chunks: Buffer[] = [];
  let digits = '';
  let hasBegun = false;
  for (let at = 0; at < text.length; at += BUFFER) {
    let chunk = text.slice(at, at + BUFFER);
    if (!hasBegun) {
      const begin = firstGood(chunk);
      if (begin === undefined) continue;
      chunk = chunk.slice(begin);
      hasBegun = true;
    }
    digits += chunk.replace(/\s/g, '');
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) break;
    // Blocks of sixty-four are decoded at once, a shorter one where it ends with a group.
    const whole = digits.length % 4 === 0 ? digits.length : digits.length - (digits.length % LINE);
    chunks.push(Buffer.from(digits.slice(0, whole), 'base64'));
    const isOver = digits.slice(0, whole).endsWith('=');
    digits = digits.slice(whole);
    if (isOver) break;
  }
  return Buffer.concat(chunks);
}

/** Where the first line begins that can be Base64. */
function firstGood(chunk: string): number | undefined {
  let begin = 0;
  for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', begin)) {
    if (/^[A-Za-z0-9+/=\s]*$/.test(chunk.slice(begin, end))) return begin;
    begin = end + 1;
  }
  return undefined;
}
