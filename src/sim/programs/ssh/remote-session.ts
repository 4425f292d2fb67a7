import type { Bytes } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Connection } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { ExitProcess } from '../../kernel/sys.js';
import type { TerminalModes } from '../../kernel/terminal.js';
import { RAW } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { ClientMessage, ServerMessage } from '../sshd/protocol.js';
import { receive } from '../sshd/protocol.js';
import type { Established } from './connect.js';

const TILDE = 0x7e;
const DOT = 0x2e;
const RETURN = 0x0d;
const LOST = 255;

/** What is run there and how. */
export interface Wish {
  readonly command: string | undefined;
  readonly terminal: boolean;
  readonly input: boolean;
  readonly quiet: boolean;
}

/** Carries bytes between the local descriptors and a session on the remote host until it ends. */
export class RemoteSession {
  private readonly sys: Sys;
  private readonly server: Established;
  private readonly wish: Wish;
  private readonly connection: Connection;
  private modes: TerminalModes | undefined;
  private atLineStart = true;
  private tilde = false;

  constructor(sys: Sys, server: Established, wish: Wish) {
    this.sys = sys;
    this.server = server;
    this.wish = wish;
    this.connection = server.connection;
  }

  /** Runs it; the process ends with the remote status. */
  *run(): Waiting<number> {
    const { sys, wish } = this;
    try {
      this.begin();
      sys.thread(() => this.show());
      if (wish.input) yield* this.carryInput();
      for (;;) yield new WaitQueue();
    } finally {
      this.restore();
      this.connection.close();
    }
  }

  private begin(): void {
    const { sys, wish } = this;
    const size = sys.windowSize(0) ?? { columns: 80, rows: 24 };
    const type = sys.environment.get('TERM') ?? 'dumb';
    const environment = ['LANG', 'LC_ALL'].flatMap((name): [string, string][] => {
      const value = sys.environment.get(name);
      return value === undefined ? [] : [[name, value]];
    });
    this.send({
      kind: 'session',
      command: wish.command,
      terminal: wish.terminal ? { type, size, echo: sys.terminal(0)?.modes.echo ?? true } : undefined,
      environment,
    });
    const own = wish.input ? sys.terminal(0) : undefined;
    if (own) own.carriedTo = 'nobody';
    if (!wish.terminal || !sys.terminal(0)) return;
    this.modes = sys.terminalModes(0);
    sys.setTerminalModes(0, RAW);
    sys.onSignal('WINCH', 'catch');
  }

  private send(message: ClientMessage): void {
    this.connection.send(message);
  }

  private restore(): void {
    const own = this.wish.input ? this.sys.terminal(0) : undefined;
    if (own) own.carriedTo = undefined;
    if (this.modes) this.sys.setTerminalModes(0, this.modes);
    this.modes = undefined;
  }

  private *carryInput(): Waiting<void> {
    const { sys } = this;
    for (;;) {
      try {
        const bytes = yield* sys.read(0);
        if (bytes.length === 0) break;
        const carried = this.modes ? yield* this.withoutEscapes(bytes) : bytes;
        if (carried.length > 0) this.send({ kind: 'data', bytes: carried });
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error;
        const size = sys.takeSignal() === 'WINCH' ? sys.windowSize(0) : undefined;
        if (size) this.send({ kind: 'resize', size });
      }
    }
    this.send({ kind: 'end-of-input' });
  }

  /** `~.` at the start of a line ends the connection; `~~` is one tilde. */
  private *withoutEscapes(bytes: Bytes): Waiting<Bytes> {
    const carried: number[] = [];
    for (const byte of bytes) {
      if (this.tilde) {
        this.tilde = false;
        if (byte === DOT) return yield* this.lost(`Connection to ${this.server.host} closed.`);
        if (byte !== TILDE) carried.push(TILDE);
        carried.push(byte);
      } else if (byte === TILDE && this.atLineStart) this.tilde = true;
      else carried.push(byte);
      this.atLineStart = byte === RETURN;
    }
    return Uint8Array.from(carried);
  }

  private *show(): Waiting<void> {
    const { sys, server } = this;
    for (;;) {
      const message = yield* receive<ServerMessage>(this.connection);
      if (!message) {
        const closed = `Connection to ${server.address} closed by remote host.`;
        yield* this.lost(this.modes ? `${closed}\r\nConnection to ${server.host} closed.` : closed);
        return;
      }
      const own = message.kind === 'terminal' && sys.terminal(0);
      if (own) own.carriedTo = message.terminal;
      if (message.kind === 'data') yield* sys.write(message.stream, message.bytes);
      if (message.kind !== 'exit') continue;
      const hadTerminal = this.modes !== undefined;
      this.restore();
      if (hadTerminal && !this.wish.quiet) yield* sys.write(2, `Connection to ${server.host} closed.\n`);
      throw new ExitProcess(message.status);
    }
  }

  private *lost(text: string): Waiting<never> {
    if (this.modes) yield* this.sys.write(2, '\r\n');
    this.restore();
    yield* this.sys.write(2, `${text.replaceAll('\r\n', '\n')}\n`);
    throw new ExitProcess(LOST);
  }
}
