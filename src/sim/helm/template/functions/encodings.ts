import { decodeBase64 } from '../../../api/go-template/base64.js';
import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { bytesOf, textOf } from '../../../api/go-template/go-bytes.js';
import { goFunction } from '../../../api/go-template/go-types.js';

/** Sprig's encodings. A text that cannot be decoded becomes the complaint. */
export const ENCODING_FUNCTIONS: FunctionTable = {
  b32dec: goFunction('(string) string', decodeBase32),
  b32enc: goFunction('(string) string', (text: string) => encodeBase32(bytesOf(text))),
  b64dec: goFunction('(string) string', (text: string) => {
    const decoded = decodeBase64(text);
    return typeof decoded === 'string' ? decoded : decoded.problem;
  }),
  b64enc: goFunction('(string) string', (text: string) => Buffer.from(bytesOf(text)).toString('base64')),
};

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function encodeBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const chars = (bits.match(/.{1,5}/g) ?? []).map((part) => ALPHABET[Number.parseInt(part.padEnd(5, '0'), 2)]);
  return chars.join('') + '='.repeat((8 - (chars.length % 8)) % 8);
}

function decodeBase32(text: string): string {
  const packed = text.replace(/[\r\n]/g, '');
  const [, chars = ''] = /^([A-Z2-7]*)=*$/.exec(packed) ?? [];
  const padding = packed.length - chars.length;
  if (packed.length % 8 !== 0 || (chars === '' && packed !== '') || ![0, 1, 3, 4, 6].includes(padding)) {
    const good = /^[A-Z2-7]*/.exec(packed)?.[0].length ?? 0;
    return `illegal base32 data at input byte ${good === packed.length ? good - (good % 8) : good}`;
  }
  const bits = [...chars].map((char) => ALPHABET.indexOf(char).toString(2).padStart(5, '0')).join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return textOf(Uint8Array.from(bytes));
}
