import { startProcess } from '../kernel/boot.js';
import type { Bytes } from '../kernel/bytes.js';
import { concatBytes, NO_BYTES } from '../kernel/bytes.js';
import type { HostKernel } from '../kernel/host-kernel.js';
import { credentialsOf, findUser } from '../kernel/libc/accounts.js';
import type { Process } from '../kernel/process.js';
import { SIGNALS } from '../kernel/signals.js';
import type { ChildChange, Program, Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { loginEnvironment } from './accounts.js';

export interface CommandEnd {
  readonly code: number;
  readonly stdout: Bytes;
  readonly stderr: Bytes;
}

/**
 * Runs a command on a host in a person's login environment and tells what it printed when it ended. Ending the
 * returned process ends the command with all that it started.
 */
export function startCommand(
  host: HostKernel,
  user: string,
  argv: readonly string[],
  stdin: Bytes,
  onEnd: (end: CommandEnd) => void,
): Process {
  const run: Program = function* run(sys) {
    const account = findUser(sys, user);
    if (!account) {
      onEnd({ code: 1, stdout: NO_BYTES, stderr: Buffer.from(`no such user: ${user}\n`) });
      return 1;
    }
    const streams = { in: sys.pipe(), out: sys.pipe(), err: sys.pipe() };
    // The login shell reads the profile; "$@" keeps every argument as it is.
    const pid = sys.spawn('/bin/bash', ['bash', '-l', '-c', 'exec "$@"', 'bash', ...argv], {
      descriptors: new Map([
        [0, streams.in.read],
        [1, streams.out.write],
        [2, streams.err.write],
      ]),
      environment: loginEnvironment(account),
      directory: account.home,
      credentials: credentialsOf(sys, account),
      group: 'new',
    });
    for (const descriptor of [streams.in.read, streams.out.write, streams.err.write]) sys.close(descriptor);
    sys.thread(() => feed(sys, streams.in.write, stdin));
    let over = false;
    let [stdout, stderr, change]: [Bytes?, Bytes?, ChildChange?] = [];
    try {
      [stdout, stderr] = yield* collect(sys, [streams.out.read, streams.err.read]);
      change = yield* sys.wait(pid);
      over = true;
    } finally {
      // Cut off: with it ends all that it started and that stayed with it.
      if (!over) sys.kill(-pid, 'KILL');
    }
    const status = change?.kind === 'exited' ? change.status : { code: 255 };
    onEnd({
      code: 'code' in status ? status.code : 128 + SIGNALS[status.signal],
      stdout: stdout as Bytes,
      stderr: stderr as Bytes,
    });
    return 0;
  };
  return startProcess(host, run, ['run', ...argv]);
}

function* feed(sys: Sys, descriptor: number, bytes: Bytes): Waiting<void> {
  sys.onSignal('PIPE', 'ignore');
  try {
    yield* sys.write(descriptor, bytes);
  } catch {
    // The command did not want all of it.
  }
  sys.close(descriptor);
}

/** Reads several descriptors to their ends. */
function* collect(sys: Sys, descriptors: readonly number[]): Waiting<Bytes[]> {
  const chunks = descriptors.map((): Bytes[] => []);
  const open = new Set(descriptors);
  while (open.size > 0) {
    for (const descriptor of yield* sys.poll([...open])) {
      const bytes = yield* sys.read(descriptor);
      if (bytes.length === 0) open.delete(descriptor);
      else (chunks[descriptors.indexOf(descriptor)] as Bytes[]).push(bytes);
    }
  }
  return chunks.map((parts) => (parts.length === 0 ? NO_BYTES : concatBytes(parts)));
}
