/** Durations as Go writes and reads them, and as kubectl shows ages. */
import { HOUR, MILLISECOND, MINUTE, type Micros, SECOND } from '../kernel/time.js';
import { goQuote } from './go-text.js';
import { parseOptionalTime } from './time.js';

const UNITS: Record<string, number> = {
  ns: 0.001,
  us: 1,
  µs: 1,
  μs: 1,
  ms: MILLISECOND,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
};

/** Error of a text that is no duration, in the words of time.ParseDuration. */
export class DurationError extends Error {}

/**
 * Read a Go duration such as `1h30m` or `-1.5s`; below a microsecond is cut.
 * @throws DurationError as `time: invalid duration "x"`.
 */
export function parseDuration(text: string): Micros {
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0;
  if (rest === '') throw new DurationError(`time: invalid duration ${goQuote(text)}`);
  let total = 0;
  while (rest !== '') {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest);
    if (!number) throw new DurationError(`time: invalid duration ${goQuote(text)}`);
    rest = rest.slice(number[0].length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? '';
    if (unit === '') throw new DurationError(`time: missing unit in duration ${goQuote(text)}`);
    const size = UNITS[unit];
    if (size === undefined) {
      throw new DurationError(`time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`);
    }
    rest = rest.slice(unit.length);
    total += Number(number[0]) * size;
  }
  if (total > 9_223_372_036_854_000) throw new DurationError(`time: invalid duration ${goQuote(text)}`);
  return sign * Math.trunc(total) + 0;
}

/** Write a duration as Go's Duration.String: `1h0m5s`, `1.5s`, `250ms`, `0s`. */
export function formatDuration(span: Micros): string {
  if (span === 0) return '0s';
  const sign = span < 0 ? '-' : '';
  const micros = Math.abs(span);
  if (micros < MILLISECOND) return `${sign}${micros}µs`;
  if (micros < SECOND) return `${sign}${decimal(micros, 3)}ms`;
  const hours = Math.floor(micros / HOUR);
  const minutes = Math.floor((micros % HOUR) / MINUTE);
  const seconds = decimal(micros % MINUTE, 6);
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}s` : `${sign}${seconds}s`;
}

/** A whole number with its decimal point moved, without trailing zeros. */
function decimal(value: number, places: number): string {
  const whole = Math.floor(value / 10 ** places);
  const fraction = String(value % 10 ** places)
    .padStart(places, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}

/** An age as kubectl shows it: two or three figures (duration.HumanDuration). */
export function humanDuration(span: Micros): string {
  const seconds = Math.trunc(span / SECOND);
  if (seconds < -1) return '<invalid>';
  if (span < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return withRest(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return withRest(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 24 * 8) return withRest(days, 'd', hours % 24, 'h');
  if (hours < 24 * 365 * 2) return `${days}d`;
  const years = Math.floor(days / 365);
  return hours < 24 * 365 * 8 ? withRest(years, 'y', days % 365, 'd') : `${years}y`;
}

/** A span with one figure only (duration.ShortHumanDuration), as describe shows some. */
export function shortHumanDuration(span: Micros): string {
  const seconds = Math.trunc(span / SECOND);
  if (seconds < -1) return '<invalid>';
  if (span < 0) return '0s';
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h`;
  return hours < 24 * 365 ? `${Math.floor(hours / 24)}d` : `${Math.floor(hours / 24 / 365)}y`;
}

/** The age of a timestamp field at an instant, `<unknown>` when there is none. */
export function ageOf(timestamp: string | null | undefined, now: Micros): string {
  const at = parseOptionalTime(timestamp);
  return at === undefined ? '<unknown>' : humanDuration(now - at);
}

function withRest(count: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${count}${unit}` : `${count}${unit}${rest}${restUnit}`;
}
