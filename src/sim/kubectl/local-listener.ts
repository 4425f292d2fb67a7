import { isErrno } from '../kernel/errno.js';
import type { Listener, ListenSpec } from '../kernel/network.js';
import { CommandError } from './errors.js';
import type { Session } from './session.js';

/** The ports a machine draws from when nobody names one (ip_local_port_range). */
const DRAWN_FIRST = 32_768;
const DRAWN_COUNT = 28_232;

/** Listens on this machine, on a free port for 0. Throws `CommandError` in the words of Go's net.Listen. */
export function listenLocally(
  { sys }: Session,
  network: 'tcp' | 'tcp4' | 'tcp6',
  shown: string,
  spec: ListenSpec,
): Listener {
  for (;;) {
    const port = spec.port === 0 ? DRAWN_FIRST + sys.random().below(DRAWN_COUNT) : spec.port;
    try {
      return sys.listen({ ...spec, port });
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (spec.port === 0 && error.code === 'EADDRINUSE') continue;
      const why = error.message;
      throw new CommandError(
        `listen ${network} ${shown}:${spec.port}: bind: ${why.charAt(0).toLowerCase()}${why.slice(1)}`,
      );
    }
  }
}
