import type { Bytes } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { credentialsOf, type User } from '../../kernel/libc/accounts.js';
import { loginEnvironment, loginShellName, startDirectory } from '../../kernel/libc/session.js';
import type { Connection } from '../../kernel/network.js';
import type { ExitStatus, Sys } from '../../kernel/sys.js';
import type { Terminal } from '../../kernel/terminal.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ClientMessage, ServerMessage } from './protocol.js';
import { receive } from './protocol.js';

type Session = Extract<ClientMessage, { kind: 'session' }>;

/** How long typed input waits when the terminal takes no more. */
const FULL_PAUSE = 10 * MILLISECOND;

/** Runs what the client asked for as the user, and tells how it ended. */
export class SshSession {
  private readonly sys: Sys;
  private readonly connection: Connection;
  private readonly user: User;
  private readonly session: Session;

  constructor(sys: Sys, connection: Connection, user: User, session: Session) {
    this.sys = sys;
    this.connection = connection;
    this.user = user;
    this.session = session;
  }

  *run(): Waiting<void> {
    const { terminal } = this.session;
    if (terminal) yield* this.onTerminal(this.sys.openTerminal(terminal.size));
    else yield* this.onPipes();
  }

  private send(message: ServerMessage): void {
    this.connection.send(message);
  }

  private *onTerminal(terminal: Terminal): Waiting<void> {
    const { sys } = this;
    // The client's modes come with its request (RFC 4254, 8).
    if (!this.session.terminal?.echo) terminal.setModes({ ...terminal.modes, echo: false });
    this.send({ kind: 'terminal', terminal });
    terminal.onOutput = (bytes) => this.send({ kind: 'data', stream: 1, bytes });
    try {
      const pid = this.spawn({ session: true, terminal }, terminal);
      if (pid === undefined) return;
      sys.thread(() => this.toTerminal(terminal));
      this.finish(yield* this.awaitEnd(pid));
    } finally {
      sys.closeTerminal(terminal);
    }
  }

  private *toTerminal(terminal: Terminal): Waiting<void> {
    for (;;) {
      const message = yield* receive<ClientMessage>(this.connection);
      if (!message) break;
      if (message.kind === 'resize') terminal.resize(message.size);
      if (message.kind === 'data') while (!terminal.type(message.bytes)) yield* this.sys.sleep(FULL_PAUSE);
    }
    terminal.hangUp();
  }

  private *onPipes(): Waiting<void> {
    const { sys } = this;
    const [input, output, error] = [sys.pipe(), sys.pipe(), sys.pipe()];
    sys.onSignal('PIPE', 'ignore');
    const descriptors = new Map([
      [0, input.read],
      [1, output.write],
      [2, error.write],
    ]);
    const pid = this.spawn({ session: true, descriptors }, undefined);
    for (const descriptor of descriptors.values()) sys.close(descriptor);
    if (pid === undefined) return;
    sys.thread(() => this.toPipe(input.write, pid));
    let open = 2;
    const pump = function* (this: SshSession, descriptor: number, stream: 1 | 2): Waiting<void> {
      for (;;) {
        const bytes: Bytes = yield* sys.read(descriptor);
        if (bytes.length === 0) break;
        this.send({ kind: 'data', stream, bytes });
      }
      open -= 1;
    };
    sys.thread(() => pump.call(this, output.read, 1));
    sys.thread(() => pump.call(this, error.read, 2));
    const status = yield* this.awaitEnd(pid);
    while (open > 0) yield* sys.sleep(MILLISECOND);
    this.finish(status);
  }

  private *toPipe(descriptor: number, pid: number): Waiting<void> {
    const { sys } = this;
    try {
      for (;;) {
        const message = yield* receive<ClientMessage>(this.connection);
        if (!message) {
          // The client is gone: what it ran hears it as the end of its terminal would be heard.
          sys.kill(pid, 'HUP');
          break;
        }
        if (message.kind === 'end-of-input') break;
        if (message.kind === 'data') yield* sys.write(descriptor, message.bytes);
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
    sys.close(descriptor);
  }

  private spawn(
    options: { session: true; terminal?: Terminal; descriptors?: Map<number, number> },
    terminal: Terminal | undefined,
  ): number | undefined {
    const { sys, user, session, connection } = this;
    const { local, peer } = connection;
    const environment = loginEnvironment(sys, user, [
      ...session.environment,
      ['SSH_CLIENT', `${peer.address} ${peer.port} ${local.port}`],
      ['SSH_CONNECTION', `${peer.address} ${peer.port} ${local.address} ${local.port}`],
      ...(terminal && session.terminal
        ? ([
            ['SSH_TTY', `/dev/pts/${terminal.number}`],
            ['TERM', session.terminal.type],
          ] as const)
        : []),
    ]);
    const name = user.shell.split('/').at(-1) ?? 'sh';
    const args = session.command === undefined ? [loginShellName(user.shell)] : [name, '-c', session.command];
    const credentials = credentialsOf(sys, user);
    try {
      return sys.spawn(user.shell, args, {
        ...options,
        environment,
        credentials,
        directory: startDirectory(sys, user),
      });
    } catch (error) {
      if (!isErrno(error)) throw error;
      this.send({ kind: 'data', stream: 2, bytes: Buffer.from(`${user.shell}: ${error.message}\n`) });
      this.send({ kind: 'exit', status: 1 });
      return undefined;
    }
  }

  private *awaitEnd(pid: number): Waiting<ExitStatus> {
    for (;;) {
      const change = yield* this.sys.wait(pid);
      if (change?.kind === 'exited') return change.status;
    }
  }

  private finish(status: ExitStatus): void {
    if ('code' in status) this.send({ kind: 'exit', status: status.code });
    else this.send({ kind: 'exit', status: 255, signal: status.signal });
  }
}
