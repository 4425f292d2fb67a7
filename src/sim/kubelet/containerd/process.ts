import type { Bytes } from '../../kernel/bytes.js';
import { encodeText } from '../../kernel/bytes.js';
import { Errno, isErrno } from '../../kernel/errno.js';
import type { OpenFile } from '../../kernel/files.js';
import { SIGNALS } from '../../kernel/signals.js';
import type { Sys } from '../../kernel/sys.js';
import type { Terminal } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import { execFormatError } from './runc-words.js';
import type { Container } from './state.js';
import { exitCodeOf } from './state.js';

const PATH_DEFAULT = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** runc ends with this when execve(2) fails after everything else went well. */
const EXEC_FAILED = 255;
const ROOT = { uid: 0, gid: 0, groups: [0] };

/** What to run in a container. */
export interface ProcessSpec {
  readonly command: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly directory: string;
  readonly tty: boolean;
  readonly stdin: boolean;
  /** Gets what it writes; with a terminal all of it is `stdout`. */
  readonly output: (stream: 'stdout' | 'stderr', bytes: Bytes) => void;
}

/** A process in a container, seen by its shim. */
export interface RunningProcess {
  readonly pid: number;
  readonly terminal: Terminal | undefined;
  /** Puts bytes into its standard input; undefined closes it. */
  readonly stdin: ((bytes: Bytes | undefined) => void) | undefined;
  /** Waits for its end and for the last of its output. */
  wait(): Waiting<number>;
}

/**
 * Starts a process in a container's namespaces as a child of the shim. Throws `Errno` when the command is not there or
 * may not be run; a file that is no program makes a process that says so and fails, as with runc.
 */
export function startInContainer(shim: Sys, container: Container, spec: ProcessSpec): RunningProcess {
  const { context } = container;
  const file = findCommand(container, spec);
  const { credentials } = container;
  const streams = spec.tty ? terminalStreams(shim, spec) : pipeStreams(shim, spec);
  const options = {
    container: context,
    credentials,
    environment: spec.environment,
    directory: spec.directory,
    session: true,
    ...(streams.terminal ? { terminal: streams.terminal } : { descriptors: streams.descriptors }),
  };
  let pid: number;
  try {
    pid = shim.spawn(file, spec.command, options);
  } catch (error) {
    if (!isErrno(error, 'ENOEXEC', 'ENOENT')) {
      streams.started();
      streams.abandon();
      throw error;
    }
    const text = execFormatError(file, error);
    pid = shim.fork(function* (sys) {
      yield* sys.write(2, text);
      return EXEC_FAILED;
    }, options);
  }
  streams.started();
  return {
    pid,
    terminal: streams.terminal,
    stdin: streams.stdin,
    *wait() {
      const change = yield* shim.wait(pid);
      yield* streams.drained();
      return change?.kind === 'exited' ? exitCodeOf(change.status, SIGNALS) : EXEC_FAILED;
    },
  };
}

/** The file a command names, looked for along the container's PATH. Throws ENOENT, EACCES. */
function findCommand(
  { context, credentials: who }: Container,
  { command, environment, directory }: ProcessSpec,
): string {
  const name = command[0] ?? '';
  const { files } = context;
  const usable = (path: string): void => {
    if (files.stat(path, who).type !== 'file') throw new Errno('EACCES');
    files.access(path, { execute: true }, who);
  };
  if (name.includes('/')) {
    const path = name.startsWith('/') ? name : `${directory === '/' ? '' : directory}/${name}`;
    usable(path);
    return path;
  }
  let failure = new Errno('ENOENT');
  for (const folder of (environment.get('PATH') ?? PATH_DEFAULT).split(':')) {
    const path = `${folder}/${name}`;
    try {
      usable(path);
      return path;
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (error.code === 'EACCES') failure = error;
    }
  }
  throw failure;
}

interface Streams {
  readonly descriptors: ReadonlyMap<number, number>;
  readonly terminal: Terminal | undefined;
  readonly stdin: RunningProcess['stdin'];
  /** The child has its ends: the shim lets go of them. */
  started(): void;
  abandon(): void;
  drained(): Waiting<void>;
}

function terminalStreams(shim: Sys, spec: ProcessSpec): Streams {
  const terminal = shim.openTerminal({ columns: 80, rows: 24 });
  terminal.onOutput = (bytes) => spec.output('stdout', bytes);
  return {
    descriptors: new Map(),
    terminal,
    stdin: spec.stdin ? (bytes) => void (bytes ? terminal.type(bytes) : terminal.hangUp()) : undefined,
    started: () => {},
    abandon: () => terminal.hangUp(),
    *drained() {},
  };
}

function pipeStreams(shim: Sys, spec: ProcessSpec): Streams {
  const out = shim.pipe();
  const err = shim.pipe();
  const input = spec.stdin ? shim.pipe() : undefined;
  const ends = [out.write, err.write];
  const zero = input ? input.read : openNull(shim);
  const finished = new WaitQueue();
  let open = 2;
  const copy = (read: number, stream: 'stdout' | 'stderr') =>
    shim.thread(function* () {
      for (;;) {
        const bytes = yield* shim.read(read);
        if (bytes.length === 0) break;
        spec.output(stream, bytes);
      }
      shim.close(read);
      open -= 1;
      finished.wakeAll();
    });
  return {
    descriptors: new Map([
      [0, zero],
      [1, out.write],
      [2, err.write],
    ]),
    terminal: undefined,
    stdin: input ? pipeInput(shim, input.write) : undefined,
    started() {
      for (const end of [...ends, zero]) shim.close(end);
      copy(out.read, 'stdout');
      copy(err.read, 'stderr');
    },
    abandon: () => {},
    *drained() {
      while (open > 0) yield finished;
    },
  };
}

/** Feeds a pipe from a queue, so that whoever types never waits for the reader. */
function pipeInput(shim: Sys, write: number): (bytes: Bytes | undefined) => void {
  const waiting: Bytes[] = [];
  const changed = new WaitQueue();
  let ended = false;
  shim.thread(function* () {
    const file: OpenFile = shim.openFile(write);
    for (;;) {
      const next = waiting.shift();
      if (next === undefined) {
        if (ended) break;
        yield changed;
        continue;
      }
      if (!(yield* feed(file, next))) break;
    }
    shim.close(write);
  });
  return (bytes) => {
    if (bytes) waiting.push(bytes);
    else ended = true;
    changed.wakeAll();
  };
}

/** Writes everything; false when nobody reads any more. */
function* feed(file: OpenFile, bytes: Bytes): Waiting<boolean> {
  let rest = bytes;
  while (rest.length > 0) {
    try {
      const taken = file.tryWrite(rest);
      if (taken === undefined) yield file.writable as WaitQueue;
      else rest = rest.subarray(taken);
    } catch (error) {
      if (isErrno(error, 'EPIPE')) return false;
      throw error;
    }
  }
  return true;
}

function openNull(shim: Sys): number {
  try {
    return shim.open('/dev/null', { read: true });
  } catch (error) {
    if (!isErrno(error)) throw error;
    const { read, write } = shim.pipe();
    shim.close(write);
    return read;
  }
}

/** Reads a small file of a container's tree as root; empty when it is not there. */
export function readIn(container: Pick<Container, 'context'>['context'], path: string): string {
  try {
    const file = container.files.open(path, { read: true }, 0, ROOT);
    const bytes = file.tryRead(1 << 20) ?? encodeText('');
    file.release();
    return Buffer.from(bytes).toString('utf8');
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}
