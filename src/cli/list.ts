import chalk from 'chalk';
import { difficultyText } from '../ui/screens/words.js';
import type { CliCommand } from './command.js';
import { allLabs } from './find-lab.js';
import { say, UsageError } from './io.js';

/** `kubedrill list`: every lab. The JSON form is an array of {id, certification, domain, title, difficulty, minutes, points}. */
export const list: CliCommand = {
  name: 'list',
  declare(command, io) {
    command
      .description('list the labs')
      .option('--cert <certification>', 'only labs for cka, ckad or cks')
      .option('--json', 'as a JSON array')
      .action(async ({ cert, json }: { cert?: string; json?: boolean }) => {
        const { CERTIFICATIONS } = await import('../labs/content/find.js');
        const wanted = cert?.toLowerCase();
        if (wanted !== undefined && !CERTIFICATIONS.some((known) => known === wanted)) {
          throw new UsageError(`"${cert}" is no certification; there are ${CERTIFICATIONS.join(', ')}`);
        }
        const rows = allLabs(io)
          .filter(({ content }) => wanted === undefined || content.spec.certification === wanted)
          .map(({ id, content: { metadata, spec } }) => ({
            id,
            certification: spec.certification,
            domain: spec.domain,
            title: metadata.title,
            difficulty: spec.difficulty,
            minutes: spec.minutes,
            points: spec.checks
              .filter(({ when }) => when === undefined)
              .reduce((sum, { points }) => sum + (points ?? 0), 0),
          }));
        if (json) return say(io, JSON.stringify(rows, undefined, 2));
        if (rows.length === 0)
          io.stderr.write(`There are no labs${wanted === undefined ? '' : ` for ${wanted}`} yet.\n`);
        const width = Math.max(...rows.map(({ id }) => id.length));
        for (const { id, title, minutes, difficulty } of rows) {
          say(
            io,
            `${chalk.cyan(id.padEnd(width))}  ${difficultyText(difficulty)}  ${String(minutes).padStart(2)} min  ${title}`,
          );
        }
      });
  },
};
