import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Connection, Listener } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { goLog } from '../go/log.js';

/** Answers datagrams on a port, each by what `reply` says. Returns what listen failed with, or nothing. */
export function listenUdp(
  sys: Sys,
  port: number,
  reply: (text: string, client: string) => string | undefined,
): string | undefined {
  return listenRaw(sys, port, 'udp', function* (connection, client) {
    for (;;) {
      const item = yield* connection.incoming.receive();
      if (item === 'end') return;
      const answer = reply(Buffer.from((item as { bytes?: Uint8Array }).bytes ?? []).toString('utf8'), client);
      if (answer !== undefined) connection.send({ kind: 'raw', bytes: encodeText(answer) });
    }
  });
}

/** Takes connections of bytes on a port, each with a thread of its own. Returns what listen failed with, or nothing. */
export function listenRaw(
  sys: Sys,
  port: number,
  protocol: 'tcp' | 'udp',
  serve: (connection: Connection, client: string) => Waiting<void>,
): string | undefined {
  let listener: Listener;
  try {
    listener = sys.listen({ port, protocol, application: 'raw' });
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `listen ${protocol} :${port}: bind: ${error.message.toLowerCase()}`;
  }
  sys.thread(function* () {
    for (;;) {
      const connection = yield* listener.accept();
      const { address, port: from } = connection.peer;
      sys.thread(() => serve(connection, `${address}:${from}`));
    }
  });
  return undefined;
}

/** netexec's datagrams: `hostname`, `echo …`, `clientip`, `serverport`. */
export function serveUdp(sys: Sys, port: number): string | undefined {
  const refused = listenUdp(sys, port, (text, client) => {
    const asked = text.trim().toLowerCase();
    if (asked === 'hostname') {
      goLog(sys, 'Sending udp hostName response');
      return sys.hostname();
    }
    if (asked.startsWith('echo ')) {
      goLog(sys, `Echoing ${asked.slice(5)} to UDP client ${client}`);
      return asked.slice(5);
    }
    if (asked === 'clientip') {
      goLog(sys, `Sending clientip back to UDP client ${client}`);
      return client;
    }
    if (asked === 'serverport') {
      goLog(sys, `Sending server port to UDP client ${port}`);
      return String(port);
    }
    if (asked !== '') goLog(sys, `Unknown UDP command received from ${client}: ${asked}`);
    return undefined;
  });
  if (refused === undefined) goLog(sys, `Started UDP server on port  ${port}`);
  return refused && `Error occurred: failed to create listener for UDP address :${port}:${refused}`;
}
