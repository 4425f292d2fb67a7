import { NO_BYTES } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Connection, Listener } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { PREEMPT } from '../../kernel/wait.js';
import type { Outcome } from './session.js';

/** What a client says: who it is, or a statement. Passwords travel as they are: nobody listens here. */
export type ClientMessage =
  | {
      readonly login: {
        readonly user: string;
        readonly password: string | undefined;
        readonly database: string | undefined;
      };
    }
  | { readonly ask: string };

/** An answer: what a statement gave, or the lines of an error in the server's words. */
export type ServerMessage =
  | {
      readonly ready: { readonly version: string; readonly connection: number; readonly database?: string | undefined };
    }
  | { readonly outcomes: readonly Outcome[]; readonly error?: string | undefined; readonly transaction?: boolean }
  | { readonly refused: string };

/** Sends a message; other programs that connect by mistake see `bytes`. */
export function sendMessage(connection: Connection, message: ClientMessage | ServerMessage, bytes = NO_BYTES): void {
  connection.send({ kind: 'raw', bytes, sql: message });
}

/** The next message; undefined when the other side has gone or speaks something else. */
export function* receiveMessage<M extends ClientMessage | ServerMessage>(
  connection: Connection,
): Waiting<M | undefined> {
  const item = yield* connection.incoming.receive();
  return item === 'end' ? undefined : ((item as { sql?: M }).sql ?? undefined);
}

/** How one client is served, from its login on. */
export interface Served {
  /** Answers a login. Gives the refusal's words, or how statements are answered. */
  login(
    message: Extract<ClientMessage, { login: object }>['login'],
    connection: Connection,
    id: number,
  ): { readonly refused: string } | Conversation;
  readonly version: string;
}

export interface Conversation {
  readonly database: string | undefined;
  answer(text: string): Extract<ServerMessage, { outcomes: object }>;
  end(): void;
}

const STATEMENT_COST = 200;

/** Takes clients from a listener for as long as it is open. */
export function* acceptSqlClients(sys: Sys, listener: Listener, served: Served, ids: { last: number }): Waiting<void> {
  try {
    for (;;) {
      const connection = yield* listener.accept();
      ids.last += 1;
      const id = ids.last;
      sys.thread(() => serve(sys, connection, served, id));
    }
  } catch (error) {
    // The listener was closed: the server is shutting down.
    if (!isErrno(error, 'EINVAL')) throw error;
  }
}

function* serve(sys: Sys, connection: Connection, served: Served, id: number): Waiting<void> {
  let conversation: Conversation | undefined;
  try {
    const first = yield* receiveMessage<ClientMessage>(connection);
    if (!first || !('login' in first)) return;
    const answer = served.login(first.login, connection, id);
    if ('refused' in answer) {
      sendMessage(connection, answer);
      return;
    }
    conversation = answer;
    sendMessage(connection, { ready: { version: served.version, connection: id, database: answer.database } });
    for (;;) {
      const message = yield* receiveMessage<ClientMessage>(connection);
      if (!message || !('ask' in message)) return;
      if (sys.charge(STATEMENT_COST)) yield PREEMPT;
      sendMessage(connection, conversation.answer(message.ask));
    }
  } finally {
    conversation?.end();
    connection.close();
  }
}
