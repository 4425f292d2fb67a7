import { DurationError, parseDuration } from '../../../api/duration.js';
import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goFunction, INT, INT64 } from '../../../api/go-template/go-types.js';
import { type GoData, GoInteger, type GoStruct } from '../../../api/go-template/go-values.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { isTimeZone, secondsAhead } from '../../../api/time-zones.js';
import { parseInteger } from '../data/cast.js';
import type { RenderRequest } from '../render-request.js';
import {
  durationText,
  formatTimeText,
  type Instant,
  instantOf,
  isTime,
  secondsOf,
  timeOf,
  UTC,
  ZERO_NANOS,
} from '../time/go-time.js';
import { parseTimeText } from '../time/parse-time.js';
import { zoneName } from '../time/zone-names.js';

const BILLION = 1_000_000_000n;
const HTML = '2006-01-02';

/** Sprig's functions of time, by the clock of whoever renders. Local time is UTC. */
export function dateFunctions({ hooks }: RenderRequest): FunctionTable {
  const now = (): Instant => ({ nanos: BigInt(hooks.now()) * 1000n, zone: UTC });
  const instant = (data: GoData): Instant => readInstant(data) ?? now();
  const shown = (layout: string, data: GoData, zone: string): string =>
    formatTimeText(timeOf(inZone(instant(data), zone)), layout);
  const dateInZone = goFunction('(string, any, string) string', shown);
  const dateModify = goFunction('(string, time.Time) time.Time', (span: string, data: GoStruct) =>
    later(data, nanosOf(span) ?? 0n),
  );
  const mustDateModify = goFunction('(string, time.Time) time.Time', (span: string, data: GoStruct) =>
    later(data, mustNanosOf(span)),
  );
  return {
    ago: goFunction('(any) string', (data: GoData) => durationText(rounded(now().nanos - instant(data).nanos))),
    date: goFunction('(string, any) string', (layout: string, data: GoData) => shown(layout, data, 'Local')),
    dateInZone,
    dateModify,
    date_in_zone: dateInZone,
    date_modify: dateModify,
    duration: goFunction('(any) string', (data: GoData) => durationText(secondsGiven(data) * BILLION)),
    durationRound: goFunction('(any) string', (data: GoData) => roundedDuration(data, now().nanos)),
    htmlDate: goFunction('(any) string', (data: GoData) => shown(HTML, data, 'Local')),
    htmlDateInZone: goFunction('(any, string) string', (data: GoData, zone: string) => shown(HTML, data, zone)),
    mustDateModify,
    mustToDate: goFunction('(string, string) time.Time', (layout: string, text: string) =>
      timeOf(parseTimeText(layout, text)),
    ),
    must_date_modify: mustDateModify,
    now: goFunction('() time.Time', () => timeOf(now())),
    toDate: goFunction('(string, string) time.Time', toDate),
    unixEpoch: goFunction('(time.Time) string', (data: GoStruct) => String(secondsOf(instantOf(data)))),
  };
}

function readInstant(data: GoData): Instant | undefined {
  if (isTime(data)) return instantOf(data);
  const counts = data instanceof GoInteger && [INT, INT64].includes(data.type);
  return counts ? { nanos: data.value * BILLION, zone: UTC } : undefined;
}

function inZone(instant: Instant, zone: string): Instant {
  if (zone === 'Local' || zone === '' || zone === 'UTC' || !isTimeZone(zone)) return { ...instant, zone: UTC };
  const ahead = secondsAhead(zone, Number(secondsOf(instant))) ?? 0;
  return { ...instant, zone: { name: zoneName(zone, ahead), secondsAhead: ahead } };
}

function later(data: GoStruct, nanos: bigint): GoStruct {
  const instant = instantOf(data);
  return timeOf({ ...instant, nanos: instant.nanos + nanos });
}

function mustNanosOf(span: string): bigint {
  try {
    return BigInt(parseDuration(span)) * 1000n;
  } catch (error) {
    if (error instanceof DurationError) throw new TemplateError(error.message);
    throw error;
  }
}

function nanosOf(span: string): bigint | undefined {
  try {
    return mustNanosOf(span);
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

function rounded(nanos: bigint): bigint {
  const sign = nanos < 0n ? -1n : 1n;
  return sign * ((sign * nanos + BILLION / 2n) / BILLION) * BILLION;
}

function secondsGiven(data: GoData): bigint {
  if (typeof data === 'string')
    return /^[-+]?\d+$/.test(data) ? (parseInteger(data.replace(/^([-+]?)0+(?=\d)/, '$1')) ?? 0n) : 0n;
  return data instanceof GoInteger && data.type === INT64 ? data.value : 0n;
}

const HOUR = 3600n * BILLION;
const UNITS: readonly (readonly [unit: string, nanos: bigint])[] = [
  ['y', 365n * 24n * HOUR],
  ['mo', 30n * 24n * HOUR],
  ['d', 24n * HOUR],
  ['h', HOUR],
  ['m', 60n * BILLION],
  ['s', BILLION],
];

function roundedDuration(data: GoData, now: bigint): string {
  const nanos = spanGiven(data, now);
  const size = nanos < 0n ? -nanos : nanos;
  const found = UNITS.find(([, length]) => size > length);
  return found === undefined ? '0s' : `${size / found[1]}${found[0]}`;
}

function spanGiven(data: GoData, now: bigint): bigint {
  if (typeof data === 'string') return nanosOf(data) ?? 0n;
  if (isTime(data)) return now - instantOf(data).nanos;
  return data instanceof GoInteger && data.type === INT64 ? data.value : 0n;
}

function toDate(layout: string, text: string): GoStruct {
  try {
    return timeOf(parseTimeText(layout, text));
  } catch (error) {
    if (error instanceof TemplateError) return timeOf({ nanos: ZERO_NANOS, zone: UTC });
    throw error;
  }
}
