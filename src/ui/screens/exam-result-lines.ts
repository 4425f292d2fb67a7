import type { ExamResultView, ExamTaskResult } from '../exam-ports.js';
import { type Line, padText, type Span, spread, textWidth } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import type { ExamState } from '../store/exam-state.js';
import type { StyleName } from '../theme.js';
import { clockText } from './words.js';

const BAR = 15;
/** From this width on domains have bars. */
const COLUMNS_WITH_BAR = 90;
/** From this one on it is said what a task's checks gave. */
const COLUMNS_WITH_POINTS = 76;
/** From this one on where it was done. */
const COLUMNS_WITH_HOST = 110;

/** The header of a graded exam. */
export function examResultHeader({ view, result }: ExamState, columns: number): Line {
  const seconds = result?.seconds ?? 0;
  const ending = result?.ending === 'time' ? ', the time was over' : '';
  return spread(
    [
      { text: ` ${view.title}`, style: 'heading' },
      { text: ` · seed ${view.seed}`, style: 'dim' },
    ],
    [{ text: `${clockText(seconds)} of ${clockText(view.minutes * 60)}${columns >= COLUMNS_WITH_BAR ? ending : ''} ` }],
    columns,
  );
}

/** A graded exam: the score, by domain and by task; and the row that is chosen. */
export function examResultLines(exam: ExamState, columns: number): { lines: Line[]; chosen: number } {
  const { result } = exam;
  if (!result) return { lines: [], chosen: 0 };
  const above = [...scoreLines(exam, columns), [], ...result.domains.map((domain) => domainLine(domain, columns)), []];
  const tasks = result.tasks.map((task, index) => taskLine(task, exam, index === exam.cursor, columns));
  return { lines: [...above, ...tasks], chosen: above.length + exam.cursor };
}

/** What a task gave, in per cent of the exam. */
function earnedOf({ weight, points, total }: ExamTaskResult): number {
  return (weight * points) / Math.max(1, total);
}

/** A share of a hundred as people read it: one digit more at most. */
function percentText(percent: number): string {
  return String(Math.round(percent * 10) / 10);
}

function scoreLines({ view, result }: ExamState, columns: number): Line[] {
  const percent = percentText(result?.percent ?? 0);
  const head: Span = result?.passed
    ? { text: `✓ Passed with ${percent} %`, style: 'passed' }
    : { text: `✗ Not passed: ${percent} %`, style: 'failed' };
  return wrapLine([{ text: ' ' }, head, { text: `; ${view.passPercent} % passes.` }], columns, 3);
}

function domainLine({ name, weight, percent }: ExamResultView['domains'][number], columns: number): Line {
  const filled = Math.round((BAR * (percent ?? 0)) / 100);
  const bar: Span[] =
    columns >= COLUMNS_WITH_BAR && percent !== undefined
      ? [
          { text: '█'.repeat(filled), style: 'passed' },
          { text: '░'.repeat(BAR - filled), style: 'dim' },
          { text: '  ' },
        ]
      : [];
  const count = (percent === undefined ? 'not asked ' : `${percent} % `).padStart(10);
  return spread(
    [{ text: '   ' }, { text: name }],
    [{ text: `${weight} %   `, style: 'dim' }, ...bar, { text: count }],
    columns,
  );
}

function taskLine(task: ExamTaskResult, exam: ExamState, chosen: boolean, columns: number): Line {
  const { number, view, host, weight } = task;
  const style: StyleName = chosen ? 'selected' : 'plain';
  return spread(
    [
      { text: chosen ? ' ▸ ' : '   ', style },
      signOf(task),
      { text: ` ${String(number).padStart(2)}  `, style },
      { text: view.title, style: chosen ? 'bold' : 'plain' },
      { text: redoneText(exam, number), style: 'passed' },
    ],
    [
      { text: columns >= COLUMNS_WITH_HOST ? `${padText(host, Math.max(8, textWidth(host)))}  ` : '', style: 'dim' },
      { text: columns >= COLUMNS_WITH_POINTS ? `${pointsText(task)}  `.padStart(12) : '' },
      { text: `${percentText(earnedOf(task))} of ${weight} %`.padStart(12) },
      timeSpan(task),
    ],
    columns,
  );
}

function signOf({ points, total, graded }: ExamTaskResult): Span {
  if (!graded) return { text: '·', style: 'dim' };
  if (points >= total) return { text: '✓', style: 'passed' };
  return points > 0 ? { text: '–', style: 'attention' } : { text: '✗', style: 'failed' };
}

function pointsText({ graded, points, total }: ExamTaskResult): string {
  return graded ? `${points}/${total}` : 'not opened';
}

function timeSpan({ graded, seconds, view }: ExamTaskResult): Span {
  if (!graded) return { text: '–'.padStart(16).padEnd(17), style: 'dim' };
  const over = seconds > view.minutes * 60;
  const text = `${clockText(seconds)} of ${clockText(view.minutes * 60)}`.padStart(16);
  return { text: `${text} `, style: over ? 'attention' : 'plain' };
}

function redoneText({ redone }: ExamState, number: number): string {
  const again = redone[number];
  return again ? ` · again ${again.points}/${again.total}` : '';
}
