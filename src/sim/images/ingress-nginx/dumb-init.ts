import { isErrno } from '../../kernel/errno.js';
import { shellStatus } from '../../kernel/libc/child.js';
import type { Signal } from '../../kernel/signals.js';
import type { Program } from '../../kernel/sys.js';

const PASSED: readonly Signal[] = ['HUP', 'INT', 'QUIT', 'TERM', 'USR1', 'USR2'];

/** dumb-init: the first process of a container, which passes signals on to the command it runs and ends as that does. */
export const dumbInit: Program = function* dumbInit(sys) {
  const words = sys.args.slice(1).filter((word, at) => at > 0 || word !== '--');
  const [path] = words;
  if (path === undefined) {
    yield* sys.write(2, 'Usage: dumb-init [option] program [args]\n');
    return 1;
  }
  for (const signal of PASSED) sys.onSignal(signal, 'catch');
  const child = sys.spawn(path, words);
  for (;;) {
    try {
      const change = yield* sys.wait('any');
      if (change?.kind === 'exited' && change.pid === child) return shellStatus(change.status);
    } catch (error) {
      if (isErrno(error, 'ECHILD')) return 0;
      if (!isErrno(error, 'EINTR')) throw error;
      for (let signal = sys.takeSignal(); signal; signal = sys.takeSignal()) sys.kill(child, signal);
    }
  }
};
