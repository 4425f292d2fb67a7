import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';
import { bin } from './run-command.mjs';

/** Until the commands are wired to the rooms, knip can only tell, not judge. */
const wired = existsSync(join(root, 'src', 'cli'));

/** Folders that exist already among those whose imports are looked at. */
const importing = ['src', 'test', 'bench', 'scripts'].filter((folder) => existsSync(join(root, folder)));

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
      ...importing,
    ],
  },
  {
    name: 'dead code',
    args: [
      bin('knip/bin/knip.js'),
      '--no-progress',
      '--treat-config-hints-as-errors',
      ...(wired ? [] : ['--no-exit-code']),
    ],
  },
];
