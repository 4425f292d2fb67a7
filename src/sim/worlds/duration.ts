import { DAY, HOUR, MINUTE, type Micros, SECOND } from '../kernel/time.js';

const UNITS: Readonly<Record<string, Micros>> = { d: DAY, h: HOUR, m: MINUTE, s: SECOND };

/** A span as labs write it, `9h` or `1d12h`; undefined for other text. */
export function parseSpan(text: string): Micros | undefined {
  if (!/^(\d+[dhms])+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit as string] as Micros),
    0,
  );
}
