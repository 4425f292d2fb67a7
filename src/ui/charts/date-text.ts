import { type Day, monthAndDate } from '../../labs/progress/calendar.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** A month's short name; 0 is January. */
export function monthText(month: number): string {
  return MONTHS[month] ?? '';
}

/** `22 Nov` */
export function dateText(day: Day): string {
  const { month, date } = monthAndDate(day);
  return `${date} ${monthText(month)}`;
}
