import chalk from 'chalk';
import { type Line, paintLine } from '../ui/line/line.js';
import { inline, markdownLines } from '../ui/markdown/markdown.js';
import { makeTheme, type Theme } from '../ui/theme.js';
import type { CommandIo } from './io.js';

/** Where there is no terminal, or none with colours, words stand for themselves. */
const UNPAINTED: Theme = { colours: false, links: false, paint: (_, text) => text };
const PLAIN_COLUMNS = 80;
const COLUMNS_MAX = 100;

/** Markdown of a lab as rows for the standard output: wrapped, and painted where chalk paints too. */
export function markdownText(source: string, { stdout }: Pick<CommandIo, 'stdout'>): string {
  const columns = Math.min(COLUMNS_MAX, stdout.columns || PLAIN_COLUMNS);
  return markdownLines(source, columns).map(paint).join('\n');
}

/** One line of Markdown, not wrapped. */
export function markdownLine(source: string): string {
  return paint(inline(source));
}

function paint(line: Line): string {
  return paintLine(line, chalk.level > 0 ? makeTheme('dark') : UNPAINTED).trimEnd();
}
