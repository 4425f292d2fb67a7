import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Host } from '../../../src/sim/hosts/host.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import type { Bytes } from '../../../src/sim/kernel/bytes.js';
import { executableImage } from '../../../src/sim/kernel/executable.js';
import type { HostKernel } from '../../../src/sim/kernel/host-kernel.js';
import { Kernel } from '../../../src/sim/kernel/kernel.js';
import type { NetworkNamespace } from '../../../src/sim/kernel/network.js';
import type { Program, Sys } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import { bash } from '../../../src/sim/shell/bash.js';
import { coreutils } from '../../../src/sim/shell/coreutils/index.js';

/** What a run of bash wrote and how it ended. */
export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

/** Why the real bash cannot be asked here; undefined when it can. */
export function whyNotReal(): string | undefined {
  if (process.platform !== 'linux') return 'not Linux';
  const result = spawnSync('bash', ['--version'], { encoding: 'utf8' });
  if (result.error || !/version 5\.2\./.test(result.stdout)) return 'no bash 5.2';
  return undefined;
}

const HOME = '/home/drill';
const NETWORK = { addresses: () => ['192.168.1.10'], listeners: () => [] } as unknown as NetworkNamespace;
const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['PATH', '/usr/bin:/bin'],
  ['LC_ALL', 'C.UTF-8'],
  ['TZ', 'UTC0'],
  ['HOME', HOME],
  ['PWD', HOME],
];

/** A host with bash, coreutils and a home directory, and its kernel. */
export function shellHost(more: Readonly<Record<string, Program>> = {}): { kernel: Kernel; host: HostKernel } {
  const programs = new Map<string, Program>([...Object.entries(coreutils), ...Object.entries(more), ['bash', bash]]);
  const kernel = new Kernel({
    epoch: Date.UTC(2026, 2, 14, 15, 9, 26) * 1000,
    seed: '1',
    programs,
    handshake: () => ({}),
  });
  const { kernel: host } = new Host({
    kernel,
    name: 'host',
    network: NETWORK,
    layout: (files) => {
      for (const name of programs.keys()) files.put(`/usr/bin/${name}`, executableImage(name), { mode: 0o755 });
      files.put('/usr/bin/sh', executableImage('bash'), { mode: 0o755 });
      files.put('/bin/bash', executableImage('bash'), { mode: 0o755 });
      files.put('/bin/sh', executableImage('bash'), { mode: 0o755 });
      files.put('/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\n');
      files.put('/etc/group', 'root:x:0:\n');
      files.putDirectory('/tmp', { mode: 0o1777 });
      files.putDirectory(HOME);
    },
  });
  return { kernel, host };
}

/** Runs our bash with these arguments; `input` is its standard input. Throws what a crashed program threw. */
export function runOurs(args: readonly string[], input = '', span = 600 * SECOND): Outcome {
  const { kernel, host } = shellHost();
  const out: Bytes[] = [];
  const err: Bytes[] = [];
  let status = -1;
  startProcess(
    host,
    function* (sys) {
      sys.changeDirectory(HOME);
      sys.writeFile('/tmp/input', input);
      const from = sys.open('/tmp/input', { read: true });
      const outPipe = sys.pipe();
      const errPipe = sys.pipe();
      sys.thread(() => drain(sys, outPipe.read, out));
      sys.thread(() => drain(sys, errPipe.read, err));
      const descriptors = new Map([
        [0, from],
        [1, outPipe.write],
        [2, errPipe.write],
      ]);
      const pid = sys.spawn('/bin/bash', ['bash', ...args], { descriptors });
      sys.close(outPipe.write);
      sys.close(errPipe.write);
      const change = yield* sys.wait(pid);
      if (change?.kind === 'exited') status = 'code' in change.status ? change.status.code : 128;
      yield* sys.sleep(10 * SECOND);
      return 0;
    },
    ['init'],
    ENVIRONMENT,
  );
  kernel.advance(span);
  if (kernel.crashes[0]) throw kernel.crashes[0].error;
  const text = (chunks: readonly Bytes[]) => Buffer.concat(chunks).toString('utf8');
  return { out: text(out), err: text(err), status };
}

function* drain(sys: Sys, descriptor: number, chunks: Bytes[]): Waiting<void> {
  for (;;) {
    const chunk = yield* sys.read(descriptor);
    if (chunk.length === 0) return;
    chunks.push(chunk.slice());
  }
}

/** Runs the real bash in a fresh folder, which its words then call our home directory. */
export function runReal(args: readonly string[], input = ''): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'shell-'));
  try {
    const environment = Object.fromEntries(ENVIRONMENT);
    const result = spawnSync('bash', args as string[], {
      cwd: folder,
      encoding: 'utf8',
      input,
      timeout: 20_000,
      env: { ...environment, HOME: folder, PWD: folder },
    });
    const plain = (text: string) => text.replaceAll(folder, HOME);
    return { out: plain(result.stdout), err: plain(result.stderr), status: result.status ?? 128 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
