import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';
import { eachInput } from './inputs.js';
import { LineReader } from './io.js';

/** `rev`: lines with their characters reversed. */
export const rev: Program = command(
  {
    name: 'rev',
    usage: '[options] [<file> ...]',
    summary: 'Reverse lines characterwise.',
    version: 'from util-linux 2.38.1',
  },
  function* (context) {
    yield* eachInput(
      context,
      context.operands,
      function* (descriptor) {
        const reader = new LineReader(context.sys, descriptor);
        for (let lines = yield* reader.lines(); lines; lines = yield* reader.lines()) {
          const text = lines.map((line) => [...line].reverse().join('')).join('\n');
          context.print(reader.terminated ? `${text}\n` : text);
          yield* context.flush();
        }
      },
      { open: (name) => `cannot open ${name}` },
    );
    return undefined;
  },
);
