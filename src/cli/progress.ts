import chalk from 'chalk';
import { homeDirectory } from '../labs/home.js';
import { byLab, isOpen } from '../labs/progress/model.js';
import { ProgressStore } from '../labs/progress/store.js';
import type { CliCommand } from './command.js';
import { say, tell } from './io.js';

/** `kubedrill progress`: what was reached in which lab. */
export const progress: CliCommand = {
  name: 'progress',
  declare(command, io) {
    command
      .description('show what you have reached')
      .option('--json', 'as JSON: {home, labs: [{lab, attempts, best, passed, last}]}')
      .action(({ json }: { json?: boolean }) => {
        const home = homeDirectory(io.environment);
        const store = ProgressStore.open(home);
        for (const notice of store.notices) tell(io, notice);
        const labs = byLab(store.progress);
        if (json) return say(io, JSON.stringify({ home, labs }, undefined, 2));
        const unfinished = store.progress.attempts.filter(isOpen).length;
        if (labs.length === 0 && unfinished === 0) return say(io, 'Nothing yet. `kubedrill` opens the catalogue.');
        const width = Math.max(0, ...labs.map(({ lab }) => lab.length));
        for (const { lab, attempts, best, passed, last } of labs) {
          const sign = passed ? chalk.green('✓') : ' ';
          const points = best ? `best ${best.points}/${best.total}` : '';
          say(
            io,
            `${sign} ${lab.padEnd(width)}  ${points.padEnd(12)} ${attempts} attempt${attempts === 1 ? '' : 's'}  ${last?.slice(0, 10) ?? ''}`,
          );
        }
        if (unfinished > 0)
          say(
            io,
            `${unfinished} attempt${unfinished === 1 ? ' is' : 's are'} unfinished; \`kubedrill\`, then r, goes on with ${unfinished === 1 ? 'it' : 'them'}.`,
          );
      });
  },
};
