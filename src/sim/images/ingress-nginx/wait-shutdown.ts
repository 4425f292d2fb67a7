import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';

/** /wait-shutdown, which the pod runs before it stops: ends the controller and waits until nginx is gone. */
export const waitShutdown: Program = function* waitShutdown(sys) {
  const named = (name: string) => sys.processes().filter(({ args }) => (args[0] ?? '').endsWith(name));
  for (const { pid } of named('nginx-ingress-controller')) {
    try {
      sys.kill(pid, 'TERM');
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
  while (named('nginx').length > 0) yield* sys.sleep(SECOND);
  return 0;
};
