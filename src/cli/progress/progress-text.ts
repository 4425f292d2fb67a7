import { isOpen } from '../../labs/progress/model.js';
import { type Line, paintLine } from '../../ui/line/line.js';
import { historyLines, nothingDone } from '../../ui/screens/progress-lines.js';
import { counted } from '../../ui/screens/words.js';
import { type Theme, themeFor } from '../../ui/theme.js';
import type { CommandIo } from '../io.js';
import type { ReadProgress } from './read-progress.js';

/** Where there is no window to fit into. */
const COLUMNS = 100;
const COLUMNS_MIN = 20;
const ROWS = 30;
const UNPAINTED: Theme = { colours: false, links: false, paint: (_, text) => text };

/** The progress in words and charts, a line each; painted where it goes to a terminal. */
export function progressText(
  { store, history }: Pick<ReadProgress, 'store' | 'history'>,
  { stdout, environment }: Pick<CommandIo, 'stdout' | 'environment'>,
): string[] {
  const unfinished = store.progress.attempts.filter(isOpen).length;
  const nothing = nothingDone(history);
  const size = { columns: Math.max(COLUMNS_MIN, stdout.columns ?? COLUMNS), rows: stdout.rows ?? ROWS };
  const theme = stdout.isTTY ? themeFor(environment) : UNPAINTED;
  const painted = (lines: readonly Line[]): string[] => lines.map((line) => paintLine(line, theme).trimEnd());
  return [
    ...(nothing ? [] : painted(historyLines(history, size))),
    ...(nothing && unfinished === 0 ? ['Nothing yet. `kubedrill` opens the catalogue.'] : []),
    ...(!nothing && unfinished > 0 ? [''] : []),
    ...(unfinished > 0 ? [unfinishedText(unfinished)] : []),
  ];
}

function unfinishedText(count: number): string {
  const [are, them] = count === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${counted(count, 'attempt')} ${are} unfinished; \`kubedrill\`, then r, goes on with ${them}.`;
}
