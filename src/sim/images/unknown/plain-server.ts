import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Message } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { findInPath } from '../gosu.js';
import { textAnswer } from '../web/answer.js';

/** A port as the runtime tells it. */
const PORT = /^--port=(\d+)$/;

/** The server in an image that nobody knows: says which image and host answered, on each port that it is told. */
export const plainServer: Program = function* plainServer(sys) {
  // As entrypoints do: a command that is given instead of arguments is run.
  const command = sys.args.slice(1).filter((word) => !PORT.test(word));
  const path = command[0] === undefined ? undefined : findInPath(sys, command[0]);
  if (path !== undefined) return yield* sys.exec(path, command);
  const ports = portsOf(sys);
  for (const port of ports) {
    try {
      sys.listen({ port, application: 'http', handler: (message) => answer(sys, message) });
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* sys.write(2, `listen tcp :${port}: ${error.message.toLowerCase()}\n`);
      return 1;
    }
    yield* sys.write(1, `listening on port ${port}\n`);
  }
  if (ports.length === 0) yield* sys.write(1, 'started\n');
  yield* untilSignal(sys);
  return 0;
};

/** `--port=8080`, as the runtime tells; else what the environment calls PORT. */
function portsOf(sys: Sys): number[] {
  const told = sys.args.flatMap((word) => PORT.exec(word)?.[1] ?? []);
  const named = sys.environment.get('PORT');
  const all = told.length > 0 || named === undefined ? told : [named];
  return [...new Set(all.map(Number))].filter((port) => port > 0 && port < 65_536);
}

function* answer(sys: Sys, message: Message): Waiting<Message> {
  if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: {} };
  const text = `${sys.environment.get('IMAGE') ?? 'server'} on ${sys.hostname()}\n`;
  return { kind: 'http-response', ...textAnswer(sys.now(), message, 200, text) };
}
