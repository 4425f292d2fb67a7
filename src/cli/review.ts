import { CERTIFICATIONS } from '../labs/content/find.js';
import type { CliCommand } from './command.js';
import { decksOf } from './content.js';
import { leftOut } from './find-lab.js';
import { atTerminal, say, tell, UsageError } from './io.js';
import { openProgress } from './progress/read-progress.js';

/** `kubedrill review [CERTIFICATION]`: asks cards on the screens; without a terminal says how many are due. */
export const review: CliCommand = {
  name: 'review',
  declare(command, io, exit) {
    command
      .description('answer cards, each again when you are about to forget it')
      .argument('[certification]', 'cka, ckad or cks; all when left out')
      .action(async (given: string | undefined) => {
        const certification = CERTIFICATIONS.find((known) => known === given?.toLowerCase());
        if (given !== undefined && !certification)
          throw new UsageError(`"${given}" is no certification; there are ${CERTIFICATIONS.join(', ')}`);
        if (atTerminal(io)) {
          const { openScreens } = await import('./screens.js');
          return exit(await openScreens(io, { review: true, certification }));
        }
        const { decks, problems } = decksOf(io);
        for (const line of leftOut(problems)) tell(io, line);
        const { reviewPorts } = await import('./learn/review-ports.js');
        const { store: progress } = openProgress(io);
        const { due, fresh } = reviewPorts(decks, { progress, ...(certification ? { certification } : {}) }).queue();
        say(io, `${due} due, ${fresh} new. Cards are answered on the screens, which need a terminal.`);
      });
  },
};
