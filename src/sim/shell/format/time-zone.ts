import type { Zone } from './civil-time.js';
import { daysFromCivil } from './civil-time.js';

/**
 * Places and the rules their clocks follow now, as POSIX TZ texts (TZ(5)); what held in other years is not kept. In
 * alphabetical order.
 */
const PLACES: Readonly<Record<string, string>> = {
  'Africa/Cairo': 'EET-2EEST,M4.5.5/0,M10.5.4/24',
  'Africa/Johannesburg': 'SAST-2',
  'Africa/Lagos': 'WAT-1',
  'Africa/Nairobi': 'EAT-3',
  'America/Bogota': '<-05>5',
  'America/Chicago': 'CST6CDT,M3.2.0,M11.1.0',
  'America/Denver': 'MST7MDT,M3.2.0,M11.1.0',
  'America/Los_Angeles': 'PST8PDT,M3.2.0,M11.1.0',
  'America/Mexico_City': 'CST6',
  'America/New_York': 'EST5EDT,M3.2.0,M11.1.0',
  'America/Phoenix': 'MST7',
  'America/Sao_Paulo': '<-03>3',
  'America/Toronto': 'EST5EDT,M3.2.0,M11.1.0',
  'America/Vancouver': 'PST8PDT,M3.2.0,M11.1.0',
  'Asia/Dubai': '<+04>-4',
  'Asia/Hong_Kong': 'HKT-8',
  'Asia/Jakarta': 'WIB-7',
  'Asia/Jerusalem': 'IST-2IDT,M3.4.4/26,M10.5.0',
  'Asia/Karachi': 'PKT-5',
  'Asia/Kolkata': 'IST-5:30',
  'Asia/Seoul': 'KST-9',
  'Asia/Shanghai': 'CST-8',
  'Asia/Singapore': '<+08>-8',
  'Asia/Tokyo': 'JST-9',
  'Australia/Melbourne': 'AEST-10AEDT,M10.1.0,M4.1.0/3',
  'Australia/Perth': 'AWST-8',
  'Australia/Sydney': 'AEST-10AEDT,M10.1.0,M4.1.0/3',
  'Europe/Amsterdam': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Athens': 'EET-2EEST,M3.5.0/3,M10.5.0/4',
  'Europe/Berlin': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Brussels': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Budapest': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Copenhagen': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Dublin': 'IST-1GMT0,M10.5.0,M3.5.0/1',
  'Europe/Helsinki': 'EET-2EEST,M3.5.0/3,M10.5.0/4',
  'Europe/Istanbul': '<+03>-3',
  'Europe/Kyiv': 'EET-2EEST,M3.5.0/3,M10.5.0/4',
  'Europe/Lisbon': 'WET0WEST,M3.5.0/1,M10.5.0',
  'Europe/London': 'GMT0BST,M3.5.0/1,M10.5.0',
  'Europe/Madrid': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Moscow': 'MSK-3',
  'Europe/Oslo': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Paris': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Prague': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Rome': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Stockholm': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Vienna': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Warsaw': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Europe/Zurich': 'CET-1CEST,M3.5.0,M10.5.0/3',
  'Pacific/Auckland': 'NZST-12NZDT,M9.5.0,M4.1.0/3',
  'Pacific/Honolulu': 'HST10',
};

export const UTC: Zone = { at: () => ({ offset: 0, name: 'UTC' }) };

/** The zone that the variable TZ names: a place (`Europe/Paris`), a POSIX rule (`EST5EDT,M3.2.0,M11.1.0`), or UTC. */
export function zoneOf(tz: string | undefined): Zone {
  const text = (tz ?? '').replace(/^:/, '');
  if (/^(?:|UTC|UCT|Zulu|Etc\/UTC|UTC-?0)$/.test(text)) return UTC;
  return ruleZone(PLACES[text] ?? text) ?? { at: () => ({ offset: 0, name: /^[A-Za-z]+/.exec(text)?.[0] ?? 'UTC' }) };
}

const NAME = '([A-Za-z]{3,}|<[^>]+>)';
const OFFSET = '([-+]?\\d{1,3}(?::\\d{2})?)';
const DAY = '(M\\d+\\.\\d+\\.\\d+(?:/[-+]?\\d+)?)';
const RULE = new RegExp(`^${NAME}${OFFSET}(?:${NAME}${OFFSET}?(?:,${DAY},${DAY})?)?$`);

function ruleZone(text: string): Zone | undefined {
  const match = RULE.exec(text);
  if (!match) return undefined;
  const [, name = '', offsetText = '0', summerName, summerOffset, start = 'M3.2.0', end = 'M11.1.0'] = match;
  const plain = (label: string) => label.replace(/[<>]/g, '');
  const standard = { offset: eastOf(offsetText), name: plain(name) };
  if (summerName === undefined) return { at: () => standard };
  const summer = {
    offset: summerOffset === undefined ? standard.offset + 3600 : eastOf(summerOffset),
    name: plain(summerName),
  };
  return {
    at: (seconds) => {
      const year = yearOf(seconds + standard.offset);
      const from = changeAt(year, start) - standard.offset;
      const to = changeAt(year, end) - summer.offset;
      const isSummer = from < to ? seconds >= from && seconds < to : seconds >= from || seconds < to;
      return isSummer ? summer : standard;
    },
  };
}

/** POSIX counts offsets westwards. */
function eastOf(text: string): number {
  const [hours = '0', minutes = '0'] = text.replace(/^[-+]/, '').split(':');
  const seconds = Number(hours) * 3600 + Number(minutes) * 60;
  return text.startsWith('-') ? seconds : 0 - seconds + 0;
}

function yearOf(seconds: number): number {
  let year = 1970 + Math.floor(seconds / 31_556_952);
  while (daysFromCivil(year + 1, 1, 1) * 86_400 <= seconds) year += 1;
  while (daysFromCivil(year, 1, 1) * 86_400 > seconds) year -= 1;
  return year;
}

/** Local seconds of `Mmonth.week.weekday/hour` in a year; week 5 is the last. */
function changeAt(year: number, rule: string): number {
  const [date = '', hour = '2'] = rule.slice(1).split('/');
  const [month = 1, week = 1, weekday = 0] = date.split('.').map(Number);
  const first = daysFromCivil(year, month, 1);
  let day = first + ((weekday - ((first + 4) % 7) + 7) % 7) + (week - 1) * 7;
  while (day >= daysFromCivil(year, month + 1, 1)) day -= 7;
  return day * 86_400 + Number(hour) * 3600;
}
