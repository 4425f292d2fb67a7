import { Errno, isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { JournalCalls, LogLine, ManagerCalls, Refusal } from './protocol.js';
import { JOURNAL_SOCKET, MANAGER_SOCKET } from './protocol.js';

/** Pid 1 refused an operation, or it failed. */
export class Refused extends Error {
  readonly status: number;

  constructor({ message, status }: Refusal) {
    super(message);
    this.status = status;
  }
}

function* ask(sys: Sys, socket: string, operation: string, question: unknown): Waiting<unknown> {
  const connection = sys.connectPath(socket);
  const payload = { uid: sys.credentials.uid, pid: sys.pid, question };
  const answer = yield* connection.request({ kind: 'local', operation, payload });
  if (answer.kind !== 'local-response') throw new Errno('EIO');
  if (answer.error !== undefined) throw new Refused(answer.payload as Refusal);
  return answer.payload;
}

/** Asks pid 1. Throws `Refused`, and ENOENT or ECONNREFUSED where no systemd runs. */
export function* askManager<K extends keyof ManagerCalls>(
  sys: Sys,
  operation: K,
  question: ManagerCalls[K]['ask'],
): Waiting<ManagerCalls[K]['answer']> {
  return (yield* ask(sys, MANAGER_SOCKET, operation, question)) as ManagerCalls[K]['answer'];
}

/** Asks the journal. Throws ENOENT or ECONNREFUSED where none runs. */
export function* askJournal<K extends keyof JournalCalls>(
  sys: Sys,
  operation: K,
  question: JournalCalls[K]['ask'],
): Waiting<JournalCalls[K]['answer']> {
  return (yield* ask(sys, JOURNAL_SOCKET, operation, question)) as JournalCalls[K]['answer'];
}

/** syslog(3): logs a line; without a journal it is lost, as without a daemon. */
export function* syslog(sys: Sys, line: LogLine): Waiting<void> {
  try {
    yield* askJournal(sys, 'append', { pid: sys.pid, uid: sys.credentials.uid, ...line });
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
