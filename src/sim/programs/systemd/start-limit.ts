import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { LogWriter } from './log-writer.js';
import { parseSpan } from './time-span.js';
import type { Unit } from './unit.js';

const INTERVAL: Micros = 10 * SECOND;
const BURST = 5;

/** Counts a start; true when there were too many lately (systemd.unit(5): StartLimitIntervalSec, StartLimitBurst). */
export function limitReached(unit: Unit, sys: Sys, log: LogWriter): boolean {
  const { settings } = unit.loaded;
  const setting = (...names: string[]) =>
    names
      .map((name) => settings.get('Unit', name) ?? settings.get('Service', name))
      .find((value) => value !== undefined);
  const interval = parseSpan(setting('StartLimitIntervalSec', 'StartLimitInterval') ?? '') ?? INTERVAL;
  const burst = Number(setting('StartLimitBurst') ?? BURST);
  const now = sys.now();
  unit.starts = unit.starts.filter((start) => start > now - interval);
  if (interval > 0 && burst > 0 && unit.starts.length >= burst) {
    log.manager(`${unit.name}: Start request repeated too quickly.`, { unit: unit.name, priority: 4 });
    return true;
  }
  unit.starts.push(now);
  return false;
}
