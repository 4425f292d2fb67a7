import type { Status } from '../../api/status.js';
import { decodeText, encodeText, NO_BYTES } from '../../kernel/bytes.js';
import { Channel } from '../../kernel/channel.js';
import { isErrno } from '../../kernel/errno.js';
import type { Frame } from '../../kernel/network.js';
import { RAW, type Terminal, type TerminalModes } from '../../kernel/terminal.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import { CommandError, ExitError } from '../errors.js';
import type { Session } from '../session.js';

/** Numbers of an upgraded connection's streams (v5.channel.k8s.io). */
const STREAM = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4 } as const;

/** What is said when the connection is gone before the other side told how it went. */
const CUT_OFF =
  'error reading from error stream: next reader: websocket: close 1006 (abnormal closure): unexpected EOF';

export interface RemoteOptions {
  readonly stdin: boolean;
  readonly tty: boolean;
  /** Where output goes instead of standard output. */
  readonly onOutput?: (bytes: Uint8Array) => Waiting<void>;
  /** What is sent instead of standard input. */
  readonly input?: Uint8Array;
}

/** Whether `-t` can be had: standard input has to be a terminal. Says so when it is not. */
export function* usableTty(session: Session, stdin: boolean, tty: boolean, quiet = false): Waiting<boolean> {
  if (!stdin || !tty) return false;
  if (session.sys.terminal(0)) return true;
  if (!quiet) yield* session.err('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  return false;
}

/**
 * Speaks with a process in a container until it ends: keys and input there, output back, the window's size when it
 * changes. Throws `ExitError` with the process's status.
 */
export function* runRemote(session: Session, path: string, options: RemoteOptions): Waiting<void> {
  const { sys } = session;
  const upgrade = new Channel<Frame>();
  const modes = options.tty ? makeRaw(session) : undefined;
  const own = options.tty ? sys.terminal(0) : undefined;
  if (own) own.carriedTo = 'nobody';
  const ended = new WaitQueue();
  try {
    const response = yield* session.rest().response({ method: 'GET', path, upgrade });
    const answers = response.upgrade;
    if (!answers) throw new CommandError('unable to upgrade connection');
    if (options.tty) {
      sys.onSignal('WINCH', 'catch');
      sendSize(session, upgrade);
    }
    if (options.input) {
      upgrade.send({ stream: STREAM.stdin, bytes: options.input });
      upgrade.send({ stream: STREAM.stdin, bytes: NO_BYTES, end: true });
    } else if (options.stdin) sys.thread(() => sendInput(session, upgrade, own && { own, ended }));
    yield* receive(session, upgrade, answers, options);
  } finally {
    if (modes) sys.setTerminalModes(0, modes);
    if (own) own.carriedTo = undefined;
    upgrade.close();
    ended.wakeAll();
  }
}

function makeRaw({ sys }: Session): TerminalModes {
  const modes = sys.terminalModes(0);
  sys.setTerminalModes(0, RAW);
  return modes;
}

function sendSize({ sys }: Session, upgrade: Channel<Frame>): void {
  const size = sys.windowSize(0);
  if (size)
    upgrade.send({
      stream: STREAM.resize,
      bytes: encodeText(JSON.stringify({ Width: size.columns, Height: size.rows })),
    });
}

/** Sends what is typed; from a terminal nothing more is taken once the session has ended. */
function* sendInput(
  { sys }: Session,
  upgrade: Channel<Frame>,
  typed: { readonly own: Terminal; readonly ended: WaitQueue } | undefined,
): Waiting<void> {
  while (!upgrade.closed) {
    let bytes: Uint8Array;
    try {
      if (typed && !typed.own.hasInput()) {
        yield { queues: [typed.own.readable, typed.ended] };
        continue;
      }
      bytes = yield* sys.read(0);
    } catch (error) {
      if (isErrno(error, 'EINTR')) continue;
      if (isErrno(error)) bytes = NO_BYTES;
      else throw error;
    }
    upgrade.send({ stream: STREAM.stdin, bytes: bytes.slice(), ...(bytes.length === 0 ? { end: true } : {}) });
    if (bytes.length === 0) return;
  }
}

function* receive(
  session: Session,
  upgrade: Channel<Frame>,
  answers: Channel<Frame>,
  options: RemoteOptions,
): Waiting<void> {
  for (;;) {
    const frame = answers.tryReceive();
    if (frame === 'end') throw new CommandError(CUT_OFF);
    if (frame === undefined) {
      if (session.sys.takeSignal() === 'WINCH') sendSize(session, upgrade);
      yield answers.readable;
      continue;
    }
    const own = frame.terminal && options.tty ? session.sys.terminal(0) : undefined;
    if (own) own.carriedTo = frame.terminal;
    if (frame.stream === STREAM.error && frame.bytes.length > 0) return finish(decodeText(frame.bytes));
    if (frame.bytes.length === 0) continue;
    if (frame.stream === STREAM.stdout && options.onOutput) yield* options.onOutput(frame.bytes);
    else if (frame.stream === STREAM.stdout) yield* session.sys.write(1, frame.bytes);
    else if (frame.stream === STREAM.stderr) yield* session.sys.write(2, frame.bytes);
  }
}

/** What the error stream says at the end: a Status. */
function finish(text: string): void {
  let status: Partial<Status>;
  try {
    status = JSON.parse(text) as Partial<Status>;
  } catch {
    throw new CommandError(`error stream protocol error: ${text}`);
  }
  if (status.status === 'Success') return;
  const code = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  if (status.reason === 'NonZeroExitCode' && code !== undefined) {
    throw new ExitError(Number(code), `command terminated with exit code ${code}`);
  }
  throw new CommandError(status.message ?? '');
}
