import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.js';
import { threeNodeMachine } from './machine.js';

let seed = 0;

/** Milliseconds until a world of a seed of its own is ready. */
function worldMs(): number {
  seed += 1;
  const started = performance.now();
  threeNodeMachine(String(seed));
  return performance.now() - started;
}

/** The same in a new process, which starts and reads its code first. */
function coldMs(): number {
  const started = performance.now();
  const main = join(process.cwd(), 'dist', 'main.js');
  const argv = [main, 'shell', '--on', 'controlplane', '--seed', '1'];
  const { status, stderr } = spawnSync(process.execPath, argv, { input: 'true\n', encoding: 'utf8' });
  if (status !== 0) throw new Error(`kubedrill shell ended with ${status}: ${stderr}`);
  return performance.now() - started;
}

/** A three-node world when the code has been compiled. */
export const worldReady: Benchmark = {
  name: 'three-node world ready, warm',
  unit: 'ms',
  against: { name: 'in a new process', measure: coldMs },
  aimMax: 100,
  aimIsAbsolute: true,
  measure: worldMs,
};
