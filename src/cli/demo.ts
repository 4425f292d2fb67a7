import chalk from 'chalk';
import type { CliCommand } from './command.js';
import { findLab, instanceOf } from './find-lab.js';
import { type CommandIo, say } from './io.js';
import { markdownText } from './markdown-text.js';
import { PLAIN_COLUMNS, plainTerminal } from './plain-terminal.js';
import { reportText } from './report-text.js';

const DEMO_LAB = 'cka/drain-a-node';
const DEMO_SEED = '7';

/** `kubedrill demo`: plays one lab by itself, as plain text. */
export const demo: CliCommand = {
  name: 'demo',
  declare(command, io, exit) {
    command.description('watch one lab being solved').action(async () => exit(await playDemo(io)));
  },
};

/** Shows a task, types its solution, and grades it; resolves to the exit code. */
export async function playDemo(io: CommandIo): Promise<number> {
  const instance = await instanceOf(findLab(DEMO_LAB, io), DEMO_SEED);
  const { solutionSteps } = await import('../labs/proof/case.js');
  const { playAttempt } = await import('../labs/session/attempt.js');
  say(io, chalk.bold(instance.lab.content.metadata.title));
  say(io, `\n${markdownText(instance.task, io)}\n`);
  const { report } = await playAttempt(instance, [{ steps: solutionSteps(instance) }], {
    columns: PLAIN_COLUMNS,
    onOutput: plainTerminal((text) => io.stdout.write(text)),
  });
  say(io, `\n\n${reportText('Grade', report)}`);
  return report.passed ? 0 : 1;
}
