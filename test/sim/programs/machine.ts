import { handshake } from '../../../src/sim/client/tls/handshake.js';
import { Host } from '../../../src/sim/hosts/host.js';
import type { Person } from '../../../src/sim/hosts/layouts/accounts.js';
import { CANDIDATE } from '../../../src/sim/hosts/layouts/accounts.js';
import type { LayoutOptions } from '../../../src/sim/hosts/layouts/debian.js';
import { putDebian } from '../../../src/sim/hosts/layouts/debian.js';
import { sshKeyPair } from '../../../src/sim/hosts/ssh-key.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import type { Bytes } from '../../../src/sim/kernel/bytes.js';
import type { InstalledProgram } from '../../../src/sim/kernel/installed-program.js';
import { Kernel } from '../../../src/sim/kernel/kernel.js';
import { credentialsOf, findUser } from '../../../src/sim/kernel/libc/accounts.js';
import type { Program, Sys } from '../../../src/sim/kernel/sys.js';
import type { Terminal } from '../../../src/sim/kernel/terminal.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import { Fabric } from '../../../src/sim/network/fabric.js';
import { programs as ours } from '../../../src/sim/programs/register.js';
import { standIns } from './stand-ins.js';

const EPOCH = Date.UTC(2026, 2, 2, 9, 0, 0) * 1000;

export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

/** Machines on one network, each with the plain layout and our programs, booted and settled. */
export class TestNetwork {
  readonly kernel: Kernel;
  readonly hosts = new Map<string, Host>();

  constructor(
    names: readonly string[],
    change: (host: Host) => void = () => {},
    people: readonly Person[] = [CANDIDATE],
    more: readonly InstalledProgram[] = [],
  ) {
    const table = new Map<string, Program>(
      [...ours, ...more].map(({ name, run }) => [name, run] as const).concat([...standIns]),
    );
    this.kernel = new Kernel({ epoch: EPOCH, seed: '1', programs: table, handshake });
    const { kernel } = this;
    const fabric = new Fabric({
      now: () => kernel.now(),
      handshake,
      random: kernel.random.fork('network'),
    });
    const key = sshKeyPair(kernel.random.fork('key'), 'candidate@base');
    const hosts = names.map((name, index) => ({ address: `192.168.1.${index + 10}`, names: [name] }));
    const files = [
      ...[...ours, ...more].flatMap(({ name, paths, mode }) =>
        paths.map((path) => ({ path, program: name, ...(mode ? { mode } : {}) })),
      ),
      ...Array.from(standIns.keys(), (name) => ({ path: `/usr/bin/${name}`, program: name })),
    ];
    for (const [index, name] of names.entries()) {
      const layout: LayoutOptions = {
        hostname: name,
        programs: files,
        random: kernel.random.fork(name),
        hosts,
        key,
        authorized: [key.publicKey],
        people,
      };
      const node = fabric.addNode(name, [hosts[index]?.address ?? '']);
      const host = new Host({ kernel, name, network: node.namespace, layout: (tree) => putDebian(tree, layout) });
      change(host);
      host.boot();
      this.hosts.set(name, host);
    }
    kernel.advance(5 * SECOND);
  }

  host(name: string): Host {
    const host = this.hosts.get(name);
    if (!host) throw new Error(`no host ${name}`);
    return host;
  }

  /** Runs one program to its end, without a terminal. */
  run(name: string, user: string, args: readonly string[], options: { span?: number; stdin?: string } = {}): Outcome {
    const out: Bytes[] = [];
    const err: Bytes[] = [];
    let status = -1;
    const main = function* (sys: Sys): Generator<never, number, void> {
      const account = findUser(sys, user);
      if (!account) throw new Error(`no user ${user}`);
      const [input, output, error] = [sys.pipe(), sys.pipe(), sys.pipe()];
      if (options.stdin !== undefined) yield* sys.write(input.write, options.stdin) as Generator<never, void, void>;
      const path = args[0]?.startsWith('/') ? args[0] : `/usr/bin/${args[0]}`;
      const child = sys.spawn(path, args, {
        descriptors: new Map([
          [0, input.read],
          [1, output.write],
          [2, error.write],
        ]),
        environment: new Map([
          ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
          ['HOME', account.home],
          ['USER', user],
          ['LOGNAME', user],
        ]),
        directory: account.home,
        credentials: credentialsOf(sys, account),
      });
      sys.close(input.write);
      sys.close(output.write);
      sys.close(error.write);
      sys.thread(() => drain(sys, output.read, out));
      sys.thread(() => drain(sys, error.read, err));
      const change = yield* sys.wait(child) as Generator<
        never,
        { kind: string; status?: { code?: number } } | undefined,
        void
      >;
      status = change?.status?.code ?? 255;
      yield* sys.sleep(1000) as Generator<never, void, void>;
      return 0;
    };
    startProcess(this.host(name).kernel, main as unknown as Program, ['outside']);
    this.kernel.advanceUntil(() => status !== -1, options.span ?? 200 * SECOND);
    this.kernel.advance(10_000);
    this.rethrow();
    return { out: text(out), err: text(err), status };
  }

  /** A person at a terminal of a host: types, and sees the screen's bytes. */
  login(name: string, user: string): Typist {
    return new Typist(this, this.host(name), user);
  }

  rethrow(): void {
    const crash = this.kernel.crashes[0];
    if (crash) throw new Error(`${crash.host} ${crash.command}: ${(crash.error as Error).stack ?? crash.error}`);
  }
}

/** Somebody at a terminal. */
export class Typist {
  readonly terminal: Terminal;
  private shown = '';
  private readonly network: TestNetwork;
  ended = false;

  constructor(network: TestNetwork, host: Host, user: string) {
    this.network = network;
    this.terminal = host.kernel.openTerminal({ columns: 80, rows: 24 });
    const { terminal } = this;
    terminal.onOutput = (bytes) => {
      this.shown += text([bytes]);
    };
    const session = (sys: Sys): Waiting<number> => this.session(sys, user);
    startProcess(host.kernel, session as Program, ['console']);
    network.kernel.advance(SECOND);
    this.take();
  }

  /** Types a text, lets time pass and gives what appeared. */
  type(typed: string, span = SECOND): string {
    this.terminal.type(Buffer.from(typed));
    this.network.kernel.advance(span);
    this.network.rethrow();
    return this.take();
  }

  take(): string {
    const { shown } = this;
    this.shown = '';
    return shown;
  }

  private *session(sys: Sys, user: string): Waiting<number> {
    const pid = sys.spawn('/usr/bin/login', ['login', '-f', user], {
      session: true,
      terminal: this.terminal,
      environment: new Map([['TERM', 'xterm']]),
    });
    yield* sys.wait(pid);
    this.ended = true;
    return 0;
  }
}

function text(chunks: readonly Bytes[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

function* drain(sys: Sys, descriptor: number, chunks: Bytes[]): Waiting<void> {
  for (;;) {
    const bytes = yield* sys.read(descriptor);
    if (bytes.length === 0) return;
    chunks.push(bytes);
  }
}
