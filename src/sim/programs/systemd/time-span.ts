import type { Micros } from '../../kernel/time.js';
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND } from '../../kernel/time.js';

const WEEK = 7 * DAY;
const MONTH = 2_629_800 * SECOND;
const YEAR = 31_557_600 * SECOND;

const UNITS: readonly (readonly [RegExp, Micros])[] = [
  [/^(?:seconds?|sec|s|)$/, SECOND],
  [/^(?:minutes?|min|m)$/, MINUTE],
  [/^(?:months?|M)$/, MONTH],
  [/^(?:msec|ms)$/, MILLISECOND],
  [/^(?:usec|us|µs)$/, 1],
  [/^(?:hours?|hr|h)$/, HOUR],
  [/^(?:days?|d)$/, DAY],
  [/^(?:weeks?|w)$/, WEEK],
  [/^(?:years?|y)$/, YEAR],
];

/** Reads a span as systemd.time(7) writes it (`90`, `1min 30s`, `infinity`); undefined when it is none. */
export function parseSpan(text: string): Micros | undefined {
  const trimmed = text.trim();
  if (trimmed === 'infinity') return Number.POSITIVE_INFINITY;
  if (!/^(?:\d+(?:\.\d+)?\s*[A-Za-zµ]*\s*)+$/.test(trimmed)) return undefined;
  let total = 0;
  for (const [, number = '', unit = ''] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*([A-Za-zµ]*)/g)) {
    const micros = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
    if (micros === undefined) return undefined;
    total += Number(number) * micros;
  }
  return Math.round(total);
}

const SPAN_UNITS: readonly (readonly [string, Micros])[] = [
  ['y', YEAR],
  ['month', MONTH],
  ['w', WEEK],
  ['d', DAY],
  ['h', HOUR],
  ['min', MINUTE],
];

/** A span as systemctl shows it: `1h 5min 2.345s`, `50ms`. Down to milliseconds. */
export function formatSpan(span: Micros): string {
  const parts: string[] = [];
  let left = span;
  for (const [suffix, micros] of SPAN_UNITS) {
    const count = Math.floor(left / micros);
    if (count > 0) parts.push(suffix === 'month' && count > 1 ? `${count} months` : `${count}${suffix}`);
    left -= count * micros;
  }
  const millis = Math.floor(left / MILLISECOND);
  if (millis >= 1000) parts.push(millis % 1000 === 0 ? `${millis / 1000}s` : `${(millis / 1000).toFixed(3)}s`);
  else if (millis > 0) parts.push(`${millis}ms`);
  else if (parts.length === 0) parts.push(left > 0 ? `${left}us` : '0');
  return parts.join(' ');
}

/** How long ago an instant was, in the steps systemctl takes. */
export function formatAgo(instant: Micros, now: Micros): string {
  const span = now - instant;
  const count = (unit: Micros, from = span) => Math.floor(from / unit);
  const plural = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  if (span >= YEAR) return `${plural(count(YEAR), 'year')} ${plural(count(MONTH, span % YEAR), 'month')} ago`;
  if (span >= MONTH) return `${plural(count(MONTH), 'month')} ${plural(count(DAY, span % MONTH), 'day')} ago`;
  if (span >= WEEK) return `${plural(count(WEEK), 'week')} ${plural(count(DAY, span % WEEK), 'day')} ago`;
  if (span >= 2 * DAY) return `${count(DAY)} days ago`;
  if (span >= 25 * HOUR) return `1 day ${count(HOUR, span - DAY)}h ago`;
  if (span >= 6 * HOUR) return `${count(HOUR)}h ago`;
  if (span >= HOUR) return `${count(HOUR)}h ${count(MINUTE, span % HOUR)}min ago`;
  if (span >= 5 * MINUTE) return `${count(MINUTE)}min ago`;
  if (span >= MINUTE) return `${count(MINUTE)}min ${count(SECOND, span % MINUTE)}s ago`;
  if (span >= SECOND) return `${count(SECOND)}s ago`;
  if (span >= MILLISECOND) return `${count(MILLISECOND)}ms ago`;
  return span > 0 ? `${span}us ago` : 'now';
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** An instant as systemctl shows it: `Mon 2026-03-02 10:00:00 UTC`. */
export function formatInstant(instant: Micros): string {
  const date = new Date(instant / MILLISECOND);
  return `${DAYS[date.getUTCDay()]} ${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
