import type { Zone } from './civil-time.js';
import { daysFromCivil } from './civil-time.js';

export const UTC: Zone = { at: () => ({ offset: 0, name: 'UTC' }) };

/** The zone that the variable TZ names: a place (`Europe/Paris`), a POSIX offset (`EST5`), or UTC when it is neither. */
export function zoneOf(tz: string | undefined): Zone {
  const text = (tz ?? '').replace(/^:/, '');
  if (text === '' || /^(?:UTC|UCT|Zulu|Etc\/UTC|UTC-?0)$/.test(text)) return UTC;
  const posix = /^([A-Za-z]{3,}|<[^>]+>)([-+]?)(\d{1,2})(?::(\d{2}))?/.exec(text);
  if (posix && !text.includes('/')) {
    const offset = (Number(posix[3]) * 3600 + Number(posix[4] ?? 0) * 60) * (posix[2] === '-' ? 1 : -1);
    const name = (posix[1] as string).replace(/[<>]/g, '');
    return { at: () => ({ offset: offset === 0 ? 0 : offset, name }) };
  }
  return placeZone(text) ?? { at: () => ({ offset: 0, name: /^[A-Za-z]+/.exec(text)?.[0] ?? 'UTC' }) };
}

function placeZone(name: string): Zone | undefined {
  let parts: Intl.DateTimeFormat;
  let short: Intl.DateTimeFormat;
  try {
    const fields = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const;
    parts = new Intl.DateTimeFormat('en-US', { timeZone: name, hourCycle: 'h23', ...fields });
    short = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'short' });
  } catch {
    return undefined;
  }
  return {
    at: (seconds) => {
      const value = (type: string) => Number(found.find((part) => part.type === type)?.value ?? 0);
      const found = parts.formatToParts(seconds * 1000);
      const local =
        daysFromCivil(value('year'), value('month'), value('day')) * 86_400 +
        value('hour') * 3600 +
        value('minute') * 60 +
        value('second');
      const offset = local - Math.floor(seconds);
      const label = short.formatToParts(seconds * 1000).find((part) => part.type === 'timeZoneName')?.value ?? '';
      return { offset, name: zoneName(name, offset, label) };
    },
  };
}

/** Abbreviations the C library has and Intl in English does not. */
const EUROPE: Readonly<Record<number, string>> = { 0: 'GMT', 3600: 'CET', 7200: 'CEST', 10800: 'EEST' };

function zoneName(place: string, offset: number, label: string): string {
  if (!label.startsWith('GMT')) return label;
  if (place.startsWith('Europe/London')) return offset === 0 ? 'GMT' : 'BST';
  if (place.startsWith('Europe/') && EUROPE[offset]) return EUROPE[offset] as string;
  if (place === 'Asia/Tokyo') return 'JST';
  if (place === 'Asia/Kolkata' || place === 'Asia/Calcutta') return 'IST';
  if (place === 'Asia/Shanghai') return 'CST';
  const sign = offset < 0 ? '-' : '+';
  const hours = String(Math.floor(Math.abs(offset) / 3600)).padStart(2, '0');
  const minutes = Math.floor((Math.abs(offset) % 3600) / 60);
  return `${sign}${hours}${minutes > 0 ? String(minutes).padStart(2, '0') : ''}`;
}
