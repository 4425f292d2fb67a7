import type { Benchmark } from './benchmark.js';
import { versionStart } from './version-start.js';

/** All benchmarks, in the order in which they are printed. */
export const benchmarks: readonly Benchmark[] = [versionStart];
