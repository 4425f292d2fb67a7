import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';
import { CHUNK_BYTES, WriteError } from './io.js';

/** `tee`: standard input to standard output and to files. */
export const tee: Program = command(
  {
    name: 'tee',
    summary: 'Copy standard input to each FILE, and also to standard output.',
    options: [
      'a append : add to the files',
      'i ignore-interrupts : ignore interrupt signals',
      'p : go on when a pipe breaks',
      'output-error?MODE : what to do when writing fails',
    ],
  },
  function* (context) {
    const { sys } = context;
    if (context.has('ignore-interrupts')) sys.onSignal('INT', 'ignore');
    if (context.has('p') || context.has('output-error')) sys.onSignal('PIPE', 'ignore');
    const append = context.has('append');
    let outputs = [{ descriptor: 1, name: 'standard output' }];
    for (const name of context.operands) {
      try {
        outputs.push({ descriptor: sys.open(name, { write: true, create: true, append, truncate: !append }), name });
      } catch (thrown) {
        context.fail(`${context.showName(name)}: ${reason(thrown)}`);
      }
    }
    yield* context.flush();
    while (outputs.length > 0) {
      const chunk = yield* sys.read(0, CHUNK_BYTES);
      if (chunk.length === 0) break;
      for (const output of [...outputs]) {
        try {
          yield* sys.write(output.descriptor, chunk);
        } catch (thrown) {
          if (!isErrno(thrown) && !(thrown instanceof WriteError)) throw thrown;
          if (!isErrno(thrown, 'EPIPE') || !context.has('p'))
            context.fail(`${context.showName(output.name)}: ${thrown.message}`);
          outputs = outputs.filter((other) => other !== output);
        }
      }
      yield* context.flush();
    }
    return undefined;
  },
);
