import type { Micros } from '../../kernel/time.js';
import { DAY, MILLISECOND } from '../../kernel/time.js';
import { parseSpan } from '../systemd/time-span.js';

/** Reads an instant as systemd.time(7) writes it (`2026-03-02 09:00`, `today`, `-5min`, `10 min ago`); undefined: none. */
export function parseInstant(text: string, now: Micros): Micros | undefined {
  const trimmed = text.trim();
  const midnight = Math.floor(now / DAY) * DAY;
  const named: Readonly<Record<string, Micros>> = {
    now,
    today: midnight,
    tomorrow: midnight + DAY,
    yesterday: midnight - DAY,
  };
  if (named[trimmed] !== undefined) return named[trimmed];
  const unix = /^@(\d+(?:\.\d+)?)$/.exec(trimmed);
  if (unix) return Math.round(Number(unix[1]) * 1_000_000);
  const ago = /^(.*\S)\s+ago$/.exec(trimmed) ?? /^-(.*)$/.exec(trimmed);
  if (ago) return shifted(now, ago[1] ?? '', -1);
  const ahead = /^\+(.*)$/.exec(trimmed);
  if (ahead) return shifted(now, ahead[1] ?? '', 1);
  const clock =
    /^(?:(\d{4}-\d{2}-\d{2})(?:[ T]|$))?(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(?:\s*(?:UTC|Z|\+00:00))?$/.exec(
      trimmed,
    );
  if (!clock || trimmed === '') return undefined;
  const [, date, hours = '0', minutes = '00', seconds = '00'] = clock;
  const day = date === undefined ? midnight : Date.parse(`${date}T00:00:00Z`) * MILLISECOND;
  if (Number.isNaN(day) || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return day + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000_000;
}

function shifted(now: Micros, span: string, sign: 1 | -1): Micros | undefined {
  const micros = parseSpan(span);
  return micros === undefined ? undefined : now + sign * micros;
}
