import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';
import { UsageError } from './options.js';
import { joinPath } from './paths.js';
import { become } from './run-options.js';

/** `nohup`: runs a program that outlives its terminal. */
export const nohup: Program = command(
  {
    name: 'nohup',
    usage: 'COMMAND [ARG]...',
    summary: 'Run COMMAND, ignoring hangup signals.',
    misuse: 125,
    inOrder: true,
  },
  function* (context) {
    const { sys } = context;
    const [program] = context.operands;
    if (program === undefined) throw new UsageError('missing operand');
    const [input, output, error] = [0, 1, 2].map((descriptor) => sys.terminal(descriptor) !== undefined);
    if (input) sys.duplicate(sys.open('/dev/null', { write: true }), { exactly: 0 });
    let file: string | undefined;
    if (output) {
      file = openOutput(['nohup.out', joinPath(sys.environment.get('HOME') ?? '/', 'nohup.out')]);
      context.warn(`${input ? 'ignoring input and ' : ''}appending output to ${context.quoteName(file)}`);
    } else if (input) context.warn(`ignoring input${error ? ' and redirecting stderr to stdout' : ''}`);
    yield* context.flush();
    if (error) sys.duplicate(1, { exactly: 2 });
    sys.onSignal('HUP', 'ignore');
    return yield* become(
      context,
      context.operands,
      (refused) => `failed to run command ${context.quoteName(program)}: ${refused.message}`,
    );

    function openOutput(paths: readonly string[]): string {
      for (const path of paths) {
        try {
          sys.duplicate(sys.open(path, { write: true, create: true, append: true }, 0o600), { exactly: 1 });
          return path;
        } catch (thrown) {
          context.warn(`failed to open ${context.quoteName(path)}: ${reason(thrown)}`);
        }
      }
      return context.die('failed to open output', 125);
    }
  },
);
