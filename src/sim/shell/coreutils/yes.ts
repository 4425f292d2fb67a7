import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import { textToBytes } from '../format/byte-text.js';
import { command } from './command.js';
import { work } from './io.js';

/** `yes`: the same line until it is stopped. */
export const yes: Program = command(
  { name: 'yes', usage: '[STRING]...', summary: "Repeatedly output a line with all specified STRING(s), or 'y'." },
  function* (context) {
    const line = `${context.operands.length > 0 ? context.operands.join(' ') : 'y'}\n`;
    const block = textToBytes(line.repeat(Math.max(1, Math.floor(4096 / line.length))));
    for (;;) {
      try {
        yield* context.sys.write(1, block);
      } catch (thrown) {
        if (!isErrno(thrown)) throw thrown;
        context.warn(`standard output: ${thrown.message}`);
        return 1;
      }
      yield* work(context.sys, block.length);
    }
  },
);
