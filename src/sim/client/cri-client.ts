import type { CriCalls, CriOperation } from '../api/types/cri.js';
import { Errno, isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

/** A refusal by the container runtime; `code` is gRPC's name for it. */
export class CriError extends Error {
  readonly code: 'NotFound' | 'Unknown' | 'Unavailable' | 'DeadlineExceeded';

  constructor(message: string, code: CriError['code'] = 'Unknown') {
    super(message);
    this.name = 'CriError';
    this.code = code;
  }

  /** As a Go program prints a gRPC error. */
  get grpc(): string {
    return `rpc error: code = ${this.code} desc = ${this.message}`;
  }
}

/** Asks the container runtime behind a socket. Throws `CriError` for what it refuses, and when nobody serves there. */
export interface CriClient {
  call<Name extends CriOperation>(name: Name, request: CriCalls[Name]['request']): Waiting<CriCalls[Name]['response']>;
}

/** A client of the runtime whose socket is at a path (without `unix://`). */
export function criClient(sys: Sys, socket: string): CriClient {
  return {
    *call<Name extends CriOperation>(name: Name, request: CriCalls[Name]['request']) {
      const connection = connect(sys, socket);
      try {
        const answer = yield* connection.request({ kind: 'local', operation: name, payload: request });
        if (answer.kind !== 'local-response') throw new CriError(`unexpected answer of kind ${answer.kind}`);
        if (answer.error !== undefined) throw refusalOf(answer.error);
        return answer.payload as CriCalls[Name]['response'];
      } catch (error) {
        if (isErrno(error)) throw new CriError('error reading from server: EOF', 'Unavailable');
        throw error;
      } finally {
        connection.close();
      }
    },
  };
}

function connect(sys: Sys, socket: string) {
  try {
    return sys.connectPath(socket);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    const words = error.message.charAt(0).toLowerCase() + error.message.slice(1);
    throw new CriError(
      `connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: ${words}"`,
      'Unavailable',
    );
  }
}

/** A refusal travels as text; those that callers tell apart begin with their code. */
function refusalOf(text: string): CriError {
  const match = /^(NotFound|DeadlineExceeded): (.*)$/s.exec(text);
  return match ? new CriError(match[2] ?? '', match[1] as CriError['code']) : new CriError(text);
}
