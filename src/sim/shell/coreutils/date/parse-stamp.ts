import type { Micros } from '../../../kernel/time.js';
import type { Zone } from '../../format/civil-time.js';
import { secondsOf } from '../../format/civil-time.js';
import { civilMicros } from '../clock.js';

/** Reads `[[CC]YY]MMDDhhmm[.ss]` as Unix seconds; undefined when it is none. */
export function parseStamp(text: string, now: Micros, zone: Zone): number | undefined {
  const match = /^(\d{2})?(\d{2})?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [, first, second, month, day, hour, minute, secondText] = match;
  const short = first !== undefined && second === undefined ? Number(first) : undefined;
  const year =
    second !== undefined
      ? Number(first) * 100 + Number(second)
      : short === undefined
        ? civilMicros(now, zone).year
        : short + (short < 69 ? 2000 : 1900);
  const parts = {
    year,
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(secondText ?? 0),
  };
  if (parts.month < 1 || parts.month > 12 || parts.day < 1 || parts.day > 31 || parts.hour > 23 || parts.minute > 59)
    return undefined;
  return secondsOf(parts, zone);
}
