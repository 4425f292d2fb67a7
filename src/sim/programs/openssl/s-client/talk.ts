import { answerTyped, parseRequest } from '../../../client/http-text.js';
import { type Bytes, concatBytes, decodeText, encodeText, NO_BYTES } from '../../../kernel/bytes.js';
import { isErrno } from '../../../kernel/errno.js';
import { printError } from '../../../kernel/libc/streams.js';
import type { Connection } from '../../../kernel/network.js';
import type { Sys } from '../../../kernel/sys.js';
import { SECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { Failure } from '../failure.js';
import type { Options } from '../options.js';

/** How long servers wait for a first request: nginx (client_header_timeout), and Go's of Kubernetes (IdleTimeout). */
const PATIENCE = { nginx: 60 * SECOND, go: 90 * SECOND } as const;

/** Whether it tells of its own doings, and whether it goes on when nothing more is typed. */
interface Manners {
  readonly isQuiet: boolean;
  readonly staysOpen: boolean;
}

/**
 * What follows a handshake: whatever is typed goes to the server, and its answers come out, until one of the two hangs
 * up. `refusal`: what a server that refuses the client's certificate says to the first word.
 */
export function* talk(
  sys: Sys,
  options: Options,
  connection: Connection,
  refusal: readonly string[] | undefined,
): Waiting<number> {
  const isQuiet = options.has('quiet');
  const manners: Manners = { isQuiet, staysOpen: (isQuiet || options.has('ign_eof')) && !options.has('no_ign_eof') };
  let typed: Bytes = NO_BYTES;
  for (;;) {
    const bytes = yield* sys.read(0);
    const isOver = bytes.length === 0 || (!manners.staysOpen && decodeText(bytes.subarray(0, 1)) === 'Q');
    if (isOver && !manners.staysOpen) {
      yield* printError(sys, 'DONE\n');
      return 0;
    }
    if (refusal) throw new Failure(refusal);
    if (isOver) return yield* waitForEnd(sys, connection);
    typed = concatBytes([typed, options.has('crlf') ? withReturns(bytes) : bytes]);
    // Newlines before a request are nothing to anybody.
    if (decodeText(typed).trim() === '') continue;
    if (connection.application !== 'http') return yield* hungUp(sys, manners);
    const request = parseRequest(typed);
    if (request === undefined) continue;
    typed = NO_BYTES;
    let answer: Bytes;
    try {
      answer = yield* answerTyped(connection, request);
    } catch (error) {
      if (!isErrno(error, 'ECONNRESET')) throw error;
      return yield* hungUp(sys, manners);
    }
    yield* sys.write(1, answer);
    const isLast = request === 'bad' || /^close$/i.test(request.headers['connection'] ?? '');
    if (isLast || /^connection: close\r$/im.test(decodeText(answer.subarray(0, 4096))))
      return yield* hungUp(sys, manners);
  }
}

/** A server that nobody says anything to hangs up some day; there is nothing to wait for but that. */
function* waitForEnd(sys: Sys, connection: Connection): Waiting<number> {
  yield* sys.sleep(connection.serverTls?.library === 'openssl' ? PATIENCE.nginx : PATIENCE.go);
  connection.close();
  return 0;
}

function* hungUp(sys: Sys, { isQuiet }: Manners): Waiting<number> {
  if (!isQuiet) yield* sys.write(1, encodeText('closed\n'));
  return 0;
}

function withReturns(bytes: Bytes): Bytes {
  return encodeText(decodeText(bytes).replace(/\r?\n/g, '\r\n'));
}
