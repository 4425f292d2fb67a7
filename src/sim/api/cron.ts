/** Schedules of cron jobs as robfig/cron v3 reads them: five fields or a descriptor, and a time zone before them. */
import type { Micros } from '../kernel/time.js';
import { SECOND } from '../kernel/time.js';
import { DurationError, parseDuration } from './duration.js';
import { goQuote } from './go-text.js';
import { isTimeZone, isTimeZoneRegion } from './time-zones.js';

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly names: readonly string[];
}

/** What a field takes: its values, and whether it stands for all of them by a star. */
export interface Field {
  readonly values: ReadonlySet<number>;
  readonly star: boolean;
}

/** A schedule by the calendar of a zone (empty: UTC), or one of a steady pace. */
export type Schedule =
  | { readonly every: Micros }
  | {
      readonly every?: undefined;
      readonly minute: Field;
      readonly hour: Field;
      readonly day: Field;
      readonly month: Field;
      readonly weekday: Field;
      readonly zone: string;
    };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Bounds[] = [
  { low: 0, high: 59, names: [] },
  { low: 0, high: 23, names: [] },
  { low: 1, high: 31, names: [] },
  { low: 1, high: 12, names: MONTHS },
  { low: 0, high: 6, names: DAYS },
];
const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const EVERY = '@every ';

/** A schedule that cannot be read; the message is that of the library. */
export class ScheduleError extends Error {}

/** What is wrong with a schedule, in the words of the library; undefined for a good one. */
export function scheduleError(schedule: string): string | undefined {
  try {
    parseSchedule(schedule);
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
}

/**
 * Reads a schedule.
 * @throws ScheduleError in the words of the library.
 */
export function parseSchedule(schedule: string): Schedule {
  const { zone, spec } = splitZone(schedule);
  if (spec.startsWith(EVERY)) return { every: readPace(spec) };
  if (spec.startsWith('@') && !Object.hasOwn(DESCRIPTORS, spec)) {
    throw new ScheduleError(`unrecognized descriptor: ${spec}`);
  }
  const parts = (DESCRIPTORS[spec] ?? spec).split(/\s+/).filter((part) => part !== '');
  if (parts.length !== FIELDS.length) {
    const found = `[${parts.join(' ')}]`;
    throw new ScheduleError(`expected exactly ${FIELDS.length} fields, found ${parts.length}: ${found}`);
  }
  const [minute, hour, day, month, weekday] = parts.map((part, index) => readField(part, FIELDS[index] as Bounds));
  return { minute, hour, day, month, weekday, zone } as Schedule;
}

function splitZone(schedule: string): { zone: string; spec: string } {
  if (!/^(?:CRON_)?TZ=/.test(schedule)) return { zone: '', spec: schedule };
  const end = schedule.indexOf(' ');
  // The library cuts out a text of negative length here.
  if (end < 0) throw new ScheduleError('invalid schedule format: runtime error: slice bounds out of range [:-1]');
  const zone = schedule.slice(schedule.indexOf('=') + 1, end);
  const wrong = zoneError(zone);
  if (wrong !== undefined) throw new ScheduleError(`provided bad location ${zone}: ${wrong}`);
  return { zone, spec: schedule.slice(end).trim() };
}

/** What Go says of a time zone's name that it cannot load; undefined for a good one. */
export function zoneError(zone: string): string | undefined {
  if (zone === '' || zone === 'UTC' || zone === 'Local') return undefined;
  if (zone.includes('..') || /^[/\\]/.test(zone)) return 'time: invalid location name';
  if (isTimeZoneRegion(zone)) return 'is a directory';
  return isTimeZone(zone) ? undefined : `unknown time zone ${zone}`;
}

/** The pace of `@every`: whole seconds, and no less than one. */
function readPace(text: string): Micros {
  try {
    const span = Math.max(SECOND, parseDuration(text.slice(EVERY.length)));
    return span - (span % SECOND);
  } catch (error) {
    if (!(error instanceof DurationError)) throw error;
    throw new ScheduleError(`failed to parse duration ${text}: ${error.message}`);
  }
}

function readField(text: string, bounds: Bounds): Field {
  const values = new Set<number>();
  let star = false;
  for (const range of text.split(',')) if (range !== '') star = readRange(range, bounds, values) || star;
  return { values, star };
}

/** `*`, a number or a name, two of them with a hyphen, each with a step; whether it is a star without a step. */
function readRange(text: string, bounds: Bounds, values: Set<number>): boolean {
  const parts = text.split('/');
  const ends = (parts[0] ?? '').split('-');
  const [start, single] = readEnds(text, ends, bounds);
  let end = single;
  let step = 1;
  if (parts.length === 2) {
    step = readNumber(parts[1] ?? '');
    if (ends.length === 1) end = bounds.high;
  } else if (parts.length > 2) throw new ScheduleError(`too many slashes: ${text}`);
  if (start < bounds.low) {
    throw new ScheduleError(`beginning of range (${start}) below minimum (${bounds.low}): ${text}`);
  }
  if (end > bounds.high) throw new ScheduleError(`end of range (${end}) above maximum (${bounds.high}): ${text}`);
  if (start > end) throw new ScheduleError(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (step === 0) throw new ScheduleError(`step of range should be a positive number: ${text}`);
  for (let value = start; value <= end; value += step) values.add(value);
  return (ends[0] === '*' || ends[0] === '?') && step === 1;
}

function readEnds(text: string, ends: readonly string[], bounds: Bounds): readonly [low: number, high: number] {
  const [first = '', second = ''] = ends;
  if (first === '*' || first === '?') return [bounds.low, bounds.high];
  const start = readNumberOrName(first, bounds);
  if (ends.length > 2) throw new ScheduleError(`too many hyphens: ${text}`);
  return [start, ends.length === 1 ? start : readNumberOrName(second, bounds)];
}

function readNumberOrName(text: string, { low, names }: Bounds): number {
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? readNumber(text) : index + low;
}

function readNumber(text: string): number {
  const refuse = (why: string) =>
    new ScheduleError(`failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: ${why}`);
  if (!/^[+-]?\d+$/.test(text)) throw refuse('invalid syntax');
  const value = BigInt(text.replace(/^\+/, ''));
  if (BigInt.asIntN(64, value) !== value) throw refuse('value out of range');
  if (value < 0n) throw new ScheduleError(`negative number (${value}) not allowed: ${text}`);
  return Number(value);
}
