import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';
import { readAll } from './io.js';
import { parseSize } from './numbers.js';

/** `hexdump`: bytes in hexadecimal. */
export const hexdump: Program = command(
  {
    name: 'hexdump',
    usage: '[options] <file>...',
    summary: 'Display file contents in hexadecimal, decimal, octal, or ascii.',
    version: 'from util-linux 2.38.1',
    options: [
      'C canonical : bytes and characters',
      'x two-bytes-hex : two bytes each, hexadecimal',
      'd two-bytes-decimal : two bytes each, decimal',
      'o two-bytes-octal : two bytes each, octal',
      'n length=LENGTH : only LENGTH bytes',
      's skip=OFFSET : skip OFFSET bytes',
      'v no-squeezing : lines that repeat too',
    ],
  },
  function* (context) {
    const parts: Uint8Array[] = [];
    for (const name of context.operands.length > 0 ? context.operands : ['-']) {
      try {
        parts.push(yield* readAll(context.sys, name === '-' ? 0 : context.sys.open(name, { read: true })));
      } catch (thrown) {
        context.fail(`${name}: ${reason(thrown)}`);
      }
    }
    const skip = parseSize(context.value('skip') ?? '0') ?? 0;
    const length = context.value('length');
    const bytes = Buffer.concat(parts).subarray(
      skip,
      length === undefined ? undefined : skip + (parseSize(length) ?? 0),
    );
    const canonical = context.has('canonical');
    const address = (at: number) => at.toString(16).padStart(canonical ? 8 : 7, '0');
    let previous = '';
    let starred = false;
    for (let at = 0; at < bytes.length; at += 16) {
      const part = bytes.subarray(at, at + 16);
      const key = part.toString('latin1');
      if (part.length === 16 && key === previous && !context.has('no-squeezing')) {
        if (!starred) context.print('*\n');
        starred = true;
        continue;
      }
      starred = false;
      previous = key;
      context.print(
        `${address(at + skip)}${canonical ? canonicalLine(part) : wordLine(part, context.has('two-bytes-decimal') ? 'd' : context.has('two-bytes-octal') ? 'o' : context.has('two-bytes-hex') ? 'x' : '')}\n`,
      );
    }
    if (bytes.length > 0) context.print(`${address(bytes.length + skip)}\n`);
    return undefined;
  },
);

function canonicalLine(part: Uint8Array): string {
  let text = ' ';
  for (let at = 0; at < 16; at += 1)
    text += `${at === 8 ? ' ' : ''} ${part[at]?.toString(16).padStart(2, '0') ?? '  '}`;
  return `${text}  |${[...part].map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')}|`;
}

function wordLine(part: Uint8Array, kind: string): string {
  let text = '';
  for (let at = 0; at < 16; at += 2) {
    const low = part[at];
    const value = low === undefined ? undefined : low | ((part[at + 1] ?? 0) << 8);
    if (kind === '') text += ` ${value?.toString(16).padStart(4, '0') ?? '    '}`;
    else if (kind === 'x') text += `    ${value?.toString(16).padStart(4, '0') ?? '    '}`;
    else if (kind === 'd') text += `   ${value === undefined ? '     ' : String(value).padStart(5, '0')}`;
    else text += `  ${value?.toString(8).padStart(6, '0') ?? '      '}`;
  }
  return text;
}
