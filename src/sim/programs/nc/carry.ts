import { answerTyped, parseRequest } from '../../client/http-text.js';
import type { Bytes } from '../../kernel/bytes.js';
import { concatBytes, NO_BYTES } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Connection } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { ExitProcess } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';

/** How bytes are carried and when the talk is over. */
export interface CarryOptions {
  /** End after so long without a byte from the other side once input is at its end. */
  readonly idle: Micros | undefined;
  /** End when input is at its end, even while the other side still talks. */
  readonly quitAtEnd: boolean;
  /** Tell the other side that input is at its end. */
  readonly shutdown: boolean;
}

interface Talk {
  inputEnded: boolean;
  peerEnded: boolean;
  heard: Micros;
}

/**
 * Carries standard input to the other side and what comes from there to standard output, until both are at their end.
 * The process ends with the status it throws.
 */
export function* carry(sys: Sys, connection: Connection, options: CarryOptions): Waiting<number> {
  const talk: Talk = { inputEnded: false, peerEnded: false, heard: sys.now() };
  if (connection.application !== 'raw') {
    yield* typeAtServer(sys, connection);
    return 0;
  }
  sys.thread(() => sendInput(sys, connection, options, talk));
  for (;;) {
    const bytes = yield* receiveBytes(connection, sys, talk, options);
    if (bytes === 'end') break;
    talk.heard = sys.now();
    yield* sys.write(1, bytes);
  }
  connection.close();
  return 0;
}

/** The next bytes; an empty message is the other side's end of input, after which it may still listen. */
function* receiveBytes(connection: Connection, sys: Sys, talk: Talk, options: CarryOptions): Waiting<Bytes | 'end'> {
  for (;;) {
    const item = connection.incoming.tryReceive();
    if (item === 'end') return 'end';
    if (item !== undefined) {
      const bytes = bytesOf(item);
      if (bytes.length > 0) return bytes;
      talk.peerEnded = true;
    }
    if (talk.peerEnded && (talk.inputEnded || !options.shutdown)) return 'end';
    if (talk.inputEnded && options.quitAtEnd) return 'end';
    if (item !== undefined) continue;
    const until = options.idle === undefined ? undefined : talk.heard + options.idle;
    if (until !== undefined && sys.now() >= until) return 'end';
    yield { queues: [connection.incoming.readable], ...(until === undefined ? {} : { until }) };
  }
}

function bytesOf(item: unknown): Bytes {
  const { bytes } = item as { bytes?: Bytes };
  return bytes instanceof Uint8Array ? bytes : NO_BYTES;
}

function* sendInput(sys: Sys, connection: Connection, options: CarryOptions, talk: Talk): Waiting<void> {
  for (;;) {
    const bytes = yield* readInput(sys);
    if (bytes.length === 0) break;
    if (connection.incoming.closed) throw new ExitProcess(0);
    talk.heard = sys.now();
    connection.send({ kind: 'raw', bytes });
  }
  talk.inputEnded = true;
  if (options.shutdown) connection.send({ kind: 'raw', bytes: NO_BYTES });
  connection.incoming.readable.wakeAll();
}

/** Standard input that was closed is at its end. */
function* readInput(sys: Sys): Waiting<Bytes> {
  try {
    return yield* sys.read(0);
  } catch (error) {
    if (isErrno(error, 'EBADF', 'EIO')) return NO_BYTES;
    throw error;
  }
}

/** A server that speaks HTTP answers requests typed by hand; others hang up at the first line they do not understand. */
function* typeAtServer(sys: Sys, connection: Connection): Waiting<void> {
  let typed: Bytes = NO_BYTES;
  for (;;) {
    const bytes = yield* readInput(sys);
    if (bytes.length === 0) return;
    typed = concatBytes([typed, bytes]);
    if (connection.application !== 'http') return;
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
