import { encodeText } from '../../kernel/bytes.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import { goLog } from '../go/log.js';
import { goListen } from '../go/server.js';
import type { Command } from './command.js';
import { listenRaw, listenUdp } from './udp.js';

/** How long it lingers so that its last connections can end. */
const LINGER = 60 * SECOND;

/** agnhost serve-hostname: gives the host's name to whoever asks. */
export const serveHostname: Command = {
  name: 'serve-hostname',
  short: 'Serves the hostname',
  flags: [
    { name: 'close', truth: true },
    { name: 'http', truth: true },
    { name: 'port', kind: 'number' },
    { name: 'tcp', truth: true },
    { name: 'udp', truth: true },
  ],
  *run(sys, given) {
    const is = (name: string, byDefault = false) => (given.get(name) ?? String(byDefault)) === 'true';
    const port = Number(given.get('port') ?? 9376);
    if (is('http', true) && (is('tcp') || is('udp'))) {
      goLog(sys, "Can't server TCP/UDP mode and HTTP mode at the same time");
      return 1;
    }
    const failure =
      (is('tcp') ? serveTcp(sys, port) : undefined) ??
      (is('udp') ? serveDatagrams(sys, port) : undefined) ??
      (is('http', true) ? serveHttp(sys, port, is('close')) : undefined);
    if (failure !== undefined) {
      goLog(sys, failure);
      return 1;
    }
    goLog(sys, `Serving on port ${port}.`);
    const signal = yield* untilSignal(sys);
    if (signal !== 'TERM') return 2;
    goLog(sys, 'Shutting down after receiving signal: terminated.');
    goLog(sys, 'Awaiting pod deletion.');
    yield* sys.sleep(LINGER);
    return 0;
  },
};

function serveHttp(sys: Sys, port: number, close: boolean): string | undefined {
  return goListen(sys, port, ({ remote }) => {
    goLog(sys, `HTTP request from ${remote}`);
    return { text: sys.hostname(), ...(close ? { headers: { connection: 'close' } } : {}) };
  });
}

function serveTcp(sys: Sys, port: number): string | undefined {
  const refused = listenRaw(sys, port, 'tcp', function* (connection, client) {
    goLog(sys, `TCP request from ${client}`);
    connection.send({ kind: 'raw', bytes: encodeText(sys.hostname()) });
    connection.close();
  });
  return refused && `Error from net.Listen(): ${refused}`;
}

function serveDatagrams(sys: Sys, port: number): string | undefined {
  const refused = listenUdp(sys, port, (_, client) => {
    goLog(sys, `UDP request from ${client}`);
    return sys.hostname();
  });
  return refused && `Error from ListenUDP(): ${refused}`;
}
