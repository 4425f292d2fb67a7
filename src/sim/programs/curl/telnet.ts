import { answerTyped, parseRequest } from '../../client/http-text.js';
import { type Bytes, concatBytes, NO_BYTES } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Connection } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { withDeadline } from '../web/deadline.js';
import { type WebAddress, WebError } from '../web/exchange.js';
import { CurlError, curlError } from './failure.js';
import type { CurlOptions } from './options.js';
import { limitOf, reach } from './transfer.js';

/**
 * `telnet://`: what is typed goes to the server and what comes from there to standard output, until the server hangs up
 * or the time is over; the end of what is typed ends nothing. Throws `CurlError`.
 */
export function* telnet(
  sys: Sys,
  options: CurlOptions,
  web: WebAddress,
  explain: (text: string) => Waiting<void>,
): Waiting<void> {
  const began = sys.now();
  const total = options.span('max-time');
  let connection: Connection;
  try {
    const reached = yield* reach(sys, options, web, began, explain);
    connection = reached.connection;
    yield* explain(`* Connected to ${web.host} (${reached.address}) port ${web.port}\n`);
  } catch (error) {
    if (!(error instanceof WebError)) throw error;
    throw curlError(error.failure, web, sys.now() - began, limitOf(options), undefined);
  }
  const isOver = yield* withDeadline(sys, total === undefined ? undefined : began + total, function* () {
    yield* relay(sys, connection);
    return true;
  });
  connection.close();
  if (!isOver) yield* explain('* Time-out\n');
  yield* explain('* Closing connection\n');
  if (!isOver) throw new CurlError(28, 'Time-out');
}

function* relay(sys: Sys, connection: Connection): Waiting<void> {
  if (connection.application === 'raw') {
    sys.thread(() => sendTyped(sys, connection));
    for (;;) {
      const item = yield* connection.incoming.receive();
      const { bytes = NO_BYTES } = item === 'end' ? {} : (item as { bytes?: Bytes });
      // An empty message is the server's end of output.
      if (item === 'end' || bytes.length === 0) return;
      yield* sys.write(1, bytes);
    }
  }
  yield* typeRequests(sys, connection);
}

function* sendTyped(sys: Sys, connection: Connection): Waiting<void> {
  for (;;) {
    const bytes = yield* sys.read(0);
    if (bytes.length === 0) return;
    connection.send({ kind: 'raw', bytes });
  }
}

/** Requests typed by hand; whoever types nothing waits, and a server of another kind hangs up at the first line. */
function* typeRequests(sys: Sys, connection: Connection): Waiting<void> {
  let typed: Bytes = NO_BYTES;
  for (;;) {
    const bytes = yield* sys.read(0);
    if (bytes.length === 0) yield* connection.incoming.receive();
    if (bytes.length === 0 || connection.application !== 'http') return;
    typed = concatBytes([typed, bytes]);
    const request = parseRequest(typed);
    if (request === undefined) continue;
    try {
      yield* sys.write(1, yield* answerTyped(connection, request));
    } catch (error) {
      if (!isErrno(error, 'ECONNRESET')) throw error;
    }
    return;
  }
}
