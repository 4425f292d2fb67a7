import type { Micros } from '../../../kernel/time.js';
import { SECOND } from '../../../kernel/time.js';
import type { Zone } from '../../format/civil-time.js';
import { daysFromCivil, secondsOf } from '../../format/civil-time.js';
import { MONTHS, WEEKDAYS } from '../../format/strftime.js';
import { zoneOf } from '../../format/time-zone.js';
import { civilMicros } from '../clock.js';

/** What a text has said so far. */
interface Gathered {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  fraction?: number;
  weekday?: { day: number; ordinal: number };
  offset?: number;
  epoch?: number;
  relative: { years: number; months: number; days: number; seconds: number };
  dates: number;
  times: number;
}

/** A rule: what it looks for at the start of the rest, and what that means. False: not meant after all. */
type Rule = readonly [RegExp, (match: RegExpExecArray, into: Gathered) => boolean | undefined];

const ORDINALS: Readonly<Record<string, number>> = {
  last: -1,
  this: 0,
  next: 1,
  first: 1,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
};
const UNITS = '(year|month|fortnight|week|day|hour|minute|min|second|sec)s?';
const UNIT_SECONDS: Readonly<Record<string, number>> = { hour: 3600, minute: 60, min: 60, second: 1, sec: 1 };
const UNIT_DAYS: Readonly<Record<string, number>> = { fortnight: 14, week: 7, day: 1 };
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const ZONES: Readonly<Record<string, number>> = {
  utc: 0,
  gmt: 0,
  ut: 0,
  z: 0,
  wet: 0,
  cet: 3600,
  cest: 7200,
  est: -18_000,
  edt: -14_400,
  cst: -21_600,
  cdt: -18_000,
  mst: -25_200,
  mdt: -21_600,
  pst: -28_800,
  pdt: -25_200,
  jst: 32_400,
  bst: 3600,
};

const RULES: readonly Rule[] = [
  [
    /^@(-?\d+)(?:[.,](\d+))?/,
    (match, into) => {
      into.epoch = Number(match[1]);
      into.fraction = Number(`0.${match[2] ?? 0}`);
      return true;
    },
  ],
  [/^(\d{4,})-(\d{1,2})-(\d{1,2})(?=$|[\sTt])[Tt]?/, (match, into) => setDate(into, match[1], match[2], match[3])],
  [
    /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?(?:\s*([-+]\d{2}):?(\d{2})?(?![\d\s]*(?:year|month|week|day|hour|min|sec)))?/i,
    setTime,
  ],
  [
    /^(\d{1,2})\s*([ap])\.?m\.?(?![a-z])/i,
    (match, into) => {
      into.times += 1;
      into.hour = twelveHours(Number(match[1]), match[2] as string);
      into.minute = 0;
      into.second = 0;
      return true;
    },
  ],
  [/^(\d{1,2})\/(\d{1,2})(?:\/(\d{2,4}))?/, (match, into) => setDate(into, match[3], match[1], match[2])],
  [
    new RegExp(`^(\\d{1,2})[ -]?${MONTH}(?:[ ,-]+(\\d{4})(?!:))?(?![a-z])`, 'i'),
    (match, into) => setDate(into, match[3], monthOf(match[2]), match[1]),
  ],
  [
    new RegExp(`^${MONTH}[ -]?(\\d{1,2})(?:st|nd|rd|th)?(?!:)(?:,?\\s+(\\d{4})(?!:))?(?![\\d:])`, 'i'),
    (match, into) => setDate(into, match[3], monthOf(match[1]), match[2]),
  ],
  [/^(\d{4})(\d{2})(\d{2})(?!\d)(?:[Tt](?=\d))?/, (match, into) => setDate(into, match[1], match[2], match[3])],
  [/^(?:now|today)(?![a-z])/i, () => true],
  [/^yesterday(?![a-z])/i, (_match, into) => addRelative(into, 'day', -1)],
  [/^tomorrow(?![a-z])/i, (_match, into) => addRelative(into, 'day', 1)],
  [/^midnight(?![a-z])/i, (_match, into) => clockTime(into, 0)],
  [/^noon(?![a-z])/i, (_match, into) => clockTime(into, 12)],
  [
    new RegExp(`^([-+]?)\\s*(\\d+)\\s*${UNITS}(?![a-z])(\\s+ago(?![a-z]))?`, 'i'),
    (match, into) =>
      addRelative(into, match[3] as string, Number(match[2]) * (match[1] === '-' ? -1 : 1) * (match[4] ? -1 : 1)),
  ],
  [
    new RegExp(`^(${Object.keys(ORDINALS).join('|')})\\s+${UNITS}(?![a-z])(\\s+ago(?![a-z]))?`, 'i'),
    (match, into) =>
      addRelative(
        into,
        match[2] as string,
        (ORDINALS[(match[1] as string).toLowerCase()] as number) * (match[3] ? -1 : 1),
      ),
  ],
  [
    new RegExp(`^${UNITS}(?![a-z])(\\s+ago(?![a-z]))?`, 'i'),
    (match, into) => addRelative(into, match[1] as string, match[2] ? -1 : 1),
  ],
  [
    new RegExp(
      `^(?:(${Object.keys(ORDINALS).join('|')})\\s+)?(sun|mon|tue|wed|thu|fri|sat)(?:[a-z]*day|s|rs|nes)?\\.?,?(?![a-z])`,
      'i',
    ),
    (match, into) => {
      const name = (match[2] as string).toLowerCase();
      into.weekday = {
        day: WEEKDAYS.findIndex((day) => day.toLowerCase().startsWith(name)),
        ordinal: ORDINALS[(match[1] ?? 'this').toLowerCase()] as number,
      };
      return true;
    },
  ],
  [
    /^([-+]\d{2}):?(\d{2})(?!\d)/,
    (match, into) => {
      into.offset = offsetOf(match[1] as string, match[2]);
      return true;
    },
  ],
  [
    /^(utc|gmt|ut|z|wet|cet|cest|est|edt|cst|cdt|mst|mdt|pst|pdt|jst|bst)(?![a-z])/i,
    (match, into) => {
      into.offset = ZONES[(match[1] as string).toLowerCase()] as number;
      return true;
    },
  ],
  [
    /^(\d{4})(?!\d)/,
    (match, into) => {
      if (into.dates === 0 || into.year !== undefined) return false;
      into.year = Number(match[1]);
      return true;
    },
  ],
];

