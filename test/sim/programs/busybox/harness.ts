import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Host } from '../../../../src/sim/hosts/host.js';
import { busyboxFiles } from '../../../../src/sim/images/base-files.js';
import { startProcess } from '../../../../src/sim/kernel/boot.js';
import type { Bytes } from '../../../../src/sim/kernel/bytes.js';
import { executableImage } from '../../../../src/sim/kernel/executable.js';
import type { HostKernel } from '../../../../src/sim/kernel/host-kernel.js';
import { Kernel } from '../../../../src/sim/kernel/kernel.js';
import type { NetworkNamespace } from '../../../../src/sim/kernel/network.js';
import type { Sys } from '../../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../../src/sim/kernel/wait.js';
import { busybox } from '../../../../src/sim/programs/busybox/index.js';
import { coreutils } from '../../../../src/sim/shell/coreutils/index.js';
import { FIXTURES } from '../../shell/coreutils/fixtures.js';
import type { Outcome } from '../../shell/harness.js';

/** The version the recordings were made with. */
export const VERSION = 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1)';

const NETWORK = { addresses: () => ['10.0.0.5'], listeners: () => [] } as unknown as NetworkNamespace;
const PROGRAM = 'busybox';
const FOLDER = '/srv/rows';

/** A machine that looks like a busybox container inside. */
export function busyboxHost(): { kernel: Kernel; host: HostKernel } {
  const programs = new Map([...Object.entries(coreutils), ['busybox', busybox.run] as const]);
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
      for (const file of busyboxFiles()) {
        if (file.directory) files.putDirectory(file.path, file.mode === undefined ? {} : { mode: file.mode });
        else if (file.program !== undefined && (file.program === 'busybox' || programs.has(file.program)))
          files.put(file.path, executableImage(file.program), { mode: 0o755 });
        else if (file.content !== undefined) files.put(file.path, file.content);
      }
      files.putDirectory(FOLDER);
      for (const [path, content] of Object.entries(FIXTURES)) files.put(`${FOLDER}/${path}`, content);
    },
  });
  return { kernel, host };
}

/** Runs a line by `sh -c` among the fixtures. */
export function runOurs(line: string): Outcome {
  const { kernel, host } = busyboxHost();
  const out: Bytes[] = [];
  const err: Bytes[] = [];
  let status = -1;
  startProcess(
    host,
    function* (sys) {
      sys.changeDirectory(FOLDER);
      const outPipe = sys.pipe();
      const errPipe = sys.pipe();
      sys.thread(() => drain(sys, outPipe.read, out));
      sys.thread(() => drain(sys, errPipe.read, err));
      const descriptors = new Map([
        [0, sys.open('/dev/null', { read: true })],
        [1, outPipe.write],
        [2, errPipe.write],
      ]);
      const pid = sys.spawn('/bin/sh', ['sh', '-c', line], { descriptors });
      sys.close(outPipe.write);
      sys.close(errPipe.write);
      const change = yield* sys.wait(pid);
      if (change?.kind === 'exited') status = 'code' in change.status ? change.status.code : 128;
      yield* sys.sleep(10 * SECOND);
      return 0;
    },
    ['init'],
    [
      ['PATH', '/bin'],
      ['TZ', 'UTC0'],
      ['HOME', '/root'],
    ],
  );
  kernel.advance(200 * SECOND);
  if (kernel.crashes[0]) throw kernel.crashes[0].error;
  const text = (chunks: readonly Bytes[]) => Buffer.concat(chunks).toString('utf8');
  return masked({ out: text(out), err: text(err), status });
}

function* drain(sys: Sys, descriptor: number, chunks: Bytes[]): Waiting<void> {
  for (;;) {
    const chunk = yield* sys.read(descriptor);
    if (chunk.length === 0) return;
    chunks.push(chunk.slice());
  }
}

/** The version in the first line of every usage is left out: ours is what current images have. */
function masked({ out, err, status }: Outcome): Outcome {
  const plain = (text: string) => text.replace(/BusyBox v1\.\S+ \(.*?\) multi-call/g, 'BusyBox multi-call');
  return { out: plain(out), err: plain(err), status };
}

/** Why the real busybox cannot be asked here; undefined when it can. */
export function whyNotReal(): string | undefined {
  const result = spawnSync(PROGRAM, [], { encoding: 'utf8' });
  return result.error || !result.stdout.startsWith(VERSION) ? `no ${VERSION}` : undefined;
}

/** Runs a line by the real busybox among fresh fixtures, its applets alone in PATH. */
export function runReal(line: string): Outcome {
  const root = mkdtempSync(join(tmpdir(), 'busybox-'));
  const folder = join(root, 'rows');
  try {
    mkdirSync(join(root, 'bin'));
    spawnSync(PROGRAM, ['--install', '-s', join(root, 'bin')]);
    if (!existsSync(join(root, 'bin/busybox'))) spawnSync('ln', ['-s', '/bin/busybox', join(root, 'bin/busybox')]);
    for (const [path, content] of Object.entries(FIXTURES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const result = spawnSync(join(root, 'bin/sh'), ['-c', line], {
      cwd: folder,
      argv0: 'sh',
      encoding: 'utf8',
      input: '',
      timeout: 20_000,
      env: { PATH: join(root, 'bin'), TZ: 'UTC0', HOME: '/root' },
    });
    const plain = (text: string) => text.replaceAll(join(root, 'bin'), '/bin').replaceAll(folder, FOLDER);
    return masked({ out: plain(result.stdout), err: plain(result.stderr), status: result.status ?? 128 });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
