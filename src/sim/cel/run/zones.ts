/** How far a time zone's clocks are ahead of UTC. */

import { goQuote } from '../../api/go-text.js';
import { isTimeZone } from '../../api/time-zones.js';
import { CelError } from '../values.js';
import { floorDivide } from './times.js';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Seconds at an instant, of a zone's name or of an offset such as `-08:00`. */
export function zoneOffset(zone: string, nanos: bigint): number | CelError {
  if (zone === 'UTC' || zone === '') return 0;
  const colon = zone.indexOf(':');
  if (colon >= 0) return numericOffset(zone.slice(0, colon), zone.slice(colon + 1), zone);
  if (!isTimeZone(zone)) return new CelError(`unknown time zone ${zone}`);
  return namedOffset(zone, Number(floorDivide(nanos, 1_000_000_000n)));
}

function numericOffset(hours: string, minutes: string, zone: string): number | CelError {
  for (const text of [hours, minutes]) {
    if (!/^[+-]?\d+$/.test(text)) return new CelError(`strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`);
  }
  const whole = Number(hours) * 60;
  return 60 * (zone.startsWith('-') ? whole - Number(minutes) : whole + Number(minutes));
}

/** The offset is what the zone's own reading of the instant differs from it by. */
function namedOffset(zone: string, seconds: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const name = format.formatToParts(seconds * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name);
  if (!match) return 0;
  const size = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return match[1] === '-' ? -size : size;
}
