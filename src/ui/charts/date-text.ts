import { type Day, monthAndDate } from '../../labs/progress/calendar.js';
import { type PlainKey, say } from '../words/words.js';

const MONTHS: readonly PlainKey[] = [
  'month.1',
  'month.2',
  'month.3',
  'month.4',
  'month.5',
  'month.6',
  'month.7',
  'month.8',
  'month.9',
  'month.10',
  'month.11',
  'month.12',
];

/** A month's short name; 0 is January. */
export function monthText(month: number): string {
  const key = MONTHS[month];
  return key === undefined ? '' : say(key);
}

/** `22 Nov` */
export function dateText(day: Day): string {
  const { month, date } = monthAndDate(day);
  return say('month.date', { date, month: monthText(month) });
}
