import { dateOf, daysOf } from '../../../api/calendar.js';
import { formatDuration } from '../../../api/duration.js';
import { type GoFunction, type GoType, goFunction, namedType } from '../../../api/go-template/go-types.js';
import { type GoData, GoInteger, GoStruct } from '../../../api/go-template/go-values.js';
import { MONTHS, WEEKDAYS } from '../../../shell/format/strftime.js';
import { layoutParts } from './time-layout.js';
import { formatOffset, isOffsetPart } from './time-offset.js';

/** An instant and the zone it is shown in. */
export interface Instant {
  /** Nanoseconds since 1970. */
  readonly nanos: bigint;
  readonly zone: { readonly name: string; readonly secondsAhead: number };
}

export const UTC: Instant['zone'] = { name: 'UTC', secondsAhead: 0 };
const BILLION = 1_000_000_000n;

/** The zero time of Go: the first of January of the year one. */
export const ZERO_NANOS = -62_135_596_800n * BILLION;

const TIME_TYPE: GoType = namedType({
  name: 'time.Time',
  kind: 'struct',
  text: ((data: GoStruct) => formatTimeText(data, '2006-01-02 15:04:05.999999999 -0700 MST')) as (
    data: never,
  ) => string,
  methods: () => TIME_METHODS,
});

/** A span of time, in nanoseconds. */
const DURATION_TYPE: GoType = namedType({
  name: 'time.Duration',
  kind: 'int64',
  text: ((data: GoInteger) => durationText(data.value)) as (data: never) => string,
  methods: () => DURATION_METHODS,
});

/** A span as Go writes it, for instance `1h0m5s`. */
export function durationText(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  if (size >= 1000n) return formatDuration(Number(nanos) / 1000);
  return `${nanos}${size === 0n ? 's' : 'ns'}`;
}

/** A `time.Time`. */
export function timeOf(instant: Instant): GoStruct {
  return new GoStruct(TIME_TYPE, {}, [], instant);
}

/** Whether data is a time. */
export function isTime(data: GoData): data is GoStruct {
  return data instanceof GoStruct && data.type === TIME_TYPE;
}

/** What a time is. */
export function instantOf(data: GoStruct): Instant {
  return data.hidden as Instant;
}

/** The whole seconds since 1970, rounded down. */
export function secondsOf({ nanos }: Instant): bigint {
  return nanos >= 0n ? nanos / BILLION : -((-nanos + BILLION - 1n) / BILLION);
}

interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly yearDay: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanos: number;
}

/** What calendar and clock say. */
function clockOf(instant: Instant): Clock {
  const seconds = Number(secondsOf(instant)) + instant.zone.secondsAhead;
  const days = Math.floor(seconds / 86_400);
  const ofDay = seconds - days * 86_400;
  const date = dateOf(days);
  return {
    ...date,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysOf({ year: date.year, month: 1, day: 1 }) + 1,
    hour: Math.floor(ofDay / 3600),
    minute: Math.floor(ofDay / 60) % 60,
    second: ofDay % 60,
    nanos: Number(instant.nanos - secondsOf(instant) * BILLION),
  };
}

/** A time by one of Go's layouts. */
export function formatTimeText(data: GoStruct, layout: string): string {
  const instant = instantOf(data);
  const clock = clockOf(instant);
  return layoutParts(layout)
    .map(({ kind, text }) => (kind === 'text' ? text : formatPart(text, clock, instant.zone)))
    .join('');
}

function formatPart(part: string, clock: Clock, zone: Instant['zone']): string {
  if (isOffsetPart(part)) return formatOffset(part, zone.secondsAhead);
  if (/^[.,]/.test(part)) return formatFraction(part, clock.nanos);
  return PARTS[part]?.(clock, zone) ?? part;
}

function two(value: number, fill = '0'): string {
  return String(value).padStart(2, fill);
}

function hour12({ hour }: Clock): number {
  return hour % 12 === 0 ? 12 : hour % 12;
}

type Formatter = (clock: Clock, zone: Instant['zone']) => string;

const PARTS: Readonly<Record<string, Formatter>> = {
  January: ({ month }) => MONTHS[month - 1] ?? '',
  Jan: ({ month }) => (MONTHS[month - 1] ?? '').slice(0, 3),
  '1': ({ month }) => String(month),
  '01': ({ month }) => two(month),
  Monday: ({ weekday }) => WEEKDAYS[weekday] ?? '',
  Mon: ({ weekday }) => (WEEKDAYS[weekday] ?? '').slice(0, 3),
  '2': ({ day }) => String(day),
  _2: ({ day }) => two(day, ' '),
  '02': ({ day }) => two(day),
  __2: ({ yearDay }) => String(yearDay).padStart(3, ' '),
  '002': ({ yearDay }) => String(yearDay).padStart(3, '0'),
  '15': ({ hour }) => two(hour),
  '3': (clock) => String(hour12(clock)),
  '03': (clock) => two(hour12(clock)),
  '4': ({ minute }) => String(minute),
  '04': ({ minute }) => two(minute),
  '5': ({ second }) => String(second),
  '05': ({ second }) => two(second),
  '2006': ({ year }) => String(year).padStart(4, '0'),
  '06': ({ year }) => two(year % 100),
  PM: ({ hour }) => (hour >= 12 ? 'PM' : 'AM'),
  pm: ({ hour }) => (hour >= 12 ? 'pm' : 'am'),
  MST: (_clock, zone) => zone.name || formatOffset('-0700', zone.secondsAhead),
};

