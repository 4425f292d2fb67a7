import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import { formatEcho } from '../format/echo.js';

/** `echo`, the program; the shell's built-in shares its core. */
export const echo: Program = function* (sys) {
  try {
    yield* sys.write(1, formatEcho(sys.args.slice(1), { dialect: 'coreutils' }));
    return 0;
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    yield* sys.write(2, `${sys.args[0] ?? 'echo'}: write error: ${thrown.message}\n`);
    return 1;
  }
};
