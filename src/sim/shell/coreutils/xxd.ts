import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';
import { readAll } from './io.js';

/** `xxd`: a hex dump, or the way back. */
export const xxd: Program = command(
  {
    name: 'xxd',
    usage: '[options] [infile [outfile]]',
    summary: 'Make a hexdump or do the reverse.',
    bare: true,
    options: [
      'b : bits',
      'c=COLS : bytes a line',
      'g=BYTES : bytes of a group',
      'i : a C include file',
      'l=LEN : stop after LEN bytes',
      'p : plain hexadecimal',
      'r : the way back',
      's=SEEK : start there',
      'u : upper case',
    ],
  },
  function* (context) {
    const [path = '-'] = context.operands;
    let bytes: Buffer;
    try {
      bytes = Buffer.from(yield* readAll(context.sys, path === '-' ? 0 : context.sys.open(path, { read: true })));
    } catch (thrown) {
      return context.die(`${path}: ${reason(thrown)}`, 2);
    }
    if (context.has('r')) {
      context.print(reverse(bytes.toString('latin1'), context.has('p')));
      return 0;
    }
    const from = Number(context.value('s') ?? 0);
    const length = context.value('l');
    const part = bytes.subarray(from, length === undefined ? undefined : from + Number(length));
    const bits = context.has('b');
    const columns = Number(context.value('c') ?? (context.has('p') ? 30 : bits ? 6 : 16));
    const hex = (byte: number) => {
      const text = bits ? byte.toString(2).padStart(8, '0') : byte.toString(16).padStart(2, '0');
      return context.has('u') ? text.toUpperCase() : text;
    };
    const group = Number(context.value('g') ?? (bits ? 1 : 2)) || columns;
    for (let at = 0; at < part.length; at += columns) {
      const line = [...part.subarray(at, at + columns)];
      if (context.has('p')) {
        context.print(`${line.map(hex).join('')}\n`);
        continue;
      }
      const cells = Array.from(
        { length: columns },
        (_, index) =>
          (line[index] === undefined ? ' '.repeat(bits ? 8 : 2) : hex(line[index])) +
          ((index + 1) % group === 0 ? ' ' : ''),
      );
      const text = line.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
      context.print(
        `${(from + at).toString(16).padStart(8, '0')}: ${cells.join('')}${columns % group === 0 ? ' ' : '  '}${text}\n`,
      );
    }
    return 0;
  },
);

function reverse(text: string, plain: boolean): Buffer {
  if (plain) return Buffer.from(text.replace(/[^0-9a-fA-F]/g, ''), 'hex');
  const lines = text.split('\n').map((line) => /^[0-9a-fA-F]+: ?((?:[0-9a-fA-F]{2,} ?)+)/.exec(line)?.[1] ?? '');
  return Buffer.concat(lines.map((line) => Buffer.from((line.split(/ {2,}/)[0] as string).replace(/ /g, ''), 'hex')));
}
