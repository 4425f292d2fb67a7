import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';
import { eachInput } from './inputs.js';
import { rawText, readAll } from './io.js';

/** `strings`: what can be read in a binary file. */
export const strings: Program = command(
  {
    name: 'strings',
    usage: '[option(s)] [file(s)]',
    summary: 'Display printable strings in [file(s)] (stdin by default).',
    version: '(GNU Binutils for Debian) 2.40',
    options: [
      'a all : the whole file',
      'f print-file-name : the file name first',
      'n bytes=NUMBER : at least NUMBER characters (4)',
      't radix=RADIX : the place of each string, in o, d or x',
      'o : the same as --radix=o',
    ],
    legacy: (word) => (/^-\d+$/.test(word) ? { key: 'bytes', value: word.slice(1), as: '-n' } : undefined),
  },
  function* (context) {
    const least = Number(context.value('bytes') ?? 4);
    const radix = context.value('radix') ?? (context.has('o') ? 'o' : undefined);
    yield* eachInput(
      context,
      context.operands,
      function* (descriptor, name) {
        const text = rawText(yield* readAll(context.sys, descriptor));
        for (const match of text.matchAll(new RegExp(`[\\x20-\\x7e\\t]{${least},}`, 'g'))) {
          const place =
            radix === undefined
              ? ''
              : `${match.index.toString(radix === 'x' ? 16 : radix === 'o' ? 8 : 10).padStart(7)} `;
          context.print(`${context.has('print-file-name') ? `${name}: ` : ''}${place}${match[0]}\n`);
        }
        yield* context.flush();
      },
      { open: (name) => `'${name}'` },
    );
    return undefined;
  },
);
