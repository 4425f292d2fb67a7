import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import type { RenderRequest } from '../render-request.js';

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ASCII = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
const COUNT_MAX = 1_000_000;

/** Sprig's functions of chance, which draw from the bytes of whoever renders. */
export function randomFunctions({ hooks }: RenderRequest): FunctionTable {
  const random = (count: number): Uint8Array => hooks.random(count);
  const below = (limit: number): number => {
    const [a = 0, b = 0, c = 0, d = 0] = random(4);
    return Math.floor(((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32) * limit);
  };
  const drawn = (alphabet: string) =>
    goFunction('(int) string', (count: number) => {
      if (count < 0 || count > COUNT_MAX) return '';
      return Array.from({ length: count }, () => alphabet[below(alphabet.length)]).join('');
    });
  return {
    randAlpha: drawn(LETTERS),
    randAlphaNum: drawn(LETTERS + DIGITS),
    randAscii: drawn(ASCII),
    randBytes: goFunction('(int) string', (count: number) => {
      if (count < 0) throw new TemplateError('runtime error: makeslice: len out of range');
      return Buffer.from(random(count)).toString('base64');
    }),
    randInt: goFunction('(int, int) int', (least: number, limit: number) => {
      if (limit <= least) throw new TemplateError('invalid argument to Intn');
      return least + below(limit - least);
    }),
    randNumeric: drawn(DIGITS),
    shuffle: goFunction('(string) string', (text: string) => shuffled([...text], below)),
    uuidv4: goFunction('() string', () => uuid(random(16))),
  };
}

function shuffled(chars: string[], below: (limit: number) => number): string {
  for (let i = chars.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [chars[i], chars[j]] = [chars[j] as string, chars[i] as string];
  }
  return chars.join('');
}

function uuid(bytes: Uint8Array): string {
  const set = Uint8Array.from(bytes, (byte, i) =>
    i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte,
  );
  return Buffer.from(set)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
