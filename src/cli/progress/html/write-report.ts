import { type CommandIo, say } from '../../io.js';
import { STANDARD_OUTPUT, writeNamed } from '../own-file.js';
import type { ReadProgress } from '../read-progress.js';
import { GENERATOR, progressReport } from './report.js';

/** Writes the report into a file, in the place of an earlier one but of nothing else. */
export function writeReport(file: string, { history, facts }: ReadProgress, io: CommandIo): void {
  const report = progressReport(history, facts);
  if (file === STANDARD_OUTPUT) return void io.stdout.write(report);
  writeNamed(file, report, (before) => before.slice(0, 2000).includes(GENERATOR));
  say(io, `${file} is written; any browser shows it.`);
}
