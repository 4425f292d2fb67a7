/** The time zones that IANA keeps (tzdata 2025c): their names, and how their clocks go. */
import { dateOf, daysOf } from './calendar.js';
import { ZONE_RULES } from './time-zone-rules.js';

const DAY = 86_400;

/** When summer time begins or ends: `M3.2.0/2` is the second Sunday of March at two o'clock. */
interface Turn {
  readonly month: number;
  readonly week: number;
  readonly weekday: number;
  readonly seconds: number;
}

/** Seconds ahead of UTC, and where there is summer time when it is. */
interface Rule {
  readonly standard: number;
  readonly summer?: { readonly offset: number; readonly from: Turn; readonly to: Turn };
}

let rules: ReadonlyMap<string, Rule> | undefined;

/** Whether there is a time zone of a name, in the case it is written in. */
export function isTimeZone(name: string): boolean {
  return rulesByName().has(name);
}

/** Whether a name is the beginning of others, before a slash: a folder of the database. */
export function isTimeZoneRegion(name: string): boolean {
  return name !== '' && [...rulesByName().keys()].some((zone) => zone.startsWith(`${name}/`));
}

/** How many seconds the clocks of a zone are ahead of UTC at a Unix time; undefined for a zone that is none. */
export function secondsAhead(name: string, seconds: number): number | undefined {
  const rule = rulesByName().get(name);
  return rule && offsetAt(rule, seconds);
}

function rulesByName(): ReadonlyMap<string, Rule> {
  rules ??= readRules();
  return rules;
}

function readRules(): Map<string, Rule> {
  const found = new Map<string, Rule>();
  for (const [text, zones] of Object.entries(ZONE_RULES)) {
    const rule = readRule(text);
    for (const zone of zones.trim().split(/\s+/)) found.set(zone, rule);
  }
  return found;
}

/** `X5X,M3.2.0,M11.1.0`: five hours behind UTC, summer time one hour less, from March to November. */
function readRule(text: string): Rule {
  const [names = '', from, to] = text.split(',');
  const [, standardText = '0', summerText] = /^X([-+]?[\d:]+)(?:X([-+]?[\d:]+)?)?$/.exec(names) ?? [];
  const standard = -readTime(standardText);
  if (from === undefined || to === undefined) return { standard };
  const offset = summerText === undefined ? standard + 3600 : -readTime(summerText);
  return { standard, summer: { offset, from: readTurn(from), to: readTurn(to) } };
}

function readTime(text: string): number {
  const [hours = '0', minutes = '0'] = text.replace(/^[-+]/, '').split(':');
  return (text.startsWith('-') ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

function readTurn(text: string): Turn {
  const [day = '', time = '2'] = text.slice(1).split('/');
  const [month = 1, week = 1, weekday = 0] = day.split('.').map(Number);
  return { month, week, weekday, seconds: readTime(time) };
}

function offsetAt({ standard, summer }: Rule, seconds: number): number {
  if (!summer) return standard;
  const { year } = dateOf(Math.floor((seconds + standard) / DAY));
  const begins = turnAt(summer.from, year) - standard;
  const ends = turnAt(summer.to, year) - summer.offset;
  const isSummer = begins < ends ? seconds >= begins && seconds < ends : seconds >= begins || seconds < ends;
  return isSummer ? summer.offset : standard;
}

/** The moment of a turn in a year, on clocks as they go until then. */
function turnAt({ month, week, weekday, seconds }: Turn, year: number): number {
  const first = daysOf({ year, month, day: 1 });
  const next = month === 12 ? daysOf({ year: year + 1, month: 1, day: 1 }) : daysOf({ year, month: month + 1, day: 1 });
  let day = first + ((weekday - ((first + 4) % 7) + 7) % 7) + (week - 1) * 7;
  while (day >= next) day -= 7;
  return day * DAY + seconds;
}
