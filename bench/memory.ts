import { spawnSync } from 'node:child_process';
import type { Benchmark } from './benchmark.js';
import { serveWorld } from './served.js';

/** MB of memory that a process has, as the system counts them. */
function residentMb(pid: number): number {
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) / 1024;
}

/** The whole program with a three-node world in its worker, shortly after it was made. */
export const memory: Benchmark = {
  name: 'memory with a world in a worker',
  unit: 'MB',
  against: { name: 'this process', measure: () => process.memoryUsage.rss() / 2 ** 20 },
  aimMax: 200,
  aimIsAbsolute: true,
  rounds: 1,
  skip: () => (process.platform === 'win32' ? 'Windows has no ps' : undefined),
  async measure() {
    const served = await serveWorld();
    try {
      return residentMb(served.process.pid ?? 0);
    } finally {
      await served.end();
    }
  },
};
