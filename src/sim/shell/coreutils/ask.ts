import type { Waiting } from '../../kernel/wait.js';
import { bytesToText } from '../format/byte-text.js';
import type { Context } from './command.js';

/** Asks on standard error and reads a line from standard input; yes when it begins with y or Y. */
export function* ask(context: Context, question: string): Waiting<boolean> {
  context.output.add(2, `${context.name}: ${question}`);
  return yield* readYes(context);
}

/** Reads a line from standard input; yes when it begins with y or Y. */
export function* readYes(context: Context): Waiting<boolean> {
  yield* context.flush();
  let answer = '';
  for (;;) {
    const byte = yield* context.sys.read(0, 1);
    if (byte.length === 0 || byte[0] === 10) return /^[yY]/.test(answer);
    answer += bytesToText(byte);
  }
}
