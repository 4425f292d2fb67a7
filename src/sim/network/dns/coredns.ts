import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import { CoreDnsServer, VERSION_TEXT } from './coredns-server.js';

/** CoreDNS: answers as its Corefile says, from what its watches know of the cluster. */
export const coredns: Program = function* coredns(sys) {
  const [, flag] = sys.args;
  if (flag === '-version' || flag === '--version') {
    yield* sys.write(1, VERSION_TEXT);
    return 0;
  }
  const at = sys.args.findIndex((arg) => arg === '-conf' || arg === '--conf');
  const path = at >= 0 ? (sys.args[at + 1] ?? '') : (/^--?conf=(.+)$/.exec(flag ?? '')?.[1] ?? 'Corefile');
  const server = new CoreDnsServer(sys, path);
  try {
    const problem = yield* server.start();
    if (problem !== undefined) {
      yield* sys.write(2, `${problem}\n`);
      return 1;
    }
    yield* server.run();
    return 1;
  } catch (error) {
    if (isErrno(error)) return 1;
    throw error;
  }
};
