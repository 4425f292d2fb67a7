import type { Micros } from '../kernel/time.js';
import { SECOND } from '../kernel/time.js';
import { dateOf, daysOf } from './calendar.js';
import type { Schedule } from './cron.js';
import { secondsAhead } from './time-zones.js';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
/** A schedule without a time in so many years has none. */
const YEARS_MAX = 5;

type CalendarSchedule = Exclude<Schedule, { every: Micros }>;

/** What clocks and calendars of a zone show. */
interface Shown {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

/**
 * The first time of a schedule after an instant, on whole seconds; undefined for one that never comes, such as the 31st
 * of February. Days on which clocks are changed go as in robfig/cron: an hour that is left out has no times, one that
 * comes twice has them twice.
 */
export function nextTime(schedule: Schedule, after: Micros): Micros | undefined {
  const second = Math.floor(after / SECOND);
  if (schedule.every !== undefined) return second * SECOND + schedule.every;
  const { minute, hour, month } = schedule;
  // A field may be a lone comma. All minutes of years would be tried in vain.
  if ([minute, hour, month].some(({ values }) => values.size === 0)) return undefined;
  const found = new Search(schedule, second + 1).run();
  return found === undefined ? undefined : found * SECOND;
}

/** Walks from field to field, the largest first; where one goes round, it begins anew (SpecSchedule.Next). */
class Search {
  /** Whether the smaller fields are at their beginnings already. */
  private moved = false;

  constructor(
    private readonly schedule: CalendarSchedule,
    private at: number,
  ) {}

  run(): number | undefined {
    const lastYear = this.shown().year + YEARS_MAX;
    while (this.shown().year <= lastYear) {
      if (this.findMonth() && this.findDay() && this.findHour() && this.findMinute()) return this.toMinute();
    }
    return undefined;
  }

  private findMonth(): boolean {
    while (!this.schedule.month.values.has(this.shown().month)) {
      if (this.begin()) this.at = this.instantOf({ ...this.shown(), day: 1, hour: 0, minute: 0 });
      const shown = this.shown();
      this.at = this.instantOf({ ...shown, month: shown.month + 1 });
      if (this.shown().month === 1) return false;
    }
    return true;
  }

  private findDay(): boolean {
    while (!this.isDay()) {
      if (this.begin()) this.at = this.instantOf({ ...this.shown(), hour: 0, minute: 0 });
      const shown = this.shown();
      this.at = this.instantOf({ ...shown, day: shown.day + 1 });
      const { hour } = this.shown();
      // A midnight that clocks pass over.
      if (hour !== 0) this.at += hour > 12 ? (24 - hour) * HOUR : -hour * HOUR;
      if (this.shown().day === 1) return false;
    }
    return true;
  }

  private findHour(): boolean {
    while (!this.schedule.hour.values.has(this.shown().hour)) {
      if (this.begin()) this.at = this.instantOf({ ...this.shown(), minute: 0 });
      this.at += HOUR;
      if (this.shown().hour === 0) return false;
    }
    return true;
  }

  private findMinute(): boolean {
    while (!this.schedule.minute.values.has(this.shown().minute)) {
      if (this.begin()) this.at -= this.at % MINUTE;
      this.at += MINUTE;
      if (this.shown().minute === 0) return false;
    }
    return true;
  }

  /** Times are at second 0: from within a minute on it is the next one, which may be of another hour. */
  private toMinute(): number | undefined {
    if (this.at % MINUTE === 0) return this.at;
    this.at += MINUTE - (this.at % MINUTE);
    this.moved = true;
    return this.run();
  }

  /** Both the day of the month and the weekday must fit where one of them is a star; else either. */
  private isDay(): boolean {
    const { day, weekday } = this.schedule;
    const shown = this.shown();
    const [fitsDay, fitsWeekday] = [day.values.has(shown.day), weekday.values.has(shown.weekday)];
    return day.star || weekday.star ? fitsDay && fitsWeekday : fitsDay || fitsWeekday;
  }

  private begin(): boolean {
    const first = !this.moved;
    this.moved = true;
    return first;
  }

  private shown(): Shown {
    const local = this.at + this.ahead(this.at);
    const days = Math.floor(local / DAY);
    const rest = local - days * DAY;
    return {
      ...dateOf(days),
      weekday: (((days + 4) % 7) + 7) % 7,
      hour: Math.floor(rest / HOUR),
      minute: Math.floor((rest % HOUR) / MINUTE),
    };
  }

  /** As Go's time.Date: a time that clocks pass over is shown by one of the two offsets around it. */
  private instantOf({ year, month, day, hour, minute }: Omit<Shown, 'weekday'>): number {
    const first = month > 12 ? daysOf({ year: year + 1, month: month - 12, day: 1 }) : daysOf({ year, month, day: 1 });
    const local = (first + day - 1) * DAY + hour * HOUR + minute * MINUTE;
    return local - this.ahead(local - this.ahead(local));
  }

  private ahead(seconds: number): number {
    return secondsAhead(this.schedule.zone, seconds) ?? 0;
  }
}
