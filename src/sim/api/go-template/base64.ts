import { textOf } from './go-bytes.js';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What standard base64 stands for, or what Go says of a text that is none. */
export function decodeBase64(text: string): string | { readonly problem: string } {
  const packed = text.replace(/[\r\n]/g, '');
  if (BASE64.test(packed)) return textOf(Buffer.from(packed, 'base64'));
  return { problem: `illegal base64 data at input byte ${illegalByte(packed)}` };
}

/** Where Go's decoder stops: at the first character that cannot stand there, or at the end of the last whole group. */
function illegalByte(text: string): number {
  const good = /^[A-Za-z0-9+/]*/.exec(text)?.[0].length ?? 0;
  if (good === text.length) return good - (good % 4);
  if (text[good] !== '=') return good;
  const place = good % 4;
  if (place < 2) return good;
  const padding = 4 - place;
  const written = /^=*/.exec(text.slice(good))?.[0].length ?? 0;
  return written < padding ? good + written : good + padding;
}
