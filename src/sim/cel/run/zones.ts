/** How far a time zone's clocks are ahead of UTC. */
import { goQuote } from '../../api/go-text.js';
import { secondsAhead } from '../../api/time-zones.js';
import { CelError } from '../values.js';
import { floorDivide } from './times.js';

/** Seconds at an instant, of a zone's name or of an offset such as `-08:00`. */
export function zoneOffset(zone: string, nanos: bigint): number | CelError {
  if (zone === 'UTC' || zone === '') return 0;
  const colon = zone.indexOf(':');
  if (colon >= 0) return numericOffset(zone.slice(0, colon), zone.slice(colon + 1), zone);
  const ahead = secondsAhead(zone, Number(floorDivide(nanos, 1_000_000_000n)));
  return ahead ?? new CelError(`unknown time zone ${zone}`);
}

function numericOffset(hours: string, minutes: string, zone: string): number | CelError {
  for (const text of [hours, minutes]) {
    if (!/^[+-]?\d+$/.test(text)) return new CelError(`strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`);
  }
  const whole = Number(hours) * 60;
  return 60 * (zone.startsWith('-') ? whole - Number(minutes) : whole + Number(minutes));
}
