import type { ExamResultView, ExamTaskResult } from '../exam-ports.js';
import { type Line, type Span, spread } from '../line/line.js';
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
  const widths: ResultWidths = {
    columns,
    host: columns < COLUMNS_WITH_HOST ? 0 : widest(result.tasks.map(({ host }) => host)),
    points: columns < COLUMNS_WITH_POINTS ? 0 : widest(result.tasks.map(pointsText)),
    earned: widest(result.tasks.map(earnedText)),
    time: widest(result.tasks.map(timeText)),
  };
  const tasks = result.tasks.map((task, index) => taskLine(task, exam, index === exam.cursor, widths));
  return { lines: [...above, ...tasks], chosen: above.length + exam.cursor };
}

/** What a task gave of its weight, one digit behind the point at most. */
function earnedText({ weight, points, total }: ExamTaskResult): string {
  const earned = (weight * points) / Math.max(1, total);
  return `${Math.round(earned * 10) / 10} of ${weight} %`;
}

function scoreLines({ view, result }: ExamState, columns: number): Line[] {
  const percent = result?.percent ?? 0;
  const head: Span = result?.passed
    ? { text: `✓ Passed with ${percent} %`, style: 'passed' }
    : { text: `✗ Not passed: ${percent} %`, style: 'failed' };
  return wrapLine([{ text: ' ' }, head, { text: `; ${view.passPercent} % passes.` }], columns, 3);
}

function domainLine({ name, weight, percent }: ExamResultView['domains'][number], columns: number): Line {
  const filled = Math.round((BAR * (percent ?? 0)) / 100);
  const bar: Span[] =
    columns >= COLUMNS_WITH_BAR
      ? [
          { text: '█'.repeat(filled), style: 'passed' },
          { text: (percent === undefined ? ' ' : '░').repeat(BAR - filled), style: 'dim' },
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

/** How wide the columns of the tasks are: as the widest text in them; 0 for those without room. */
interface ResultWidths {
  readonly columns: number;
  readonly host: number;
  readonly points: number;
  readonly earned: number;
  readonly time: number;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

function taskLine(task: ExamTaskResult, exam: ExamState, chosen: boolean, widths: ResultWidths): Line {
  const { number, view, host, graded, seconds } = task;
  const over = seconds > view.minutes * 60;
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
      { text: widths.host === 0 ? '' : `${host.padEnd(widths.host)}  `, style: 'dim' },
      { text: widths.points === 0 ? '' : `${pointsText(task).padStart(widths.points)}  ` },
      { text: `${earnedText(task).padStart(widths.earned)}  ` },
      {
        text: `${timeText(task).padStart(widths.time)} `,
        style: graded === undefined ? 'dim' : over ? 'attention' : 'plain',
      },
    ],
    widths.columns,
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

function timeText({ graded, seconds, view }: ExamTaskResult): string {
  return graded ? `${clockText(seconds)} of ${clockText(view.minutes * 60)}` : '–';
}

function redoneText({ redone }: ExamState, number: number): string {
  const again = redone[number];
  return again ? ` · again ${again.points}/${again.total}` : '';
}
