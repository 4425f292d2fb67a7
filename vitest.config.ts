import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './scripts/tooling/vitest-order.js';

/** Tests that put a module of their own in another's place, so that they need all modules anew. */
const REPLACING = [
  'test/cli/faulty-content.test.ts',
  'test/cli/replay/print-replay.test.ts',
  'test/labs/exam/exam-room.test.ts',
  'test/labs/journal/lock.test.ts',
  'test/labs/journal/short-writes.test.ts',
  'test/labs/journal/synced.test.ts',
];

/**
 * What is run after one another, each in workers of its own: a worker keeps all modules of its files, and what these hold, and
 * with some gigabytes of that even a frame takes ten times as long. The slowest come first.
 */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  programs: ['terminal', 'clients', 'clusters'],
  labs: ['labs', 'content', 'exercises', 'cli', 'checker'],
  simulation: ['simulation', 'sim', 'reference', 'fuzz'],
};
const testsIn = (folders: readonly string[]): string[] => folders.map((folder) => `test/${folder}/**/*.test.{ts,tsx}`);
const elsewhere = testsIn(Object.values(PARTS).flat());

export default defineConfig({
  // React is the one that people run, which draws a frame in two thirds of the time.
  oxc: { jsx: { development: false } },
  test: {
    globalSetup: ['scripts/tooling/vitest-setup.mjs'],
    reporters: ['default', './scripts/tooling/vitest-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: availableParallelism(),
    sequence: { sequencer: SlowFirst },
    // What was compiled once is not compiled again until it changes.
    experimental: { fsModuleCache: true, fsModuleCachePath: 'node_modules/.cache/kubedrill/vitest' },
    // The same words, colours and hours everywhere; Ink draws nothing where CI is set, and frames are what is tested.
    env: { NODE_ENV: 'production', CI: 'false', TZ: 'UTC', LC_ALL: 'C.UTF-8', FORCE_COLOR: '0', NO_COLOR: '' },
    projects: [
      { extends: true, test: { name: 'replacing', include: REPLACING } },
      // Loading the simulation takes longer than most tests of it: a worker loads it once for all its files.
      ...Object.entries(PARTS).map(([name, folders]) => ({
        extends: true as const,
        test: { name, include: testsIn(folders), exclude: REPLACING, isolate: false },
      })),
      {
        extends: true,
        test: {
          name: 'screens',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...REPLACING, ...elsewhere],
          isolate: false,
        },
      },
    ],
  },
});
