import type { ExamResultView, ExamTaskResult } from '../exam-ports.js';
import { type Line, padStartText, type Span, spread, textWidth, widestOf } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import type { ExamState } from '../store/exam-state.js';
import type { StyleName } from '../theme.js';
import { say, saySpans } from '../words/words.js';
import { hostText } from './lab-header.js';
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
  const over = result?.ending === 'time' && columns >= COLUMNS_WITH_BAR;
  const time = { spent: clockText(seconds), limit: clockText(view.minutes * 60) };
  return spread(
    [
      { text: ` ${view.title}`, style: 'heading' },
      { text: ` · ${say('lab.seed', { seed: view.seed })}`, style: 'dim' },
      ...(view.real ? [{ text: ` · ${hostText(view.real.cluster)}`, style: 'dim' } as const] : []),
    ],
    [{ text: `${over ? say('exam-result.time-over', time) : say('time.of', time)} ` }],
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
    host: columns < COLUMNS_WITH_HOST || exam.view.real ? 0 : widestOf(result.tasks.map(({ host }) => host)),
    points: columns < COLUMNS_WITH_POINTS ? 0 : widestOf(result.tasks.map(pointsText)),
    earned: widestOf(result.tasks.map(earnedText)),
    time: widestOf(result.tasks.map(timeText)),
  };
  const tasks = result.tasks.map((task, index) => taskLine(task, exam, index === exam.cursor, widths));
  return { lines: [...above, ...tasks], chosen: above.length + exam.cursor };
}

/** What a task gave of its weight, one digit behind the point at most. */
function earnedText({ weight, points, total }: ExamTaskResult): string {
  const earned = (weight * points) / Math.max(1, total);
  return say('exam-result.earned', { earned: Math.round(earned * 10) / 10, weight });
}

function scoreLines({ view, result }: ExamState, columns: number): Line[] {
  const percent = result?.percent ?? 0;
  const head: Span = result?.passed
    ? { text: `✓ ${say('exam-result.passed', { percent })}`, style: 'passed' }
    : { text: `✗ ${say('exam-result.not-passed', { percent })}`, style: 'failed' };
  const score = saySpans('exam-result.score', undefined, { score: head, percent: view.passPercent });
  return wrapLine([{ text: ' ' }, ...score], columns, 3);
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
  const notAsked = say('exam-result.not-asked');
  const count = percent === undefined ? notAsked : say('number.percent', { number: percent });
  const width = Math.max(9, textWidth(notAsked));
  return spread(
    [{ text: '   ' }, { text: name }],
    [
      { text: `${say('number.percent', { number: weight })}   `, style: 'dim' },
      ...bar,
      { text: `${padStartText(count, width)} ` },
    ],
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
      { text: widths.points === 0 ? '' : `${padStartText(pointsText(task), widths.points)}  ` },
      { text: `${padStartText(earnedText(task), widths.earned)}  ` },
      {
        text: `${padStartText(timeText(task), widths.time)} `,
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
  return graded ? `${points}/${total}` : say('exam-task.not-opened');
}

function timeText({ graded, seconds, view }: ExamTaskResult): string {
  return graded ? say('time.of', { spent: clockText(seconds), limit: clockText(view.minutes * 60) }) : '–';
}

function redoneText({ redone }: ExamState, number: number): string {
  const again = redone[number];
  return again ? ` · ${say('exam-result.again', { points: `${again.points}/${again.total}` })}` : '';
}
