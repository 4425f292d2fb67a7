import type { CliCommand } from './command.js';
import { findLab, readSeed } from './find-lab.js';
import { UsageError } from './io.js';

interface RunOptions {
  readonly seed?: string;
  readonly fromBase?: boolean;
}

/** `kubedrill run LAB`: the screens, at a lab. */
export const run: CliCommand = {
  name: 'run',
  declare(command, io, exit) {
    command
      .description('work on a lab on the screens')
      .argument('<lab>', 'such as cka/drain-a-node')
      .option('--seed <number>', 'which draw of the lab')
      .option('--from-base', 'begin at the base host')
      .action(async (name: string, { seed, fromBase }: RunOptions) => {
        const lab = findLab(name);
        if (!io.stdin.isTTY || !io.stdout.isTTY)
          throw new UsageError('`run` needs a terminal; `kubedrill try` plays a script without one.');
        const { openScreens } = await import('./screens.js');
        exit(
          await openScreens(io, {
            lab: lab.id,
            ...(seed === undefined ? {} : { seed: readSeed(seed) }),
            fromBase: fromBase === true,
          }),
        );
      });
  },
};