function formatFraction(part: string, nanos: number): string {
  const digits = String(nanos)
    .padStart(9, '0')
    .slice(0, part.length - 1);
  if (part[1] === '0') return part.charAt(0) + digits;
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '' : part.charAt(0) + kept;
}

function numberMethod(read: (clock: Clock) => number): GoFunction {
  return goFunction('() int', (data: GoStruct) => read(clockOf(instantOf(data))));
}

function shifted(data: GoStruct, nanos: bigint): GoStruct {
  const instant = instantOf(data);
  return timeOf({ ...instant, nanos: instant.nanos + nanos });
}

const compare = (a: GoStruct, b: GoStruct): number => Number(instantOf(a).nanos - instantOf(b).nanos);

const MONTH_TYPE = wordType('time.Month', (value) => MONTHS[value - 1]);
const WEEKDAY_TYPE = wordType('time.Weekday', (value) => WEEKDAYS[value]);

function wordType(name: string, word: (value: number) => string | undefined): GoType {
  return namedType({
    name,
    kind: 'int',
    text: ((data: GoInteger) => word(Number(data.value)) ?? '') as (data: never) => string,
  });
}

const TIME_METHODS: ReadonlyMap<string, GoFunction> = new Map([
  ['Add', goFunction('(time.Duration) time.Time', (data: GoStruct, span: GoInteger) => shifted(data, span.value))],
  ['AddDate', goFunction('(int, int, int) time.Time', addDate)],
  ['After', goFunction('(time.Time) bool', (a: GoStruct, b: GoStruct) => compare(a, b) > 0)],
  ['Before', goFunction('(time.Time) bool', (a: GoStruct, b: GoStruct) => compare(a, b) < 0)],
  ['Day', numberMethod(({ day }) => day)],
  ['Equal', goFunction('(time.Time) bool', (a: GoStruct, b: GoStruct) => compare(a, b) === 0)],
  ['Format', goFunction('(string) string', formatTimeText)],
  ['Hour', numberMethod(({ hour }) => hour)],
  ['IsZero', goFunction('() bool', (data: GoStruct) => instantOf(data).nanos === ZERO_NANOS)],
  ['Minute', numberMethod(({ minute }) => minute)],
  [
    'Month',
    goFunction('() time.Month', (data: GoStruct) => new GoInteger(MONTH_TYPE, BigInt(clockOf(instantOf(data)).month))),
  ],
  ['Nanosecond', numberMethod(({ nanos }) => nanos)],
  ['Second', numberMethod(({ second }) => second)],
  ['String', goFunction('() string', (data: GoStruct) => (TIME_TYPE.text as (data: GoStruct) => string)(data))],
  [
    'Sub',
    goFunction('(time.Time) time.Duration', (a: GoStruct, b: GoStruct) =>
      durationOf(instantOf(a).nanos - instantOf(b).nanos),
    ),
  ],
  ['UTC', goFunction('() time.Time', (data: GoStruct) => timeOf({ ...instantOf(data), zone: UTC }))],
  ['Unix', goFunction('() int64', (data: GoStruct) => secondsOf(instantOf(data)))],
  ['UnixMilli', goFunction('() int64', (data: GoStruct) => instantOf(data).nanos / 1_000_000n)],
  ['UnixNano', goFunction('() int64', (data: GoStruct) => instantOf(data).nanos)],
  [
    'Weekday',
    goFunction(
      '() time.Weekday',
      (data: GoStruct) => new GoInteger(WEEKDAY_TYPE, BigInt(clockOf(instantOf(data)).weekday)),
    ),
  ],
  ['Year', numberMethod(({ year }) => year)],
  ['YearDay', numberMethod(({ yearDay }) => yearDay)],
]);

/** A `time.Duration` of nanoseconds. */
function durationOf(nanos: bigint): GoInteger {
  return new GoInteger(DURATION_TYPE, nanos);
}

function addDate(data: GoStruct, years: number, months: number, days: number): GoStruct {
  const instant = instantOf(data);
  const { year, month, day } = clockOf(instant);
  const monthIndex = month - 1 + months;
  const target = {
    year: year + years + Math.floor(monthIndex / 12),
    month: (((monthIndex % 12) + 12) % 12) + 1,
    day: 1,
  };
  const moved = daysOf(target) + day - 1 + days - daysOf({ year, month, day });
  return shifted(data, BigInt(moved) * 86_400n * BILLION);
}

const DURATION_METHODS: ReadonlyMap<string, GoFunction> = new Map([
  ['Hours', goFunction('() float64', (data: GoInteger) => Number(data.value) / 3.6e12)],
  ['Milliseconds', goFunction('() int64', (data: GoInteger) => data.value / 1_000_000n)],
  ['Minutes', goFunction('() float64', (data: GoInteger) => Number(data.value) / 6e10)],
  ['Seconds', goFunction('() float64', (data: GoInteger) => Number(data.value) / 1e9)],
  ['String', goFunction('() string', (data: GoInteger) => durationText(data.value))],
]);
