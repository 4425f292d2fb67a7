import type { CivilTime } from './civil-time.js';
import { daysFromCivil } from './civil-time.js';

export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Formats a time as GNU `date +FORMAT` does (strftime with `-`, `_`, `0`, `^`, `#` flags, widths, `%N` and `%:z`). */
export function strftime(format: string, time: CivilTime): string {
  return format.replace(
    /%([-_0^#+]*)(\d*)([EO]?)(:{0,3}[A-Za-z%])/g,
    (whole, flags: string, width: string, _modifier, directive: string) => {
      const value = convert(directive, time, flags);
      if (value === undefined) return whole;
      return shape(value, flags, width === '' ? undefined : Number(width));
    },
  );
}

/** A piece of output: text, or a number with its natural width and padding. */
type Value = string | { readonly number: number; readonly width: number; readonly pad?: ' ' | '0' };

function shape(value: Value, flags: string, width: number | undefined): string {
  let text: string;
  if (typeof value === 'string') {
    text = width === undefined ? value : value.padStart(width, flags.includes('0') ? '0' : ' ');
  } else {
    const pad = flags.includes('-') ? '' : flags.includes('_') ? ' ' : flags.includes('0') ? '0' : (value.pad ?? '0');
    const digits = String(Math.abs(value.number));
    const sign = value.number < 0 ? '-' : '';
    text = sign + (pad === '' ? digits : digits.padStart((width ?? value.width) - sign.length, pad));
  }
  if (flags.includes('^')) return text.toUpperCase();
  if (flags.includes('#')) return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
  return text;
}

const COMPOSITE: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
  h: '%b',
  '+': '%Y-%m-%d',
};

function convert(directive: string, time: CivilTime, flags: string): Value | undefined {
  const composite = COMPOSITE[directive];
  if (composite) return strftime(composite, time);
  if (directive.endsWith('z')) return zoneOffset(time.offset, directive.length - 1, flags);
  const hour12 = time.hour % 12 === 0 ? 12 : time.hour % 12;
  switch (directive) {
    case '%':
      return '%';
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'a':
      return (WEEKDAYS[time.weekday] as string).slice(0, 3);
    case 'A':
      return WEEKDAYS[time.weekday] as string;
    case 'b':
      return (MONTHS[time.month - 1] as string).slice(0, 3);
    case 'B':
      return MONTHS[time.month - 1] as string;
    case 'p':
      return flags.includes('#') ? (time.hour < 12 ? 'AM' : 'PM') : time.hour < 12 ? 'AM' : 'PM';
    case 'P':
      return time.hour < 12 ? 'am' : 'pm';
    case 'Z':
      return time.zone;
    case 'N':
      return String(time.nanosecond).padStart(9, '0');
    case 's':
      return { number: time.seconds, width: 1 };
    case 'Y':
      return { number: time.year, width: time.year < 1000 ? 4 : 1 };
    case 'C':
      return { number: Math.floor(time.year / 100), width: 2 };
    case 'y':
      return { number: ((time.year % 100) + 100) % 100, width: 2 };
    case 'm':
      return { number: time.month, width: 2 };
    case 'd':
      return { number: time.day, width: 2 };
    case 'e':
      return { number: time.day, width: 2, pad: ' ' };
    case 'H':
      return { number: time.hour, width: 2 };
    case 'k':
      return { number: time.hour, width: 2, pad: ' ' };
    case 'I':
      return { number: hour12, width: 2 };
    case 'l':
      return { number: hour12, width: 2, pad: ' ' };
    case 'M':
      return { number: time.minute, width: 2 };
    case 'S':
      return { number: time.second, width: 2 };
    case 'j':
      return { number: time.yearDay, width: 3 };
    case 'q':
      return { number: Math.ceil(time.month / 3), width: 1 };
    default:
      return weekValue(directive, time);
  }
}

function weekValue(directive: string, time: CivilTime): Value | undefined {
  const monday = (time.weekday + 6) % 7;
  switch (directive) {
    case 'u':
      return { number: monday + 1, width: 1 };
    case 'w':
      return { number: time.weekday, width: 1 };
    case 'U':
      return { number: Math.floor((time.yearDay - 1 + 7 - time.weekday) / 7), width: 2 };
    case 'W':
      return { number: Math.floor((time.yearDay - 1 + 7 - monday) / 7), width: 2 };
    case 'V':
      return { number: isoWeek(time).week, width: 2 };
    case 'G':
      return { number: isoWeek(time).year, width: 4 };
    case 'g':
      return { number: isoWeek(time).year % 100, width: 2 };
    default:
      return undefined;
  }
}

/** ISO 8601: the week belongs to the year its Thursday is in. */
function isoWeek(time: CivilTime): { year: number; week: number } {
  const days = daysFromCivil(time.year, time.month, time.day);
  const thursday = days - ((time.weekday + 6) % 7) + 3;
  for (const year of [time.year + 1, time.year, time.year - 1]) {
    const first = daysFromCivil(year, 1, 1);
    if (thursday >= first) return { year, week: Math.floor((thursday - first) / 7) + 1 };
  }
  return { year: time.year, week: 1 };
}

function zoneOffset(offset: number, colons: number, flags: string): string {
  const sign = offset < 0 ? '-' : '+';
  const seconds = Math.abs(offset);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = flags.includes('-') ? String(Math.floor(seconds / 3600)) : two(Math.floor(seconds / 3600));
  const minutes = two(Math.floor((seconds % 3600) / 60));
  if (colons === 0) return `${sign}${hours}${minutes}`;
  if (colons === 1) return `${sign}${hours}:${minutes}`;
  if (colons === 2) return `${sign}${hours}:${minutes}:${two(seconds % 60)}`;
  return seconds % 3600 === 0 ? `${sign}${hours}` : `${sign}${hours}:${minutes}`;
}
