import { formatTime } from '../../api/time.js';
import { DAY } from '../../kernel/time.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** The first of January 1970 was a Thursday. */
const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];

/** Year, month's name, day and time of an instant. */
export function splitTime(at: number): [year: string, month: string, day: string, time: string] {
  const text = formatTime(at);
  return [text.slice(0, 4), MONTHS[Number(text.slice(5, 7)) - 1] ?? '', text.slice(8, 10), text.slice(11, 19)];
}

/** The English name of an instant's day, short. */
export function weekdayOf(at: number): string {
  return WEEKDAYS[Math.floor(at / DAY) % 7] ?? '';
}

/** RFC 1123, as HTTP writes instants. */
export function httpDate(at: number): string {
  const [year, month, day, time] = splitTime(at);
  return `${weekdayOf(at)}, ${day} ${month} ${year} ${time} GMT`;
}

/** `21/Nov/2026:01:02:03 +0000`, as access logs write instants. */
export function logDate(at: number): string {
  const [year, month, day, time] = splitTime(at);
  return `${day}/${month}/${year}:${time} +0000`;
}
