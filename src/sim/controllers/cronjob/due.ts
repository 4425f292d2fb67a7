import { parseSchedule, type Schedule, ScheduleError, zoneError } from '../../api/cron.js';
import { nextTime } from '../../api/cron-times.js';
import { parseOptionalTime } from '../../api/time.js';
import type { CronJob } from '../../api/types/batch.js';
import { MILLISECOND, type Micros, SECOND } from '../../kernel/time.js';

/** More times missed than this look like a clock that is wrong. */
const MISSED_MAX = 100;
/** A job is made this much after its time, for clocks that differ a little. */
const SLACK: Micros = 100 * MILLISECOND;

/** A schedule whose times do not come. */
export class NeverError extends Error {}

/** The last time a job should have been made and was not, and how many were missed with it. */
interface Missed {
  /** From when on times count: the last that was kept, or the making of the cron job. */
  readonly earliest: Micros;
  readonly last: Micros | undefined;
  readonly count: 'few' | 'many' | 'none';
}

/**
 * The schedule of a cron job, its time zone put before it.
 * @throws ScheduleError in the words of the library.
 */
export function scheduleOf({ spec }: CronJob): Schedule {
  const { schedule = '', timeZone } = spec;
  if (schedule === '') throw new ScheduleError('empty spec string');
  const zoned = timeZone !== undefined && !schedule.includes('TZ') && zoneError(timeZone) === undefined;
  return parseSchedule(zoned ? `TZ=${timeZone} ${schedule}` : schedule);
}

/**
 * The time for which a job is due, and whether too many before it were missed; undefined when none is.
 * @throws NeverError
 */
export function dueTime(cronJob: CronJob, schedule: Schedule, now: Micros): { at: Micros; many: boolean } | undefined {
  const { last, count } = missedTimes(cronJob, schedule, now, true);
  return last === undefined || last > now ? undefined : { at: last, many: count === 'many' };
}

/** How long until the cron job has to be looked at again; 0 when its schedule has no more times. */
export function untilNext(cronJob: CronJob, schedule: Schedule, now: Micros): Micros {
  const next = nextTime(schedule, nextFrom(cronJob, schedule, now));
  return next === undefined ? 0 : next + SLACK - now;
}

function nextFrom(cronJob: CronJob, schedule: Schedule, now: Micros): Micros {
  try {
    const { earliest, last, count } = missedTimes(cronJob, schedule, now, false);
    return last ?? (count === 'none' ? earliest : now);
  } catch (error) {
    if (!(error instanceof NeverError)) throw error;
    return now;
  }
}

/** Guesses by the first two times how many were missed, and looks for the last from there (mostRecentScheduleTime). */
function missedTimes(cronJob: CronJob, schedule: Schedule, now: Micros, deadline: boolean): Missed {
  const { metadata, spec, status } = cronJob;
  const since = parseOptionalTime(status?.lastScheduleTime) ?? parseOptionalTime(metadata.creationTimestamp) ?? 0;
  const seconds = deadline ? spec.startingDeadlineSeconds : undefined;
  const earliest = seconds === undefined ? since : Math.max(since, now - seconds * SECOND);
  const first = nextTime(schedule, earliest);
  if (first !== undefined && now < first) return { earliest, last: undefined, count: 'none' };
  const second = first === undefined ? undefined : nextTime(schedule, first);
  if (first === undefined || second === undefined) {
    throw new NeverError('time difference between two schedules is less than 1 second');
  }
  if (now < second) return { earliest, last: first, count: 'none' };
  const between = Math.round((second - first) / SECOND);
  const missed = Math.floor(Math.floor((now - first) / SECOND) / between) + 1;
  let last: Micros | undefined;
  let at = nextTime(schedule, first + (missed - 2) * between * SECOND);
  for (; at !== undefined && at <= now; at = nextTime(schedule, at)) last = at;
  return { earliest, last, count: missed > MISSED_MAX ? 'many' : 'few' };
}
