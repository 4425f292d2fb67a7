import { formatDuration } from '../../api/duration.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import { SECOND } from '../../kernel/time.js';
import { goLog } from '../go/log.js';
import { goListen, NOT_FOUND } from '../go/server.js';
import type { Command } from './command.js';

const HEALTHY = 10 * SECOND;

/** agnhost liveness: healthy for ten seconds, and never again. */
export const liveness: Command = {
  name: 'liveness',
  short: 'Starts a server that is alive for 10 seconds',
  flags: [],
  *run(sys) {
    const started = sys.now();
    const failure = goListen(sys, 8080, ({ path, query }) => {
      const age = sys.now() - started;
      if (path === '/started') return { text: formatDuration(age) };
      if (path === '/redirect') return { status: 302, headers: { location: query.get('loc') ?? '' } };
      if (path !== '/healthz') return NOT_FOUND;
      return age > HEALTHY ? { status: 500, text: `error: ${age / SECOND}` } : { text: 'ok' };
    });
    if (failure !== undefined) {
      goLog(sys, failure);
      return 1;
    }
    yield* untilSignal(sys);
    return 2;
  },
};
