import { daysOf, isDate } from '../../../api/calendar.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { goQuote } from '../../../api/go-text.js';
import { MONTHS, WEEKDAYS } from '../../../shell/format/strftime.js';
import { type Instant, UTC } from './go-time.js';
import { layoutParts } from './time-layout.js';
import { isOffsetPart } from './time-offset.js';

interface Fields {
  year: number;
  month: number;
  day: number;
  yearDay: number | undefined;
  hour: number;
  minute: number;
  second: number;
  nanos: number;
  afternoon: boolean | undefined;
  zone: Instant['zone'] | undefined;
}

/** Reads a time by one of Go's layouts, in UTC where it names no zone. Throws TemplateError in Go's words. */
export function parseTimeText(layout: string, text: string): Instant {
  const fields: Fields = {
    year: 0,
    month: 1,
    day: 1,
    yearDay: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanos: 0,
    afternoon: undefined,
    zone: undefined,
  };
  const fail = (rest: string, part: string): never => {
    throw new TemplateError(
      `parsing time ${goQuote(text)} as ${goQuote(layout)}: cannot parse ${goQuote(rest)} as ${goQuote(part)}`,
    );
  };
  let rest = text;
  for (const { kind, text: part } of layoutParts(layout)) {
    const length = kind === 'text' ? literalLength(rest, part) : readPart(rest, part, fields);
    if (length === undefined) return fail(rest, part);
    if (length === 'range') throw outOfRange(text, part);
    rest = rest.slice(length);
    if (part === '05' || part === '5') rest = rest.slice(fractionLength(rest, layout, fields));
  }
  if (rest !== '') throw new TemplateError(`parsing time ${goQuote(text)}: extra text: ${goQuote(rest)}`);
  return instantOfFields(fields, text);
}

function literalLength(rest: string, literal: string): number | undefined {
  return rest.startsWith(literal) ? literal.length : undefined;
}

/** A fraction may follow the seconds though the layout has none. */
function fractionLength(rest: string, layout: string, fields: Fields): number {
  const found = /^[.,]\d+/.exec(rest)?.[0];
  if (found === undefined || /0?5[.,][09]/.test(layout)) return 0;
  fields.nanos = Number(found.slice(1, 10).padEnd(9, '0'));
  return found.length;
}

const RANGES: Readonly<Record<string, string>> = {
  '1': 'month',
  '01': 'month',
  '2': 'day',
  '02': 'day',
  _2: 'day',
  '15': 'hour',
  '3': 'hour',
  '03': 'hour',
  '4': 'minute',
  '04': 'minute',
  '5': 'second',
  '05': 'second',
};

function outOfRange(text: string, part: string): TemplateError {
  return new TemplateError(`parsing time ${goQuote(text)}: ${RANGES[part] ?? 'day'} out of range`);
}

const NUMBERS: Readonly<Record<string, readonly [field: keyof Fields, pattern: RegExp, least: number, most: number]>> =
  {
    '2006': ['year', /^\d{4}/, 0, 9999],
    '1': ['month', /^\d\d?/, 1, 12],
    '01': ['month', /^\d\d/, 1, 12],
    '2': ['day', /^ ?\d\d?/, 0, 31],
    _2: ['day', /^ ?\d\d?/, 0, 31],
    '02': ['day', /^\d\d/, 0, 31],
    __2: ['yearDay', /^[ \d]{2}\d/, 0, 366],
    '002': ['yearDay', /^\d{3}/, 0, 366],
    '15': ['hour', /^\d\d?/, 0, 23],
    '3': ['hour', /^\d\d?/, 0, 12],
    '03': ['hour', /^\d\d/, 0, 12],
    '4': ['minute', /^\d\d?/, 0, 59],
    '04': ['minute', /^\d\d/, 0, 59],
    '5': ['second', /^\d\d?/, 0, 59],
    '05': ['second', /^\d\d/, 0, 59],
  };

