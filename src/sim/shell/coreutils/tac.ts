import type { Program } from '../../kernel/sys.js';
import { bytesToText } from '../format/byte-text.js';
import { command } from './command.js';
import { eachInput } from './inputs.js';
import { readAll } from './io.js';

/** `tac`: files with their last line first. */
export const tac: Program = command(
  {
    name: 'tac',
    summary: 'Write each FILE to standard output, last line first.',
    options: [
      'b before : the separator stands before, not after',
      'r regex : the separator is a regular expression',
      's separator=STRING : instead of newline',
    ],
  },
  function* (context) {
    const separator = context.value('separator') ?? '\n';
    if (separator === '') context.die('separator cannot be empty');
    yield* eachInput(
      context,
      context.operands,
      function* (descriptor) {
        const text = bytesToText(yield* readAll(context.sys, descriptor));
        const parts = text.split(separator);
        const before = context.has('before');
        const pieces = before
          ? parts.map((part, index) => (index === 0 ? part : separator + part))
          : parts.map((part, index) => (index === parts.length - 1 ? part : part + separator));
        context.print(pieces.reverse().join(''));
        yield* context.flush();
      },
      {
        open: (name) => `failed to open ${context.quoteName(name)} for reading`,
        read: (name) => `${context.showName(name)}: read error`,
      },
    );
    return undefined;
  },
);
