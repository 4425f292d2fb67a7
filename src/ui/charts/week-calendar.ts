import { type Day, mondayOf, monthAndDate } from '../../labs/progress/calendar.js';
import type { PracticeDay } from '../../labs/progress/practice-days.js';
import { type Line, padText, textWidth } from '../line/line.js';
import { type PlainKey, say } from '../words/words.js';
import { monthText } from './date-text.js';

const WEEK = 7;
const WEEKS_MAX = 53;
/** So many are shown though nothing was done in the first of them. */
const WEEKS_MIN = 12;
const LABEL = 6;
const CELL = 2;
const WEEKDAYS: readonly (PlainKey | undefined)[] = [
  'weekday.1',
  undefined,
  'weekday.3',
  undefined,
  'weekday.5',
  undefined,
  'weekday.7',
];

/** How much was done on a day, by a sign: more of the cell is filled the more it was. */
export const LEVELS = [
  { sign: '░', belowMinutes: 15 },
  { sign: '▒', belowMinutes: 45 },
  { sign: '▓', belowMinutes: 90 },
  { sign: '█', belowMinutes: Number.POSITIVE_INFINITY },
] as const;
const NONE = '·';

/** Which level a day has, from 0; undefined for one on which nothing was done. */
export function levelOf(day: Pick<PracticeDay, 'seconds'> | undefined): number | undefined {
  return day && LEVELS.findIndex(({ belowMinutes }) => day.seconds < belowMinutes * 60);
}

/**
 * The days practised as a calendar: a column for each week, the present one last, and a row for each day of the week. It
 * begins with the first week in which something was done, where that leaves some.
 */
export function weekCalendar(days: readonly PracticeDay[], today: Day, columns: number): Line[] {
  const fits = Math.max(1, Math.min(WEEKS_MAX, Math.floor((columns - LABEL - 1) / CELL)));
  const since = (mondayOf(today) - mondayOf(days[0]?.day ?? today)) / WEEK + 1;
  const count = Math.min(fits, Math.max(WEEKS_MIN, since));
  const first = mondayOf(today) - (count - 1) * WEEK;
  const weeks = Array.from({ length: count }, (_, index) => first + index * WEEK);
  const byDay = new Map(days.map((day) => [day.day, day]));
  const rows = WEEKDAYS.map((name, weekday): Line => {
    const cells = weeks.map((monday) => (monday + weekday > today ? ' ' : signOf(byDay.get(monday + weekday))));
    return [
      { text: padText(` ${name === undefined ? '' : say(name)}`, LABEL), style: 'dim' },
      { text: cells.join(' ').trimEnd() },
    ];
  });
  return [[{ text: months(weeks), style: 'dim' }], ...rows, legend(columns)];
}

function signOf(day: PracticeDay | undefined): string {
  const level = levelOf(day);
  return level === undefined ? NONE : (LEVELS[level]?.sign ?? NONE);
}

/** Each month's name above the week in which it begins, where it does not touch the one before. */
function months(weeks: readonly Day[]): string {
  let text = ' '.repeat(LABEL);
  weeks.forEach((monday, index) => {
    const sunday = monthAndDate(monday + WEEK - 1);
    const at = LABEL + index * CELL;
    const name = monthText(sunday.month);
    const fits = at + textWidth(name) <= LABEL + weeks.length * CELL;
    if (sunday.date <= WEEK && fits && (textWidth(text) < at || index === 0))
      text += ' '.repeat(Math.max(0, at - textWidth(text))) + name;
  });
  return text.trimEnd();
}

function legend(columns: number): Line {
  const [{ sign: a }, { sign: b }, { sign: c }, { sign: d }] = LEVELS;
  const signs = { none: NONE, a, b, c, d };
  const long = say('calendar.legend', signs);
  const text = textWidth(long) + LABEL < columns ? long : say('calendar.legend-short', signs);
  return [{ text: ' '.repeat(LABEL) }, { text, style: 'dim' }];
}
