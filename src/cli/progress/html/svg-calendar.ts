import { dayOf, dayText, mondayOf, monthAndDate } from '../../../labs/progress/calendar.js';
import type { History } from '../../../labs/progress/history.js';
import type { PracticeDay } from '../../../labs/progress/practice-days.js';
import { monthText } from '../../../ui/charts/date-text.js';
import { LEVELS, levelOf } from '../../../ui/charts/week-calendar.js';
import { spanText } from '../../../ui/screens/progress-words.js';
import { counted } from '../../../ui/screens/words.js';
import { type Html, html } from './html.js';

const CELL = 15;
const LEFT = 34;
const TOP = 18;
const WEEK = 7;
const WEEKDAYS = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun'] as const;
/** Sides of the squares: the more was done the larger, so that no colour is needed. */
const SIDES = [5, 7, 9, 12] as const;

/** So many weeks up to now: a column for each, a square for each day practised. */
export function calendarSvg({ days, now }: History, weeks: number, name: string): Html {
  const today = dayOf(now);
  const first = mondayOf(today) - (weeks - 1) * WEEK;
  const byDay = new Map(days.map((day) => [day.day, day]));
  const mondays = Array.from({ length: weeks }, (_, week) => first + week * WEEK);
  const width = LEFT + weeks * CELL;
  const height = TOP + WEEK * CELL;
  return html`<svg class="${name}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Days practised">
${mondays.map((monday, week) => monthLabel(monday, week, width))}
${WEEKDAYS.map((day, row) => html`<text class="axis" x="0" y="${TOP + row * CELL + 11}">${day}</text>`)}
${mondays.map((monday, week) => html`${WEEKDAYS.map((_, row) => square(monday + row, week, row, byDay.get(monday + row), today))}`)}
</svg>`;
}

/** What the squares mean, from nothing to most. */
export function calendarLegend(): Html {
  const says = ['below 15 min', 'below 45', 'below 90', 'more'];
  const entry = (level: number | undefined, text: string): Html =>
    html`<span class="key"><svg class="sample" viewBox="0 0 ${CELL} ${CELL}" aria-hidden="true">${shape(0, 0, level)}</svg>${text}</span>`;
  return html`<p class="legend">${entry(undefined, 'nothing')} ${LEVELS.map((_, level) => html`${entry(level, says[level] ?? '')} `)}</p>`;
}

function monthLabel(monday: number, week: number, width: number): Html {
  const { month, date } = monthAndDate(monday + WEEK - 1);
  const x = LEFT + week * CELL;
  return date <= WEEK && x + 24 <= width ? html`<text class="axis" x="${x}" y="11">${monthText(month)}</text>` : html``;
}

function square(day: number, week: number, row: number, done: PracticeDay | undefined, today: number): Html {
  if (day > today) return html``;
  const drawn = shape(LEFT + week * CELL, TOP + row * CELL, levelOf(done));
  return done ? html`<g>${drawn}<title>${titleOf(done)}</title></g>` : drawn;
}

function titleOf({ day, attempts, exams, lessons, cards, seconds }: PracticeDay): string {
  const kinds: [number, string][] = [
    [exams, 'exam'],
    [lessons, 'lesson'],
    [cards, 'card'],
  ];
  const others = kinds.flatMap(([count, noun]) => (count > 0 ? [`, ${counted(count, noun)}`] : []));
  return `${dayText(day)}: ${counted(attempts, 'attempt')}${others.join('')}, ${spanText(seconds)}`;
}

/** A square in the middle of its cell; a dot where nothing was done. */
function shape(x: number, y: number, level: number | undefined): Html {
  const middle = CELL / 2;
  const side = level === undefined ? undefined : SIDES[level];
  if (side === undefined || level === undefined)
    return html`<circle class="none" cx="${x + middle}" cy="${y + middle}" r="1.2"/>`;
  return html`<rect class="level${level}" x="${x + middle - side / 2}" y="${y + middle - side / 2}" width="${side}" height="${side}" rx="2"/>`;
}
