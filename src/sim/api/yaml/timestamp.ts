const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(.*)$/s;
const CLOCK = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(.*)$/s;
const ZONE = /^(?:Z|[+-](\d{2}):(\d{2}))$/;

/**
 * Whether a plain word looks like a moment to the library (go-yaml v2): a date alone, a date and a time after a
 * space, or RFC 3339 with short fields. It reads as a string all the same, but is printed in quotes.
 */
export function looksLikeTimestamp(text: string): boolean {
  const date = DATE.exec(text);
  if (date === null) return false;
  const [year, month, day] = [Number(date[1]), Number(date[2]), Number(date[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  const rest = date[4] ?? '';
  if (rest === '') return true;
  const separator = rest[0] ?? '';
  if (!'Tt '.includes(separator)) return false;
  const clock = CLOCK.exec(rest.slice(1));
  if (clock === null || Number(clock[1]) > 23 || Number(clock[2]) > 59 || Number(clock[3]) > 59) return false;
  const zone = clock[4] ?? '';
  if (separator === ' ') return zone === '';
  const offset = ZONE.exec(zone);
  return offset !== null && Number(offset[1] ?? 0) <= 24 && Number(offset[2] ?? 0) < 60;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
