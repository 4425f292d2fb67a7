import type { CliCommand } from './command.js';
import { findLab, readLabSeed } from './find-lab.js';
import { atTerminal, ExpectedError, UsageError } from './io.js';
import { type ClusterOptions, clusterOptions, readCluster } from './real/cluster-option.js';
import { editorCommand } from './run/editor-command.js';

interface RunOptions {
  readonly seed?: string;
  readonly fromBase?: boolean;
  readonly editor?: string;
}

/** `kubedrill run LAB`: the screens, at a lab. */
export const run: CliCommand = {
  name: 'run',
  declare(command, io, exit) {
    clusterOptions(command)
      .description('work on a lab on the screens')
      .argument('<lab>', 'such as cka/drain-a-node')
      .option('--seed <number>', 'which draw of the lab')
      .option('--from-base', 'begin at the base host')
      .option('--editor <which>', 'own: edit files in your own editor ($VISUAL or $EDITOR), for practice only')
      .action(async (name: string, options: RunOptions & ClusterOptions) => {
        const { seed, fromBase, editor, cluster, yes } = options;
        const real = readCluster(cluster);
        const lab = findLab(name, io);
        if (real && (fromBase || editor === 'own'))
          throw new UsageError(
            '--from-base and --editor are for simulated clusters; on a real one the shell is your own',
          );
        const ownEditor = readEditor(editor, io.environment);
        if (!atTerminal(io))
          throw new UsageError('`run` needs a terminal; `kubedrill try` plays a script without one.');
        const { openScreens } = await import('./screens.js');
        exit(
          await openScreens(io, {
            lab: lab.id,
            ...(seed === undefined ? {} : { seed: readLabSeed(seed) }),
            fromBase: fromBase === true,
            ownEditor,
            ...(real ? { real: { choice: real, yes: yes === true } } : {}),
          }),
        );
      });
  },
};

/** Whether files are edited in the person's own editor. Throws where that is asked for and there is none. */
function readEditor(which: string | undefined, environment: NodeJS.ProcessEnv): boolean {
  if (which === undefined || which === 'built-in') return false;
  if (which !== 'own') throw new UsageError(`"${which}" is no editor to choose; there are built-in and own.`);
  if (!editorCommand(environment))
    throw new ExpectedError(
      '`--editor own` needs to know your editor: set $VISUAL or $EDITOR, such as EDITOR=vim, or leave the option out.',
    );
  return true;
}
