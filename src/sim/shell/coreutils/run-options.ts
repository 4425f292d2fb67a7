import type { Errno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { execCommand } from './run-command.js';

/** Becomes the program that env, nice, nohup and their kin run; 126 or 127 when it cannot be started. */
export function* become(
  context: Context,
  args: readonly string[],
  words: (error: Errno) => string,
  environment?: ReadonlyMap<string, string>,
): Waiting<number> {
  yield* context.flush();
  const result = yield* execCommand(context.sys, args, environment);
  if (typeof result === 'number') return result;
  context.warn(words(result));
  return result.code === 'ENOENT' ? 127 : 126;
}
