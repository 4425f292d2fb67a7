import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { bytesToText } from '../format/byte-text.js';
import type { CivilTime, Zone } from '../format/civil-time.js';
import { civilTime } from '../format/civil-time.js';
import { zoneOf } from '../format/time-zone.js';

/** The zone of a process: TZ, else what the host has set in /etc/timezone, else UTC. */
export function zoneOfProcess(sys: Sys): Zone {
  const tz = sys.environment.get('TZ');
  if (tz !== undefined) return zoneOf(tz);
  try {
    return zoneOf(bytesToText(sys.readFile('/etc/timezone')).trim());
  } catch {
    return zoneOf('UTC');
  }
}

/** An instant on the calendar of a zone. */
export function civilMicros(instant: Micros, zone: Zone): CivilTime {
  const seconds = Math.floor(instant / SECOND);
  return civilTime(seconds, (instant - seconds * SECOND) * 1000, zone);
}