/** Reads a date as GNU `date -d` does, relative to `now`; undefined when it cannot be understood. */
export function parseDate(text: string, now: Micros, zone: Zone): Micros | undefined {
  const own = /^\s*TZ="([^"]*)"\s*/.exec(text);
  const place = own ? zoneOf(own[1]) : zone;
  let rest = (own ? text.slice(own[0].length) : text).replace(/\([^)]*\)/g, ' ').trim();
  const into: Gathered = { relative: { years: 0, months: 0, days: 0, seconds: 0 }, dates: 0, times: 0 };
  while (rest !== '') {
    let used = 0;
    for (const [pattern, take] of RULES) {
      const match = pattern.exec(rest);
      if (!match || match[0] === '' || take(match, into) === false) continue;
      used = match[0].length;
      break;
    }
    if (used === 0) return undefined;
    rest = rest.slice(used).replace(/^[\s,]+/, '');
  }
  if (into.dates > 1 || into.times > 1) return undefined;
  return resolve(into, now, place, text.trim() === '');
}

function resolve(into: Gathered, now: Micros, zone: Zone, blank: boolean): Micros | undefined {
  const { relative } = into;
  if (into.epoch !== undefined)
    return Math.round((into.epoch + (into.fraction ?? 0) + relative.seconds + relative.days * 86_400) * SECOND);
  const today = civilMicros(now, zone);
  const dateOnly = into.times === 0 && (into.dates > 0 || into.weekday !== undefined);
  const zero = dateOnly || blank;
  const clock = {
    hour: into.hour ?? (zero ? 0 : today.hour),
    minute: into.minute ?? (zero ? 0 : today.minute),
    second: into.second ?? (zero || into.times > 0 ? 0 : today.second),
  };
  const year = into.year ?? today.year;
  const month = into.month ?? today.month;
  let day = into.day ?? today.day;
  if (month < 1 || month > 12 || day < 1 || day > daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1))
    return undefined;
  if (into.weekday && into.dates === 0) day += weekdayShift(into.weekday, today.weekday);
  const local = { year: year + relative.years, month: month + relative.months, day: day + relative.days, ...clock };
  const target: Zone = into.offset === undefined ? zone : { at: () => ({ offset: into.offset as number, name: '' }) };
  const seconds = secondsOf(local, target) + relative.seconds;
  const keepsFraction = into.times === 0 && !zero;
  const fraction = keepsFraction ? (now % SECOND) / SECOND : (into.fraction ?? 0);
  return Math.round((seconds + fraction) * SECOND);
}

function weekdayShift(wanted: { day: number; ordinal: number }, today: number): number {
  const ahead = (wanted.day - today + 7) % 7;
  const weeks = wanted.ordinal > 0 && ahead !== 0 ? wanted.ordinal - 1 : wanted.ordinal;
  return ahead + 7 * weeks;
}

function setDate(
  into: Gathered,
  year: string | undefined,
  month: string | number | undefined,
  day: string | undefined,
): boolean {
  into.dates += 1;
  if (year !== undefined)
    into.year = year.length === 2 ? Number(year) + (Number(year) < 69 ? 2000 : 1900) : Number(year);
  into.month = Number(month);
  into.day = Number(day);
  return true;
}

function setTime(match: RegExpExecArray, into: Gathered): boolean {
  const [, hour, minute, second, fraction, half, zoneHour, zoneMinute] = match;
  into.times += 1;
  into.hour = half ? twelveHours(Number(hour), half) : Number(hour);
  into.minute = Number(minute);
  into.second = Number(second ?? 0);
  into.fraction = Number(`0.${fraction ?? 0}`);
  if (zoneHour !== undefined) into.offset = offsetOf(zoneHour, zoneMinute);
  if (into.hour > 23 || into.minute > 59 || into.second > 60) into.times += 9;
  return true;
}

function clockTime(into: Gathered, hour: number): boolean {
  into.times += 1;
  into.hour = hour;
  into.minute = 0;
  into.second = 0;
  return true;
}

function addRelative(into: Gathered, unit: string, count: number): boolean {
  const name = unit.toLowerCase();
  const { relative } = into;
  if (name === 'year') relative.years += count;
  else if (name === 'month') relative.months += count;
  else if (UNIT_DAYS[name] !== undefined) relative.days += count * UNIT_DAYS[name];
  else relative.seconds += count * (UNIT_SECONDS[name] as number);
  return true;
}

function twelveHours(hour: number, half: string): number {
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

function monthOf(name: string | undefined): number {
  const start = (name ?? '').slice(0, 3).toLowerCase();
  return MONTHS.findIndex((month) => month.toLowerCase().startsWith(start)) + 1;
}

function offsetOf(hours: string, minutes: string | undefined): number {
  const sign = hours.startsWith('-') ? -1 : 1;
  return sign * (Math.abs(Number(hours)) * 3600 + Number(minutes ?? 0) * 60);
}
