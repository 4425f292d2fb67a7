import type { JournalEntry } from '../systemd/journal.js';
import { completeName } from '../systemd/load-unit.js';

/** Which lines are asked for. */
export interface Selection {
  readonly units: readonly string[];
  readonly identifiers: readonly string[];
  readonly priority: readonly [from: number, to: number] | undefined;
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly kernel: boolean;
  readonly grep: RegExp | undefined;
  /** `FIELD=value` operands. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly boot: string | undefined;
}

const PRIORITIES = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];

/** Reads `-p`: a name, a number, or a range with two dots; undefined when it is none. */
export function parsePriority(text: string): [number, number] | undefined {
  const numberOf = (part: string) => (/^[0-7]$/.test(part) ? Number(part) : PRIORITIES.indexOf(part));
  const [one = '', other] = text.split('..');
  const from = numberOf(one);
  if (from < 0) return undefined;
  if (other === undefined) return [0, from];
  const to = numberOf(other);
  return to < 0 ? undefined : [Math.min(from, to), Math.max(from, to)];
}

/** Whether a line is about a unit: written by it, or by pid 1 about it. */
function concerns(entry: JournalEntry, unit: string): boolean {
  const pattern = /[*?]/.test(unit)
    ? new RegExp(`^${unit.replace(/\./g, '\\.').replace(/\*/g, '.*').replace(/\?/g, '.')}$`)
    : undefined;
  const names = [entry.unit, entry.about].filter((name): name is string => name !== undefined);
  return names.some((name) => (pattern ? pattern.test(name) : name === completeName(unit)));
}

const FIELDS: Readonly<Record<string, (entry: JournalEntry) => string | undefined>> = {
  PRIORITY: ({ priority }) => `${priority}`,
  SYSLOG_IDENTIFIER: ({ identifier }) => identifier,
  UNIT: ({ about }) => about,
  _COMM: ({ identifier }) => identifier,
  _PID: ({ pid }) => (pid === undefined ? undefined : `${pid}`),
  _SYSTEMD_UNIT: ({ unit }) => unit,
  _TRANSPORT: ({ transport }) => transport,
  _UID: ({ uid }) => (uid === undefined ? undefined : `${uid}`),
};

/** Whether a line is asked for. */
export function selected(entry: JournalEntry, selection: Selection): boolean {
  const { units, identifiers, priority, since, until, kernel, grep, fields, boot } = selection;
  if (units.length > 0 && !units.some((unit) => concerns(entry, unit))) return false;
  if (identifiers.length > 0 && !identifiers.includes(entry.identifier)) return false;
  if (priority && (entry.priority < priority[0] || entry.priority > priority[1])) return false;
  if (since !== undefined && entry.time < since) return false;
  if (until !== undefined && entry.time > until) return false;
  if (kernel && entry.transport !== 'kernel') return false;
  if (boot !== undefined && entry.boot !== boot) return false;
  if (grep && !grep.test(entry.message)) return false;
  return fields.every(([name, value]) => FIELDS[name]?.(entry) === value);
}
