import { nearest } from '../labs/nearest.js';
import type { CliCommand } from './command.js';
import { type CommandIo, say, UsageError } from './io.js';

interface ProgressOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly html?: string;
}

/** `kubedrill progress`: what was reached, and what to do next; as a report; carried elsewhere; begun anew. */
export const progress: CliCommand = {
  name: 'progress',
  declare(command, io) {
    command
      .description('show what you have reached, and what to do next')
      .option('--json', 'as JSON, in a shape that stays: labs, certifications, exams, days and next')
      .option('--csv', 'as CSV: a row for each attempt')
      .option('--html <file>', 'as a report in one HTML file; - is the standard output')
      .allowExcessArguments()
      .action((options: ProgressOptions) => {
        const [word] = command.args;
        if (word !== undefined) throw new UsageError(noSuch(word));
        return show(options, io);
      });
    command
      .command('export')
      .description('write all of it into a file, for another computer')
      .argument('<file>', 'one that is not there yet; - is the standard output')
      .action(async (file: string) => (await import('./progress/move-progress.js')).exportProgress(file, io));
    command
      .command('import')
      .description('take in what was exported; what is here stays')
      .argument('<file>', 'what export wrote, or a copy that import and reset keep')
      .option('--yes', 'do not ask')
      .action(async (file: string, { yes }: { yes?: boolean }) =>
        (await import('./progress/move-progress.js')).importProgress(file, yes, io),
      );
    command
      .command('reset')
      .description('begin anew; a copy is kept')
      .option('--lab <lab>', 'only with this lab or lesson')
      .option('--yes', 'do not ask')
      .action(async (options: { lab?: string; yes?: boolean }) =>
        (await import('./progress/reset-progress.js')).resetProgress(options, io),
      );
  },
};

const PARTS = ['export', 'import', 'reset'] as const;

function noSuch(word: string): string {
  const near = nearest(word, PARTS);
  const meant = near === undefined ? `there are ${PARTS.join(', ')}` : `did you mean ${near}?`;
  return `progress has no ${word}; ${meant}`;
}

async function show({ json, csv, html }: ProgressOptions, io: CommandIo): Promise<void> {
  if ([json, csv, html].filter((one) => one !== undefined).length > 1)
    throw new UsageError('Choose one of --json, --csv and --html.');
  const { readProgress } = await import('./progress/read-progress.js');
  const read = readProgress(io);
  if (json) return say(io, (await import('./progress/progress-json.js')).progressJson(read.home, read.history));
  if (csv) {
    const { progressCsv } = await import('./progress/progress-csv.js');
    return void io.stdout.write(progressCsv(read.store.progress, read.facts));
  }
  if (html !== undefined) return (await import('./progress/html/write-report.js')).writeReport(html, read, io);
  const { progressText } = await import('./progress/progress-text.js');
  for (const line of progressText(read, io)) say(io, line);
}
