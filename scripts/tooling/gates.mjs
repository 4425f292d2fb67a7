import { join } from 'node:path';
import { cache } from './paths.mjs';
import { bin } from './run-command.mjs';

/** Folders whose imports are looked at. */
const IMPORTING = ['src', 'test', 'bench', 'scripts'];

/** What must hold beside the tests, each by itself: a name and the arguments of `node`. */
export const gates = [
  { name: 'build', args: ['scripts/build.mjs'] },
  {
    name: 'types',
    // What was found out about files that have not changed since is not found out again.
    args: [
      bin('typescript/bin/tsc'),
      ...['--noEmit', '-p', '.', '--incremental', '--tsBuildInfoFile', join(cache, 'types.tsbuildinfo')],
    ],
  },
  {
    name: 'lint and format',
    args: [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '--colors=off', '.'],
  },
  {
    name: 'imports',
    args: [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err-long',
      ...IMPORTING,
    ],
  },
  {
    name: 'dead code',
    args: [bin('knip/bin/knip.js'), '--no-progress', '--treat-config-hints-as-errors'],
  },
];
