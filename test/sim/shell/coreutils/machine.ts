import { Host } from '../../../../src/sim/hosts/host.js';
import { startProcess } from '../../../../src/sim/kernel/boot.js';
import type { Bytes } from '../../../../src/sim/kernel/bytes.js';
import { executableImage } from '../../../../src/sim/kernel/executable.js';
import type { HostKernel } from '../../../../src/sim/kernel/host-kernel.js';
import { Kernel } from '../../../../src/sim/kernel/kernel.js';
import type { NetworkNamespace } from '../../../../src/sim/kernel/network.js';
import type { Program, Sys } from '../../../../src/sim/kernel/sys.js';
import type { Terminal } from '../../../../src/sim/kernel/terminal.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../../src/sim/kernel/wait.js';
import { getent } from '../../../../src/sim/programs/getent/index.js';
import { coreutils } from '../../../../src/sim/shell/coreutils/index.js';
import { FIXTURES } from './fixtures.js';
import { runLine } from './mini-shell.js';

export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

const EPOCH = Date.UTC(2026, 2, 14, 15, 9, 26) * 1000;
const NETWORK = { addresses: () => ['192.168.1.10'], listeners: () => [] } as unknown as NetworkNamespace;

/** A host with our programs, the usual accounts and the fixtures in /srv/rows. */
function coreutilsHost(): { kernel: Kernel; host: HostKernel } {
  const programs = new Map(Object.entries({ ...coreutils, getent: getent.run, sh: shell }));
  const kernel = new Kernel({ epoch: EPOCH, seed: '1', programs, handshake: () => ({}) });
  const { kernel: host } = new Host({
    kernel,
    name: 'host',
    network: NETWORK,
    layout: (files) => {
      for (const name of programs.keys()) files.put(`/usr/bin/${name}`, executableImage(name), { mode: 0o755 });
      files.putLink('/bin', 'usr/bin');
      files.put('/etc/passwd', PASSWD);
      files.put('/etc/group', GROUP);
      files.putDirectory('/tmp', { mode: 0o1777 });
      files.putDirectory('/srv/rows');
      for (const [path, content] of Object.entries(FIXTURES)) files.put(`/srv/rows/${path}`, content);
    },
  });
  return { kernel, host };
}

/** What awk and others call as /bin/sh. */
const shell: Program = (sys) => runLine(sys, sys.args[2] ?? '');

const PASSWD =
  'root:x:0:0:root:/root:/bin/bash\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n';
const GROUP = 'root:x:0:\nbin:x:2:\nadm:x:4:\nnogroup:x:65534:\n';

/** Runs a line on a fresh host; each stream is gathered whole. */
export function simulate(line: string, span = 100 * SECOND): Outcome {
  const { kernel, host } = coreutilsHost();
  const out: Bytes[] = [];
  const err: Bytes[] = [];
  let status = -1;
  startProcess(
    host,
    function* (sys) {
      sys.changeDirectory('/srv/rows');
      const nothing = sys.open('/dev/null', { read: true });
      const outPipe = sys.pipe();
      const errPipe = sys.pipe();
      sys.thread(() => drain(sys, outPipe.read, out));
      sys.thread(() => drain(sys, errPipe.read, err));
      const shell = sys.fork(
        function* (child) {
          child.duplicate(nothing, { exactly: 0 });
          return yield* runLine(child, line);
        },
        {
          descriptors: new Map([
            [0, nothing],
            [1, outPipe.write],
            [2, errPipe.write],
            [nothing, nothing],
          ]),
        },
      );
      const change = yield* sys.wait(shell);
      if (change?.kind === 'exited' && 'code' in change.status) status = change.status.code;
      sys.close(outPipe.write);
      sys.close(errPipe.write);
      yield* sys.sleep(SECOND);
      return 0;
    },
    ['init'],
    [
      ['PATH', '/usr/bin'],
      ['LC_ALL', 'C.UTF-8'],
      ['TZ', 'UTC0'],
      ['HOME', '/root'],
    ],
  );
  kernel.advance(span);
  if (kernel.crashes[0]) throw kernel.crashes[0].error;
  const text = (chunks: Bytes[]) => Buffer.concat(chunks).toString('utf8');
  return { out: text(out), err: text(err), status };
}

function* drain(sys: Sys, descriptor: number, chunks: Bytes[]): Waiting<void> {
  for (;;) {
    const chunk = yield* sys.read(descriptor);
    if (chunk.length === 0) return;
    chunks.push(chunk.slice());
  }
}

/** Runs a line with a terminal of this size; what appears on it, and a hand to type with. */
export function onTerminal(
  line: string,
  size = { columns: 80, rows: 24 },
): { kernel: Kernel; screen: () => string; type: (text: string) => void } {
  const { kernel, host } = coreutilsHost();
  let screen = '';
  let terminal: Terminal | undefined;
  startProcess(
    host,
    function* (sys) {
      sys.changeDirectory('/srv/rows');
      terminal = sys.openTerminal(size);
      terminal.onOutput = (bytes) => {
        screen += Buffer.from(bytes).toString('utf8');
      };
      const shell = sys.fork(
        function* (child) {
          child.onSignal('INT', 'catch');
          return yield* runLine(child, line);
        },
        { terminal, session: true, foreground: true },
      );
      yield* sys.wait(shell);
      screen += '[ended]';
      return 0;
    },
    ['init'],
    [
      ['PATH', '/usr/bin'],
      ['LC_ALL', 'C.UTF-8'],
      ['TZ', 'UTC0'],
      ['TERM', 'xterm-256color'],
    ],
  );
  return { kernel, screen: () => screen, type: (text) => terminal?.type(Buffer.from(text)) };
}
