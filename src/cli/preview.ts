import { causeOption, fixedDraw } from './cause.js';
import type { CliCommand } from './command.js';
import { findLabOrFile, newSeed, readLabSeed } from './find-lab.js';
import { atTerminal, UsageError } from './io.js';

interface PreviewOptions {
  readonly seed?: string;
  readonly cause?: readonly string[];
}

/** `kubedrill preview LAB`: a lab as a learner sees it, with what its checks say beside it. */
export const preview: CliCommand = {
  name: 'preview',
  declare(command, io, exit) {
    command
      .description('open a lab as a learner sees it, with a panel of what its checks say')
      .argument('<lab>', 'a lab file, or an id such as cka/drain-a-node');
    causeOption(command)
      .option('--seed <number>', 'which draw of the lab')
      .action(async (name: string, { seed, cause }: PreviewOptions) => {
        const lab = findLabOrFile(name, io);
        const fixed = fixedDraw(lab, cause);
        if (!atTerminal(io))
          throw new UsageError('`preview` needs a terminal; `kubedrill try` plays a script without one.');
        const { previewPorts } = await import('./preview/preview-ports.js');
        const { runScreens } = await import('../ui/run-screens.js');
        const { speakChosen } = await import('./words/choose-words.js');
        await speakChosen(io.environment);
        const chosen = seed === undefined ? newSeed() : readLabSeed(seed);
        const { ports, end } = previewPorts(io, { name, lab, seed: chosen, fixed });
        try {
          exit(await runScreens(io, ports, { id: lab.id, seed: chosen }));
        } finally {
          await end();
        }
      });
  },
};
