import type { CriCalls, ExecStream } from '../../api/types/cri.js';
import { CriError } from '../../client/cri-client.js';
import type { Bytes } from '../../kernel/bytes.js';
import { concatBytes, decodeText, encodeText, NO_BYTES } from '../../kernel/bytes.js';
import { Channel } from '../../kernel/channel.js';
import { isErrno } from '../../kernel/errno.js';
import type { Frame } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Terminal } from '../../kernel/terminal.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { Containers } from './containers.js';
import { processOf } from './containers.js';
import type { ProcessSpec, RunningProcess } from './process.js';
import { startInContainer } from './process.js';
import { execCause, runcExecError } from './runc-words.js';
import type { Container } from './state.js';

/** Numbers of streams on an upgraded connection. */
const STDOUT = 1;
const STDERR = 2;
const EXIT = 3;
const RESIZE = 4;

/** Runs commands in running containers. */
export class Execution {
  private readonly sys: Sys;
  private readonly containers: Containers;
  private readonly newId: () => string;

  constructor(sys: Sys, containers: Containers, newId: () => string) {
    this.sys = sys;
    this.containers = containers;
    this.newId = newId;
  }

  /** Runs a command to its end and collects what it wrote. Throws `CriError`. */
  *sync({
    containerId,
    command,
    timeoutSeconds,
  }: CriCalls['ExecSync']['request']): Waiting<CriCalls['ExecSync']['response']> {
    const container = this.running(containerId);
    const parts: Record<'stdout' | 'stderr', Bytes[]> = { stdout: [], stderr: [] };
    const output: ProcessSpec['output'] = (stream, bytes) => void parts[stream].push(bytes);
    const process = this.start(container, { command, tty: false, stdin: false, output });
    const finished = new WaitQueue();
    let code: number | undefined;
    container.sandbox.shim?.thread(function* () {
      code = yield* process.wait();
      finished.wakeAll();
    });
    const until = timeoutSeconds > 0 ? this.sys.now() + timeoutSeconds * SECOND : undefined;
    while (code === undefined && (until === undefined || this.sys.now() < until))
      yield until === undefined ? finished : { queues: [finished], until };
    if (code === undefined) {
      this.kill(process.pid);
      throw new CriError(
        `failed to exec in container: timeout ${timeoutSeconds}s exceeded: context deadline exceeded`,
        'DeadlineExceeded',
      );
    }
    return { stdout: joined(parts.stdout), stderr: joined(parts.stderr), exitCode: code };
  }

  /** Runs a command with its streams as frames. Throws `CriError` when it cannot be started. */
  stream({ containerId, command, tty, stdin, ...wanted }: CriCalls['Exec']['request']): ExecStream {
    const container = this.running(containerId);
    const frames = new Channel<Frame>();
    const input = new Channel<Frame>();
    const output = outputTo(frames, wanted);
    const process = this.start(container, { command, tty, stdin, output });
    if (process.terminal) frames.send(introduction(process.terminal));
    const { shim } = container.sandbox;
    const stop = () => this.kill(process.pid);
    shim?.thread(function* () {
      const code = yield* process.wait();
      frames.send({ stream: EXIT, bytes: encodeText(String(code)) });
      frames.close();
      input.close();
    });
    this.sys.thread(() => forward(input, process, frames, tty ? () => process.terminal?.hangUp() : stop));
    return { output: frames, input };
  }

  /** Joins the streams of a container's own process. */
  attach({ containerId, stdin, ...wanted }: CriCalls['Attach']['request']): ExecStream {
    const container = this.running(containerId);
    const frames = new Channel<Frame>();
    const input = new Channel<Frame>();
    const listener = outputTo(frames, wanted);
    if (container.terminal) frames.send(introduction(container.terminal));
    container.listeners.add(listener);
    const leave = () => container.listeners.delete(listener);
    this.sys.thread(function* () {
      while (container.pid !== undefined) yield container.ended;
      leave();
      frames.send({ stream: EXIT, bytes: encodeText('0') });
      frames.close();
      input.close();
    });
    const own = { stdin: stdin ? container.stdin : undefined, terminal: container.terminal };
    this.sys.thread(() => forward(input, own, frames, leave));
    return { output: frames, input };
  }

  private start(container: Container, how: Omit<ProcessSpec, 'environment' | 'directory'>): RunningProcess {
    const { shim } = container.sandbox;
    const { environment, directory } = processOf(container);
    const own = how.tty ? new Map([...environment, ['TERM', 'xterm']]) : environment;
    try {
      return startInContainer(shim as Sys, container, { ...how, environment: own, directory });
    } catch (error) {
      throw new CriError(runcExecError(this.newId(), execCause(how.command[0] ?? '', error)));
    }
  }

  private running(id: string): Container {
    const container = this.containers.find(id);
    if (container.state !== 'CONTAINER_RUNNING' || !container.sandbox.shim)
      throw new CriError(`container is in ${container.state} state`);
    return container;
  }

  private kill(pid: number): void {
    try {
      this.sys.kill(pid, 'KILL');
    } catch (error) {
      if (!isErrno(error, 'ESRCH')) throw error;
    }
  }
}

/** Sends what a process writes, on the streams that its client asked for. */
function outputTo(
  frames: Channel<Frame>,
  wanted: { readonly stdout: boolean; readonly stderr: boolean },
): ProcessSpec['output'] {
  return (stream, bytes) => {
    if (wanted[stream]) frames.send({ stream: stream === 'stdout' ? STDOUT : STDERR, bytes });
  };
}

/** A frame without bytes that says which terminal the process has. */
function introduction(terminal: Terminal): Frame {
  return { stream: STDOUT, bytes: NO_BYTES, terminal };
}

/** Passes what comes from the client on; when the client goes away, `gone` is called. */
function* forward(
  input: Channel<Frame>,
  { stdin, terminal }: { readonly stdin: RunningProcess['stdin']; readonly terminal: Terminal | undefined },
  frames: Channel<Frame>,
  gone: () => void,
): Waiting<void> {
  for (;;) {
    const frame = yield* input.receive();
    if (frame === 'end') {
      if (!frames.closed) gone();
      return;
    }
    if (frame.stream === RESIZE) resize(terminal, frame.bytes);
    else if (frame.stream === 0) {
      if (frame.bytes.length > 0) stdin?.(frame.bytes);
      if (frame.end && !terminal) stdin?.(undefined);
    }
  }
}

function resize(terminal: Terminal | undefined, bytes: Bytes): void {
  try {
    const size = JSON.parse(decodeText(bytes)) as Readonly<Record<string, number>>;
    // Go reads names in any case.
    const { width, height } = Object.fromEntries(
      Object.entries(size).map(([name, value]) => [name.toLowerCase(), value]),
    );
    if (width && height) terminal?.resize({ columns: width, rows: height });
  } catch (error) {
    // A client that sends nonsense gets no new size.
    if (!(error instanceof SyntaxError)) throw error;
  }
}

function joined(parts: readonly Bytes[]): Bytes {
  return parts.length === 0 ? NO_BYTES : concatBytes(parts);
}
