/** Instants and spans of time, counted in billionths of a second. */

import { dateOf, daysOf, isDate } from '../../api/calendar.js';
import { parseDuration } from '../../api/duration.js';
import { Duration, Timestamp } from '../values.js';

const SECOND = 1_000_000_000n;
/** The first and last second that a timestamp can stand for: the years 1 to 9999. */
const FIRST_SECOND = -62_135_596_800n;
const LAST_SECOND = 253_402_300_799n;
const INT64_MAX = 2n ** 63n - 1n;

/** A timestamp of billionths since 1970, undefined outside the years 1 to 9999. */
export function timestampOf(nanos: bigint, zone = 0): Timestamp | undefined {
  const seconds = floorDivide(nanos, SECOND);
  return seconds < FIRST_SECOND || seconds > LAST_SECOND ? undefined : new Timestamp(nanos, zone);
}

/** A span of billionths, undefined where 64 bits do not hold it. */
export function durationOf(nanos: bigint): Duration | undefined {
  return nanos > INT64_MAX || nanos < -INT64_MAX - 1n ? undefined : new Duration(nanos);
}

/** Rounds towards the past. */
export function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

/** The seconds since 1970, rounded towards the past. */
export function unixSeconds({ nanos }: Timestamp): bigint {
  return floorDivide(nanos, SECOND);
}

/** Billionths of an RFC 3339 text; undefined where it is none. */
export function readTimestamp(text: string): bigint | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(Z|([+-])(\d\d):(\d\d))$/.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59 || !isDate({ year, month, day })) return undefined;
  const sign = match[9] === '-' ? -1 : 1;
  const offset = sign * (Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0));
  if (Number(match[10] ?? 0) > 24 || Number(match[11] ?? 0) > 60) return undefined;
  const seconds = daysOf({ year, month, day }) * 86_400 + hour * 3600 + (minute - offset) * 60 + second;
  const fraction = BigInt((match[7] ?? '').slice(0, 9).padEnd(9, '0'));
  return BigInt(seconds) * SECOND + fraction;
}

/** Billionths of a Go duration such as `1h30m`; undefined where it is none. */
export function readDuration(text: string): bigint | undefined {
  try {
    parseDuration(text);
  } catch {
    return undefined;
  }
  const units: Readonly<Record<string, bigint>> = {
    ns: 1n,
    us: 1_000n,
    µs: 1_000n,
    μs: 1_000n,
    ms: 1_000_000n,
    s: SECOND,
    m: 60n * SECOND,
    h: 3600n * SECOND,
  };
  let nanos = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(/(\d*)(?:\.(\d*))?([^\d.+-]+)/g)) {
    const size = units[unit] ?? 0n;
    nanos += BigInt(whole === '' ? 0 : whole) * size;
    if (fraction !== '') nanos += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
  }
  return durationOf(nanos)?.nanos === undefined ? undefined : text.startsWith('-') ? -nanos : nanos;
}

/** The zone that an RFC 3339 text is written in, in seconds from UTC. */
export function zoneOf(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  return (sign === '-' ? -60 : 60) * (Number(hours) * 60 + Number(minutes));
}

/** An instant as RFC 3339 in its zone, with as many decimals as it needs. */
export function timestampText({ nanos, zone }: Timestamp): string {
  const { date, time, fraction } = parts(nanos + BigInt(zone) * SECOND);
  return `${date}T${time}${fraction}${zone === 0 ? 'Z' : zoneText(zone)}`;
}

function zoneText(zone: number): string {
  const minutes = Math.abs(zone) / 60;
  return `${zone < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** An instant as Go prints a time: `2024-01-01 00:00:00 +0000 UTC`. */
export function goTimeText(nanos: bigint): string {
  const { date, time, fraction } = parts(nanos);
  return `${date} ${time}${fraction} +0000 UTC`;
}

function parts(nanos: bigint): { date: string; time: string; fraction: string } {
  const seconds = floorDivide(nanos, SECOND);
  const rest = nanos - seconds * SECOND;
  const { year, month, day } = dateOf(Number(floorDivide(seconds, 86_400n)));
  const ofDay = Number(seconds - floorDivide(seconds, 86_400n) * 86_400n);
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  const time = `${two(Math.floor(ofDay / 3600))}:${two(Math.floor(ofDay / 60) % 60)}:${two(ofDay % 60)}`;
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(9, '0').replace(/0+$/, '')}`;
  return { date, time, fraction };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** A span as seconds with as many decimals as it needs: `90s`, `-0.5s`. */
export function secondsText(nanos: bigint): string {
  const seconds = Number(nanos / SECOND) + Number(nanos % SECOND) / 1e9;
  const text = String(seconds);
  if (!text.includes('e')) return `${text}s`;
  return `${seconds.toFixed(20).replace(/0+$/, '')}s`;
}

/** A span as Go prints a duration: `1h0m0s`, `1.5s`, `250ms`, `1ns`. */
export function durationText(nanos: bigint): string {
  if (nanos === 0n) return '0s';
  const sign = nanos < 0n ? '-' : '';
  const size = nanos < 0n ? -nanos : nanos;
  if (size < 1_000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}µs`;
  if (size < SECOND) return `${sign}${decimal(size, 6)}ms`;
  const seconds = `${decimal(size % (60n * SECOND), 9)}s`;
  const minutes = (size / (60n * SECOND)) % 60n;
  const hours = size / (3600n * SECOND);
  if (hours > 0n) return `${sign}${hours}h${minutes}m${seconds}`;
  return minutes > 0n ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`;
}

function decimal(value: bigint, places: number): string {
  const unit = 10n ** BigInt(places);
  const fraction = String(value % unit)
    .padStart(places, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(value / unit) : `${value / unit}.${fraction}`;
}
