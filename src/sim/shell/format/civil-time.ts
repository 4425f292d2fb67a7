/** A moment as a calendar and a clock show it in some zone. Months from 1; Sunday is 0; `seconds` is the Unix time. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  readonly weekday: number;
  readonly yearDay: number;
  /** Seconds east of Greenwich, and the zone's short name. */
  readonly offset: number;
  readonly zone: string;
  readonly seconds: number;
}

/** Days since 1970-01-01 of a date in the Gregorian calendar; months and days may be out of range. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = year + Math.floor((month - 1) / 12);
  const index = (((month - 1) % 12) + 12) % 12;
  const y = index < 2 ? shifted - 1 : shifted;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((index + 10) % 12) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468 + day - 1;
}

/** The date of a day counted from 1970-01-01. */
function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

/** A Unix time on the calendar and clock of a zone. */
export function civilTime(seconds: number, nanosecond: number, zone: Zone): CivilTime {
  const { offset, name } = zone.at(seconds);
  const local = seconds + offset;
  const days = Math.floor(local / 86_400);
  const date = civilFromDays(days);
  const rest = local - days * 86_400;
  return {
    ...date,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
    nanosecond,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysFromCivil(date.year, 1, 1) + 1,
    offset,
    zone: name,
    seconds,
  };
}

/** The Unix time of a local date and time in a zone; parts may be out of range and carry over. */
export function secondsOf(
  local: { year: number; month: number; day: number; hour: number; minute: number; second: number },
  zone: Zone,
): number {
  const flat =
    daysFromCivil(local.year, local.month, local.day) * 86_400 + local.hour * 3600 + local.minute * 60 + local.second;
  const guess = flat - zone.at(flat).offset;
  return flat - zone.at(guess).offset;
}

/** A time zone: its offset from Greenwich in seconds and its short name at an instant. */
export interface Zone {
  at(seconds: number): { offset: number; name: string };
}
