import { type CommandIo, say } from '../../io.js';
import { writeNamed } from '../own-file.js';
import type { ReadProgress } from '../read-progress.js';
import { GENERATOR, progressReport } from './report.js';

/** Writes the report into a file, in the place of an earlier one but of nothing else. */
export function writeReport(file: string, { history, facts }: ReadProgress, io: CommandIo): void {
  writeNamed(file, progressReport(history, facts), (before) => before.slice(0, 2000).includes(GENERATOR));
  say(io, `${file} is written; any browser shows it.`);
}
