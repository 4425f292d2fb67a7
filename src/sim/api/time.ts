/** Instants as the API writes them: RFC 3339 in UTC, with seconds (Time) or microseconds (MicroTime). */
import { type Micros, SECOND } from '../kernel/time.js';
import { dateOf, daysOf } from './calendar.js';

/** From the weekday of 1970-01-01 on. */
const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** meta/v1 Time: `2026-01-02T03:04:05Z`; what is below a second is dropped. */
export function formatTime(at: Micros): string {
  const { date, hour, minute, second } = splitInstant(at);
  return `${date}T${hour}:${minute}:${second}Z`;
}

/** meta/v1 MicroTime: `2026-01-02T03:04:05.000006Z`. */
export function formatMicroTime(at: Micros): string {
  const { date, hour, minute, second } = splitInstant(at);
  const micros = at - Math.floor(at / SECOND) * SECOND;
  return `${date}T${hour}:${minute}:${second}.${String(micros).padStart(6, '0')}Z`;
}

/** RFC1123Z: `Thu, 01 Jan 2026 00:00:05 +0000`. */
export function formatLongTime(at: Micros): string {
  const { date, hour, minute, second } = splitInstant(at);
  const [year, month, day] = date.split('-');
  const days = Math.floor(at / SECOND / 86_400);
  const weekday = WEEKDAYS[((days % 7) + 7) % 7];
  return `${weekday}, ${day} ${MONTHS[Number(month) - 1]} ${year} ${hour}:${minute}:${second} +0000`;
}

/** The instant of an RFC 3339 text with any fraction and offset; undefined when it is none. */
export function parseTime(text: string): Micros | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const hour = Number(match[4]);
  const minute = Number(match[5]);
  const second = Number(match[6]);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = offsetMinutes(match[8] ?? 'Z');
  if (offset === undefined) return undefined;
  const seconds = daysOf({ year, month, day }) * 86_400 + hour * 3_600 + (minute - offset) * 60 + second;
  const micros = Number((match[7] ?? '').slice(0, 6).padEnd(6, '0'));
  return seconds * SECOND + micros;
}

/** The instant of a field that may be absent or null. */
export function parseOptionalTime(text: string | null | undefined): Micros | undefined {
  return text === null || text === undefined ? undefined : parseTime(text);
}

function offsetMinutes(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function splitInstant(at: Micros): { date: string; hour: string; minute: string; second: string } {
  const seconds = Math.floor(at / SECOND);
  const days = Math.floor(seconds / 86_400);
  const ofDay = seconds - days * 86_400;
  const { year, month, day } = dateOf(days);
  return {
    date: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`,
    hour: two(Math.floor(ofDay / 3_600)),
    minute: two(Math.floor(ofDay / 60) % 60),
    second: two(ofDay % 60),
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
