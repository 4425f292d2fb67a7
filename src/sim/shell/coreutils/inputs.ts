import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { reason } from './command.js';

/** How a program speaks of what it cannot open or read, and the exit status that makes. */
export interface InputWords {
  readonly open?: (name: string) => string;
  readonly read?: (name: string) => string;
  readonly status?: number;
}

/**
 * Visits each named input in turn, `-` (and none at all) being standard input. What cannot be opened or read is
 * reported, makes the exit status 1, and the rest goes on.
 */
export function* eachInput(
  context: Context,
  names: readonly string[],
  visit: (descriptor: number, name: string) => Waiting<void>,
  words: InputWords = {},
): Waiting<void> {
  for (const name of names.length > 0 ? names : ['-']) {
    const descriptor = openInput(context, name, words);
    if (descriptor === undefined) continue;
    try {
      yield* visit(descriptor, name);
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      context.fail(`${words.read?.(name) ?? context.showName(name)}: ${thrown.message}`, words.status);
    } finally {
      if (descriptor !== 0) context.sys.close(descriptor);
    }
  }
}

/** Opens a file to read, `-` being standard input; undefined, after a message, when it cannot. */
export function openInput(context: Context, name: string, words: InputWords = {}): number | undefined {
  if (name === '-') return 0;
  try {
    return context.sys.open(name, { read: true });
  } catch (thrown) {
    context.fail(`${words.open?.(name) ?? context.showName(name)}: ${reason(thrown)}`, words.status);
    return undefined;
  }
}
