import type { CriClient } from '../../client/cri-client.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { RAW } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';

const EXIT = 3;

/** Runs a command in a container with the caller's own streams; its exit code is the result. */
export function* runInteractive(
  sys: Sys,
  cri: CriClient,
  { id, command, tty, stdin }: { id: string; command: readonly string[]; tty: boolean; stdin: boolean },
): Waiting<number> {
  const stream = yield* cri.call('Exec', { containerId: id, command, tty, stdin, stdout: true, stderr: true });
  const modes = tty && sys.terminal(0) ? sys.terminalModes(0) : undefined;
  const own = modes && sys.terminal(0);
  if (modes) sys.setTerminalModes(0, RAW);
  if (own) own.carriedTo = 'nobody';
  if (stdin) sys.thread(() => feed(sys, stream.input));
  let code = 0;
  try {
    for (;;) {
      const frame = yield* stream.output.receive();
      if (frame === 'end') break;
      if (own && frame.terminal) own.carriedTo = frame.terminal;
      if (frame.stream === EXIT) code = Number(Buffer.from(frame.bytes).toString('utf8'));
      else yield* sys.write(frame.stream, frame.bytes);
    }
  } finally {
    if (modes) sys.setTerminalModes(0, modes);
    if (own) own.carriedTo = undefined;
    stream.input.close();
  }
  return code;
}

function* feed(
  sys: Sys,
  input: { send(frame: { stream: number; bytes: Uint8Array; end?: boolean }): void },
): Waiting<void> {
  try {
    for (;;) {
      const bytes = yield* sys.read(0);
      if (bytes.length === 0) break;
      input.send({ stream: 0, bytes });
    }
    input.send({ stream: 0, bytes: new Uint8Array(0), end: true });
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
