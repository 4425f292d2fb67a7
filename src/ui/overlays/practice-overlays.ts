import { type Line, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { checkLines } from '../screens/report-lines.js';
import { windowAround } from '../screens/window.js';
import { clockText } from '../screens/words.js';
import type { MomentsOverlay, PracticeState } from '../store/practice-state.js';
import { say } from '../words/words.js';

/** The checks as they were looked at: what they expect would often be the answer, and stands in the report. */
export function checksLines({ report, looking, failure }: PracticeState, columns: number): Line[] {
  if (looking) return [...title(say('checks.looking')), ...paragraph(say('checks.waits'), columns)];
  if (failure !== undefined)
    return wrapLine([{ text: ' ' }, { text: say('look.failed', { reason: failure }), style: 'failed' }], columns, 1);
  if (!report) return [];
  return [
    ...title(say('checks.title', { points: report.points, total: report.total })),
    ...checkLines(report.checks, columns, 'found'),
    [],
    ...paragraph(say('checks.how'), columns),
  ];
}

/** Rows of the window that are not the list's: the title, what is said below it, and the edges. */
const ROWS_BESIDE = 6;

/** Moments to go back to; the chosen one is always seen. */
export function momentsLines({ moments, cursor, asks }: MomentsOverlay, rows: number, columns: number): Line[] {
  const chosen = moments[cursor];
  const heading =
    asks && chosen
      ? chosen.line === undefined
        ? say('moments.ask-start')
        : say('moments.ask', { time: clockText(chosen.seconds) })
      : say('moments.title');
  const help = paragraph(asks ? say('moments.asks') : say('moments.how'), columns);
  const shown = asks && chosen ? [chosen] : moments;
  const lines = shown.map(({ seconds, line }, index): Line => {
    const here = asks || index === cursor;
    // A pasted command has several rows; its first one tells which it is.
    const [text = ''] = line === undefined ? [say('moments.start')] : line.split('\n');
    return spread(
      [
        { text: here ? ' ▸ ' : '   ', style: here ? 'selected' : 'plain' },
        { text, style: line === undefined ? (here ? 'bold' : 'plain') : 'code' },
      ],
      [{ text: `${clockText(seconds)} `, style: 'dim' }],
      columns,
    );
  });
  const room = Math.max(1, rows - ROWS_BESIDE - help.length);
  return [...title(heading), ...windowAround(lines, asks ? 0 : cursor, room).lines, [], ...help];
}

function title(text: string): Line[] {
  return [[{ text: ` ${text}`, style: 'heading' }], []];
}

function paragraph(text: string, columns: number): Line[] {
  return wrapLine([{ text: ' ' }, { text }], columns, 1);
}
