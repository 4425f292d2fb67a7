const DAY_MILLISECONDS = 86_400_000;
const DAYS_OF_WEEK = 7;
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 3;

/** A day of a person's calendar, counted from 1970-01-01. */
export type Day = number;

/** The day on which an instant (milliseconds since the epoch) falls where the program runs. */
export function dayOf(instant: number): Day {
  const date = new Date(instant);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MILLISECONDS);
}

/** `2026-11-22` */
export function dayText(day: Day): string {
  return new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** 0 is Monday, 6 Sunday. */
function weekdayOf(day: Day): number {
  return (((day + EPOCH_WEEKDAY) % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK;
}

/** The Monday on or before a day. */
export function mondayOf(day: Day): Day {
  return day - weekdayOf(day);
}

/** Month from 0, and day of the month from 1. */
export function monthAndDate(day: Day): { readonly month: number; readonly date: number } {
  const date = new Date(day * DAY_MILLISECONDS);
  return { month: date.getUTCMonth(), date: date.getUTCDate() };
}
