import { join } from 'node:path';
import type { Benchmark } from './benchmark.js';
import { runtimeMs } from './spawned.js';

/** From nothing to the answer to `kubedrill --version`: what every command pays. */
export const versionStart: Benchmark = {
  name: 'kubedrill --version',
  unit: 'ms',
  against: 'bare start',
  aimMax: 4,
  measure: () => runtimeMs([join(process.cwd(), 'dist', 'main.js'), '--version']),
};
