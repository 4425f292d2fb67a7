import { NO_BYTES } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Connection } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

/** Runs a program whose input and output are the connection (`-e`). Returns its status; 127 when there is none. */
export function* runProgram(sys: Sys, connection: Connection, command: readonly string[]): Waiting<number> {
  const [input, output] = [sys.pipe(), sys.pipe()];
  const path = findInPath(sys, command[0] ?? '');
  let pid: number;
  try {
    pid = sys.spawn(path, command, {
      descriptors: new Map([
        [0, input.read],
        [1, output.write],
        [2, 2],
      ]),
    });
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* sys.write(2, `nc: can't execute '${command[0]}': ${error.message}\n`);
    connection.close();
    return 127;
  }
  sys.close(input.read);
  sys.close(output.write);
  sys.thread(() => feed(sys, connection, input.write));
  for (;;) {
    const bytes = yield* sys.read(output.read);
    if (bytes.length === 0) break;
    connection.send({ kind: 'raw', bytes });
  }
  connection.send({ kind: 'raw', bytes: NO_BYTES });
  const change = yield* sys.wait(pid);
  connection.close();
  return change?.kind === 'exited' && 'code' in change.status ? change.status.code : 1;
}

function* feed(sys: Sys, connection: Connection, to: number): Waiting<void> {
  sys.onSignal('PIPE', 'ignore');
  for (;;) {
    const item = yield* connection.incoming.receive();
    const bytes = item === 'end' ? NO_BYTES : (item as { bytes: Uint8Array }).bytes;
    try {
      if (bytes.length > 0) yield* sys.write(to, bytes);
    } catch (error) {
      if (!isErrno(error, 'EPIPE')) throw error;
      return;
    }
    if (bytes.length === 0) {
      sys.close(to);
      return;
    }
  }
}

function findInPath(sys: Sys, name: string): string {
  if (name.includes('/')) return name;
  for (const folder of (sys.environment.get('PATH') ?? '/usr/bin:/bin').split(':')) {
    try {
      sys.access(`${folder}/${name}`, { execute: true });
      return `${folder}/${name}`;
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
  return name;
}
