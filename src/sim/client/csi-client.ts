import type { CsiCalls, CsiOperation } from '../api/types/csi.js';
import { isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

/** What a driver refused, or that nobody serves: `rpc error: code = … desc = …`. */
export class CsiError extends Error {
  /** gRPC's number of what went wrong. */
  get code(): number {
    return CODES.indexOf(/code = (\w+)/.exec(this.message)?.[1] ?? 'Unknown');
  }
}

const CODES =
  'OK Canceled Unknown InvalidArgument DeadlineExceeded NotFound AlreadyExists PermissionDenied ResourceExhausted FailedPrecondition Aborted OutOfRange Unimplemented Internal Unavailable DataLoss Unauthenticated'.split(
    ' ',
  );

/** Asks the driver, or the registrar, behind a socket. Throws `CsiError`. */
export function* csiCall<Name extends CsiOperation>(
  sys: Pick<Sys, 'connectPath'>,
  socket: string,
  operation: Name,
  payload: CsiCalls[Name]['request'],
): Waiting<CsiCalls[Name]['response']> {
  const unavailable = (words: string) => new CsiError(`rpc error: code = Unavailable desc = ${words}`);
  try {
    const connection = sys.connectPath(socket);
    try {
      const answer = yield* connection.request({ kind: 'local', operation, payload });
      if (answer.kind !== 'local-response') throw unavailable('error reading from server: EOF');
      if (answer.error !== undefined) throw new CsiError(`rpc error: code = ${answer.error}`);
      return answer.payload as CsiCalls[Name]['response'];
    } finally {
      connection.close();
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
    const why = error.message.toLowerCase();
    throw unavailable(
      `connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: ${why}"`,
    );
  }
}
