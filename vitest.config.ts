import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['scripts/tooling/vitest-setup.mjs'],
    reporters: ['default', './scripts/tooling/vitest-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The same words, colours and hours everywhere; Ink draws nothing where CI is set, and frames are what is tested.
    env: { CI: 'false', TZ: 'UTC', LC_ALL: 'C.UTF-8', FORCE_COLOR: '0', NO_COLOR: '' },
  },
});
