import type { CsiCalls, CsiOperation } from '../../api/types/csi.js';
import { isErrno } from '../../kernel/errno.js';
import { ownSocket } from '../../kernel/libc/own-socket.js';
import type { Message } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

/** What a driver refuses: gRPC's name for it, and why. */
export class CsiRefusal extends Error {
  constructor(
    code:
      | 'AlreadyExists'
      | 'Internal'
      | 'InvalidArgument'
      | 'NotFound'
      | 'OutOfRange'
      | 'ResourceExhausted'
      | 'Unknown',
    why: string,
  ) {
    super(`${code} desc = ${why}`);
  }
}

/** Those of the calls that somebody answers. */
export type CsiHandlers = {
  readonly [Name in CsiOperation]?: (request: CsiCalls[Name]['request']) => CsiCalls[Name]['response'];
};

/** Answers calls on a socket. Throws Errno when it cannot be made. */
export function serveCsi(sys: Sys, socket: string, handlers: CsiHandlers): void {
  ownSocket(sys, socket, {
    application: 'local',
    *handler(message): Waiting<Message> {
      if (message.kind !== 'local')
        return { kind: 'local-response', payload: undefined, error: 'Internal desc = no call' };
      const handle = handlers[message.operation as CsiOperation] as ((request: unknown) => unknown) | undefined;
      if (!handle) return { kind: 'local-response', payload: undefined, error: 'Unimplemented desc = ' };
      try {
        return { kind: 'local-response', payload: handle(message.payload) };
      } catch (error) {
        if (!(error instanceof CsiRefusal) && !isErrno(error)) throw error;
        const text = error instanceof CsiRefusal ? error.message : `Internal desc = ${error.message}`;
        return { kind: 'local-response', payload: undefined, error: text };
      }
    },
  });
}
