import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '../../../../src/sim/kernel/boot.js';
import type { Bytes } from '../../../../src/sim/kernel/bytes.js';
import type { Sys } from '../../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../../src/sim/kernel/wait.js';
import { ash } from '../../../../src/sim/shell/ash.js';
import { dash } from '../../../../src/sim/shell/dash.js';
import type { Outcome } from '../harness.js';
import { shellHost } from '../harness.js';

export type DialectName = 'ash' | 'dash';

/** The real programs the recordings are of: Debian 12's packages busybox and dash. */
export const REAL: Readonly<Record<DialectName, { version: string; command: readonly string[] }>> = {
  ash: { version: 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1)', command: ['busybox', 'sh'] },
  dash: { version: 'dash 0.5.12-2', command: ['dash'] },
};

/** Why the real shell cannot be asked here; undefined when it can. */
export function whyNotReal(name: DialectName): string | undefined {
  if (process.platform !== 'linux') return 'not Linux';
  const result = spawnSync(REAL[name].command[0] as string, name === 'ash' ? [] : ['-c', ':'], { encoding: 'utf8' });
  return result.error || (name === 'ash' && !result.stdout.startsWith('BusyBox v1.35.0')) ? `no ${name}` : undefined;
}

const HOME = '/home/drill';

/** Runs a line by `sh -c` of the dialect. */
export function runOurs(name: DialectName, args: readonly string[]): Outcome {
  const { kernel, host } = shellHost({ ash, dash });
  const out: Bytes[] = [];
  const err: Bytes[] = [];
  let status = -1;
  startProcess(
    host,
    function* (sys) {
      sys.changeDirectory(HOME);
      const outPipe = sys.pipe();
      const errPipe = sys.pipe();
      sys.thread(() => drain(sys, outPipe.read, out));
      sys.thread(() => drain(sys, errPipe.read, err));
      const descriptors = new Map([
        [0, sys.open('/dev/null', { read: true })],
        [1, outPipe.write],
        [2, errPipe.write],
      ]);
      const pid = sys.spawn(`/usr/bin/${name}`, ['sh', ...args], { descriptors });
      sys.close(outPipe.write);
      sys.close(errPipe.write);
      const change = yield* sys.wait(pid);
      if (change?.kind === 'exited') status = 'code' in change.status ? change.status.code : 128;
      yield* sys.sleep(10 * SECOND);
      return 0;
    },
    ['init'],
    [
      ['PATH', '/usr/bin:/bin'],
      ['LC_ALL', 'C.UTF-8'],
      ['HOME', HOME],
    ],
  );
  kernel.advance(600 * SECOND);
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

/** Runs a line by the real shell, called `sh` as in images. */
export function runReal(name: DialectName, args: readonly string[]): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'dialect-'));
  const [program, ...more] = REAL[name].command;
  try {
    const script = name === 'ash' ? 'exec busybox sh "$@"' : 'exec -a sh dash "$@"';
    const result = spawnSync('bash', ['-c', script, 'sh', ...more.slice(1), ...args], {
      cwd: folder,
      encoding: 'utf8',
      input: '',
      timeout: 20_000,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', HOME: folder },
    });
    void program;
    const plain = (text: string) => text.replaceAll(folder, HOME);
    return { out: plain(result.stdout), err: plain(result.stderr), status: result.status ?? 128 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
