import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { command, Exit, reason } from './command.js';
import { readAll } from './io.js';
import { parseSize } from './numbers.js';

/** How bytes of a line are shown. */
interface Format {
  readonly bytes: number;
  readonly width: number;
  show(bytes: Uint8Array, at: number): string;
  readonly ascii?: boolean;
}

const NAMED = [
  'nul',
  'soh',
  'stx',
  'etx',
  'eot',
  'enq',
  'ack',
  'bel',
  'bs',
  'ht',
  'nl',
  'vt',
  'ff',
  'cr',
  'so',
  'si',
  'dle',
  'dc1',
  'dc2',
  'dc3',
  'dc4',
  'nak',
  'syn',
  'etb',
  'can',
  'em',
  'sub',
  'esc',
  'fs',
  'gs',
  'rs',
  'us',
  'sp',
];
const ESCAPES: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};
const SHORT: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'o1',
  c: 'c',
  d: 'u2',
  D: 'u4',
  f: 'fF',
  i: 'dI',
  l: 'dL',
  o: 'o2',
  s: 'd2',
  x: 'x2',
  X: 'x4',
  h: 'x2',
};

/** `od`: bytes as numbers and characters. */
export const od: Program = command(
  {
    name: 'od',
    summary: 'Write an unambiguous representation, octal bytes by default, of FILE to standard output.',
    options: [
      'A address-radix=RADIX : d, o, x or n for addresses',
      'endian=WHICH : (ignored)',
      'j skip-bytes=BYTES : skip BYTES first',
      'N read-bytes=BYTES : at most BYTES',
      't format=TYPE : how, such as x1, o2, d4, c, a, x1z',
      'v output-duplicates : lines that repeat too',
      'w width?BYTES : BYTES a line',
      ...Object.keys(SHORT).map((letter) => `${letter} : the same as -t ${SHORT[letter]}`),
    ],
  },
  function* (context) {
    const bytes = yield* input(context);
    const formats = context.options.given.flatMap(({ key, value }) =>
      key === 'format'
        ? parseFormats(context, value ?? '')
        : key in SHORT
          ? parseFormats(context, SHORT[key] as string)
          : [],
    );
    const width = Number(context.value('width') ?? (context.has('width') ? 32 : 16));
    const skip = parseSize(context.value('skip-bytes') ?? '0') ?? 0;
    dump(context, bytes, formats.length > 0 ? formats : parseFormats(context, 'o2'), width, skip);
    return undefined;
  },
);

function* input(context: Context): Waiting<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const name of context.operands.length > 0 ? context.operands : ['-']) {
    try {
      parts.push(yield* readAll(context.sys, name === '-' ? 0 : context.sys.open(name, { read: true })));
    } catch (thrown) {
      context.fail(`${context.showName(name)}: ${reason(thrown)}`);
      if (context.operands.length === 1) throw new Exit(1);
    }
  }
  const skip =
    parseSize(context.value('skip-bytes') ?? '0') ??
    context.die(`invalid -j argument ${context.quote(context.value('skip-bytes') ?? '')}`);
  const most = context.value('read-bytes');
  return Buffer.concat(parts).subarray(skip, most === undefined ? undefined : skip + (parseSize(most) ?? 0));
}

function dump(context: Context, bytes: Uint8Array, formats: readonly Format[], width: number, skip: number): void {
  const radix = context.value('address-radix') ?? 'o';
  const address = (at: number) =>
    radix === 'n'
      ? ''
      : radix === 'x'
        ? at.toString(16).padStart(6, '0')
        : radix === 'd'
          ? String(at).padStart(7, '0')
          : at.toString(8).padStart(7, '0');
  const room = Math.max(...formats.map((format) => ((format.width + 1) * width) / format.bytes));
  let previous = '';
  let starred = false;
  for (let at = 0; at < bytes.length; at += width) {
    const part = bytes.subarray(at, at + width);
    const same = part.length === width && Buffer.from(part).toString('latin1');
    if (same !== false && same === previous && at > 0 && !context.has('output-duplicates')) {
      if (!starred) context.print('*\n');
      starred = true;
      continue;
    }
    starred = false;
    previous = same === false ? '' : same;
    for (const [index, format] of formats.entries()) {
      const start = index === 0 ? address(at + skip) : ' '.repeat(address(at + skip).length);
      context.print(`${start}${line(part, format, room, width)}\n`);
    }
  }
  if (radix !== 'n') context.print(`${address(bytes.length + skip)}\n`);
}

function line(part: Uint8Array, format: Format, room: number, width: number): string {
  const padded = Buffer.concat([part, new Uint8Array((format.bytes - (part.length % format.bytes)) % format.bytes)]);
  const cell = Math.floor((room * format.bytes) / width);
  let text = '';
  for (let at = 0; at < padded.length; at += format.bytes) text += format.show(padded, at).padStart(cell);
  if (!format.ascii) return text;
  return `${text.padEnd(room)}  >${[...part].map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')}<`;
}

function parseFormats(context: Context, text: string): Format[] {
  const formats: Format[] = [];
  for (let rest = text; rest !== ''; ) {
    const match = /^([acdouxf])([CSILFD]|\d+)?(z)?/.exec(rest);
    if (!match) return context.die(`invalid character '${rest[0]}' in type string ${context.quote(text)}`);
    formats.push(formatOf(match[1] as string, match[2], match[3] !== undefined));
    rest = rest.slice(match[0].length);
  }
  return formats;
}

const SIZES: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8, F: 4, D: 8 };

function formatOf(kind: string, sizeText: string | undefined, ascii: boolean): Format {
  if (kind === 'a')
    return { bytes: 1, width: 3, ascii, show: (bytes, at) => characterName((bytes[at] as number) & 127) };
  if (kind === 'c') return { bytes: 1, width: 3, ascii, show: (bytes, at) => characterText(bytes[at] as number) };
  const size = sizeText === undefined ? (kind === 'f' ? 8 : 4) : (SIZES[sizeText] ?? Number(sizeText));
  if (kind === 'f')
    return {
      bytes: size,
      width: size === 8 ? 24 : 15,
      ascii,
      show: (bytes, at) =>
        (size === 8 ? Buffer.from(bytes).readDoubleLE(at) : Buffer.from(bytes).readFloatLE(at)).toString(),
    };
  const bits = size * 8;
  const digits =
    kind === 'x'
      ? size * 2
      : kind === 'o'
        ? Math.ceil(bits / 3)
        : String(2n ** BigInt(kind === 'd' ? bits - 1 : bits)).length + (kind === 'd' ? 1 : 0);
  return { bytes: size, width: digits, ascii, show: (bytes, at) => integer(bytes, at, size, kind, digits) };
}

function integer(bytes: Uint8Array, at: number, size: number, kind: string, digits: number): string {
  let value = 0n;
  for (let index = size - 1; index >= 0; index -= 1) value = (value << 8n) | BigInt(bytes[at + index] as number);
  if (kind === 'x') return value.toString(16).padStart(digits, '0');
  if (kind === 'o') return value.toString(8).padStart(digits, '0');
  return String(kind === 'd' ? BigInt.asIntN(size * 8, value) : value);
}

function characterName(byte: number): string {
  return byte === 127 ? 'del' : (NAMED[byte] ?? String.fromCharCode(byte));
}

function characterText(byte: number): string {
  return ESCAPES[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'));
}