/** How much of the text a piece takes; the field it stands for is set. */
function readPart(rest: string, part: string, fields: Fields): number | 'range' | undefined {
  const number = NUMBERS[part];
  if (number !== undefined) {
    const [field, pattern, least, most] = number;
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) return undefined;
    const value = Number(found);
    if (value < least || value > most) return 'range';
    (fields as unknown as Record<string, number>)[field] = value;
    return found.length;
  }
  if (isOffsetPart(part)) return readOffset(rest, part, fields);
  return readWord(rest, part, fields);
}

function readWord(rest: string, part: string, fields: Fields): number | undefined {
  switch (part) {
    case 'January':
    case 'Jan':
      return readName(rest, MONTHS, part === 'Jan', (index) => {
        fields.month = index + 1;
      });
    case 'Monday':
    case 'Mon':
      return readName(rest, WEEKDAYS, part === 'Mon', () => undefined);
    case 'PM':
    case 'pm': {
      const found = (part === 'PM' ? /^[AP]M/ : /^[ap]m/).exec(rest)?.[0];
      if (found !== undefined) fields.afternoon = found.toUpperCase() === 'PM';
      return found?.length;
    }
    case '06': {
      const found = /^\d\d/.exec(rest)?.[0];
      if (found !== undefined) fields.year = Number(found) + (Number(found) >= 69 ? 1900 : 2000);
      return found?.length;
    }
    case 'MST': {
      const found = /^[A-Z]{3,4}/.exec(rest)?.[0];
      if (found !== undefined) fields.zone = { name: found, secondsAhead: 0 };
      return found?.length;
    }
    default:
      return readFraction(rest, part, fields);
  }
}

function readFraction(rest: string, part: string, fields: Fields): number | undefined {
  const digits = part[1] === '0' ? `\\d{${part.length - 1}}` : '\\d*';
  const found = new RegExp(`^[.,]${digits}`).exec(rest)?.[0];
  if (found === undefined) return part[1] === '9' ? 0 : undefined;
  fields.nanos = Number(found.slice(1, 10).padEnd(9, '0'));
  return found.length;
}

function readName(
  rest: string,
  names: readonly string[],
  short: boolean,
  found: (index: number) => void,
): number | undefined {
  const lower = rest.toLowerCase();
  const index = names.findIndex((name) => lower.startsWith((short ? name.slice(0, 3) : name).toLowerCase()));
  if (index < 0) return undefined;
  found(index);
  return short ? 3 : names[index]?.length;
}

function readOffset(rest: string, part: string, fields: Fields): number | undefined {
  if (part.startsWith('Z') && rest.startsWith('Z')) {
    fields.zone = UTC;
    return 1;
  }
  const colon = part.includes(':') ? ':' : '';
  const count = part.replaceAll(':', '').length / 2 - 0.5;
  const found = new RegExp(
    `^([-+])(\\d\\d)${count > 1 ? `${colon}(\\d\\d)` : ''}${count > 2 ? `${colon}(\\d\\d)` : ''}`,
  ).exec(rest);
  if (!found) return undefined;
  const seconds = Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60 + Number(found[4] ?? 0);
  const secondsAhead = found[1] === '-' ? -seconds : seconds;
  fields.zone = seconds === 0 ? UTC : { name: '', secondsAhead };
  return found[0].length;
}

function instantOfFields(fields: Fields, text: string): Instant {
  const { year, month, day, minute, second, nanos, afternoon, yearDay } = fields;
  const hour = afternoon === undefined ? fields.hour : (fields.hour % 12) + (afternoon ? 12 : 0);
  if (yearDay === undefined && !isDate({ year, month, day })) throw outOfRange(text, '2');
  const days = yearDay === undefined ? daysOf({ year, month, day }) : daysOf({ year, month: 1, day: 1 }) + yearDay - 1;
  const zone = fields.zone ?? UTC;
  const seconds = days * 86_400 + hour * 3600 + minute * 60 + second - zone.secondsAhead;
  return { nanos: BigInt(seconds) * 1_000_000_000n + BigInt(nanos), zone };
}
