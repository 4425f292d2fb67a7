import type { Bytes } from '../../kernel/bytes.js';
import type { Connection } from '../../kernel/network.js';
import type { Terminal, WindowSize } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';

/** What an ssh client sends. */
export type ClientMessage =
  /** Who wants in, and the public keys whose private halves it holds. */
  | { readonly kind: 'login'; readonly user: string; readonly keys: readonly string[] }
  | {
      readonly kind: 'session';
      /** A command for the user's shell; undefined: a login shell. */
      readonly command: string | undefined;
      readonly terminal: { readonly type: string; readonly size: WindowSize; readonly echo: boolean } | undefined;
      readonly environment: readonly (readonly [string, string])[];
    }
  | { readonly kind: 'data'; readonly bytes: Bytes }
  | { readonly kind: 'end-of-input' }
  | { readonly kind: 'resize'; readonly size: WindowSize }
  | { readonly kind: 'files'; readonly request: FileRequest };

/** What an ssh server sends. */
export type ServerMessage =
  | { readonly kind: 'welcome' }
  /** The pseudo-terminal that was made, so that the client's can tell whether input is wanted. */
  | { readonly kind: 'terminal'; readonly terminal: Terminal }
  | { readonly kind: 'denied'; readonly methods: string }
  | { readonly kind: 'data'; readonly stream: 1 | 2; readonly bytes: Bytes }
  | { readonly kind: 'exit'; readonly status: number; readonly signal?: string }
  | { readonly kind: 'files'; readonly answer: FileAnswer };

/** Questions of the file transfer that scp uses. */
export type FileRequest =
  | { readonly operation: 'stat'; readonly path: string }
  | { readonly operation: 'list'; readonly path: string }
  | { readonly operation: 'read'; readonly path: string }
  | { readonly operation: 'write'; readonly path: string; readonly bytes: Bytes; readonly mode: number }
  | { readonly operation: 'make-directory'; readonly path: string; readonly mode: number };

export type FileAnswer =
  | { readonly error: string }
  | { readonly directory: boolean; readonly mode: number }
  | { readonly names: readonly string[] }
  | { readonly bytes: Bytes; readonly mode: number }
  | { readonly done: true };

export const SSH_PORT = 22;

/** The next message of the other side; undefined when the connection is gone. */
export function* receive<T>(connection: Connection): Waiting<T | undefined> {
  const message = yield* connection.incoming.receive();
  return message === 'end' ? undefined : (message as T);
}
