/** Parts of instants and spans. */

import { dateOf, daysOf } from '../../api/calendar.js';
import { declared, member } from '../declare.js';
import type { Library, Overload, Run } from '../environment.js';
import { floorDivide } from '../run/times.js';
import { zoneOffset } from '../run/zones.js';
import { DURATION, INT, STRING, TIMESTAMP } from '../types.js';
import { CelError, type Duration, type Timestamp } from '../values.js';

const DAY = 86_400_000_000_000n;

interface Local {
  readonly days: number;
  readonly nanosOfDay: bigint;
}

function local({ nanos }: Timestamp, zone: string): Local | CelError {
  const offset = zoneOffset(zone, nanos);
  if (offset instanceof CelError) return offset;
  const shifted = nanos + BigInt(offset) * 1_000_000_000n;
  const days = floorDivide(shifted, DAY);
  return { days: Number(days), nanosOfDay: shifted - days * DAY };
}

function part(id: string, withZone: string, read: (at: Local) => number): Overload[] {
  const run = (at: Timestamp, zone = 'UTC') => {
    const found = local(at, zone);
    return found instanceof CelError ? found : BigInt(read(found));
  };
  return [member(id, [TIMESTAMP], INT, run as Run), member(withZone, [TIMESTAMP, STRING], INT, run as Run)];
}

function ofDay(unit: bigint, count: bigint): (at: Local) => number {
  return ({ nanosOfDay }) => Number((nanosOfDay / unit) % count);
}

function ofSpan(id: string, unit: bigint, count?: bigint): Overload {
  const run = ({ nanos }: Duration) => (count === undefined ? nanos / unit : (nanos / unit) % count);
  return member(id, [DURATION], INT, run);
}

/** What is asked of times. */
export const TIMES: Library = {
  getDate: declared(
    ...part(
      'timestamp_to_day_of_month_1_based',
      'timestamp_to_day_of_month_1_based_with_tz',
      ({ days }) => dateOf(days).day,
    ),
  ),
  getDayOfMonth: declared(
    ...part('timestamp_to_day_of_month', 'timestamp_to_day_of_month_with_tz', ({ days }) => dateOf(days).day - 1),
  ),
  getDayOfWeek: declared(
    ...part('timestamp_to_day_of_week', 'timestamp_to_day_of_week_with_tz', ({ days }) => (((days + 4) % 7) + 7) % 7),
  ),
  getDayOfYear: declared(
    ...part('timestamp_to_day_of_year', 'timestamp_to_day_of_year_with_tz', ({ days }) => {
      return days - daysOf({ year: dateOf(days).year, month: 1, day: 1 });
    }),
  ),
  getFullYear: declared(...part('timestamp_to_year', 'timestamp_to_year_with_tz', ({ days }) => dateOf(days).year)),
  getHours: declared(
    ...part('timestamp_to_hours', 'timestamp_to_hours_tz', ofDay(3_600_000_000_000n, 24n)),
    ofSpan('duration_to_hours', 3_600_000_000_000n),
  ),
  getMilliseconds: declared(
    ...part('timestamp_to_milliseconds', 'timestamp_to_milliseconds_tz', ofDay(1_000_000n, 1000n)),
    ofSpan('duration_to_milliseconds', 1_000_000n),
  ),
  getMinutes: declared(
    ...part('timestamp_to_minutes', 'timestamp_to_minutes_tz', ofDay(60_000_000_000n, 60n)),
    ofSpan('duration_to_minutes', 60_000_000_000n),
  ),
  getMonth: declared(...part('timestamp_to_month', 'timestamp_to_month_with_tz', ({ days }) => dateOf(days).month - 1)),
  getSeconds: declared(
    ...part('timestamp_to_seconds', 'timestamp_to_seconds_tz', ofDay(1_000_000_000n, 60n)),
    ofSpan('duration_to_seconds', 1_000_000_000n),
  ),
};
