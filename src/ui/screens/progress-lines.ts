import type { CertificationHistory, History } from '../../labs/progress/history.js';
import { type Line, lineWidth, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import type { Size, State } from '../store/state.js';
import { say } from '../words/words.js';
import {
  dayLines,
  domainLines,
  examLines,
  lessonLines,
  nextLines,
  scoreLines,
  sectionTitle,
  triedLines,
  typeLines,
} from './progress-sections.js';
import { percentText } from './progress-words.js';

/** From this width on the charts of scores and of days stand side by side. */
const COLUMNS_FOR_TWO = 120;
const GAP = 4;
/** In a wider window what belongs together would stand too far apart. */
const COLUMNS_MAX = 160;

/** The progress screen's header. */
export function progressHeader({ catalogue: { view, certification } }: State, columns: number): Line {
  const shown = shownCertifications(view.history, certification);
  const mastery = shown.map((one) => `${one.certification.toUpperCase()} ${percentText(one.mastery)}`).join(' · ');
  return spread(
    [{ text: ` ${say('progress.title')}`, style: 'heading' }],
    [{ text: `${say('progress.mastered-of', { certifications: mastery })} ` }],
    columns,
  );
}

/** What was reached, and what to do next. */
export function progressLines({ catalogue: { view, certification }, size }: State, columns: number): Line[] {
  const { history, unfinished } = view;
  if (nothingDone(history)) {
    const nothing = wrapLine([{ text: ' ' }, { text: nothingGraded(unfinished.length) }], columns - 1, 1);
    return [...nothing, [], ...titled(say('progress.next'), nextLines(history.next, columns))];
  }
  return historyLines(history, { columns, rows: size.rows }, certification);
}

/** Nothing was graded, and no lesson begun. */
export function nothingDone({ graded, exams, lessons }: History): boolean {
  return graded.length === 0 && exams.length === 0 && lessons.every(({ begun }) => begun.length === 0);
}

/** A history as lines, for screens and for whoever has none: the same parts in the same order. */
export function historyLines(history: History, { columns: all, rows }: Size, certification?: string): Line[] {
  const columns = Math.min(all, COLUMNS_MAX);
  const { now, next } = history;
  const mine = (name: string | undefined): boolean => certification === undefined || name === certification;
  const exams = history.exams.filter((exam) => mine(exam.certification));
  const shown = shownCertifications(history, certification);
  const lessons = history.lessons.filter((one) => mine(one.certification) && one.begun.length > 0);
  const labs = history.labs.filter(({ facts }) => mine(facts?.certification));
  const parts = [
    titled(say('progress.next'), nextLines(next, columns)),
    domainLines(shown, columns),
    ...charts(history, columns, chartRows(rows)),
    titled(say('progress.exams'), examLines(exams, now, columns)),
    titled(say('progress.lessons'), lessonLines(lessons, now, columns)),
    titled(say('progress.labs'), triedLines(labs, now, columns)),
    titled(say('progress.types'), typeLines(shown, columns)),
  ];
  return parts.filter((lines) => lines.length > 0).flatMap((lines, index) => (index > 0 ? [[], ...lines] : lines));
}

/** The certification chosen, or those of which something was tried, or all. */
function shownCertifications({ certifications }: History, chosen: string | undefined): readonly CertificationHistory[] {
  const tried = certifications.filter((one) => one.tried);
  const some = certifications.filter(({ certification }) => certification === chosen);
  if (some.length > 0) return some;
  return tried.length > 0 ? tried : certifications;
}

function charts(history: History, columns: number, rows: number): Line[][] {
  if (columns < COLUMNS_FOR_TWO)
    return [
      titled(say('progress.scores'), scoreLines(history, columns, rows)),
      titled(say('progress.days'), dayLines(history, columns)),
    ];
  const half = Math.floor((columns - GAP) / 2);
  const left = titled(say('progress.scores'), scoreLines(history, half, rows));
  const right = titled(say('progress.days'), dayLines(history, columns - GAP - half));
  return [left.length === 0 || right.length === 0 ? [...left, ...right] : beside(left, right, half + GAP)];
}

function beside(left: readonly Line[], right: readonly Line[], column: number): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row): Line => {
    const [one = [], other = []] = [left[row], right[row]];
    return other.length === 0 ? one : [...one, { text: ' '.repeat(Math.max(0, column - lineWidth(one))) }, ...other];
  });
}

function titled(title: string, lines: readonly Line[]): Line[] {
  return lines.length === 0 ? [] : [sectionTitle(title), ...lines];
}

/** Rows of the chart of scores, in a window of so many rows. */
function chartRows(rows: number): number {
  if (rows < 30) return 5;
  return rows < 45 ? 7 : 9;
}

function nothingGraded(unfinished: number): string {
  return unfinished === 0 ? say('progress.nothing') : say('progress.nothing-graded', { attempts: unfinished });
}
