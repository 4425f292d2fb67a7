import { readFileSync } from 'node:fs';
import { NO_NUMBERS, UNSTEADY, withoutNumbers } from './steady.js';
import type { Told } from './story.js';

/** What the real cluster did, by the title of the scenario, and which programs it was. */
export function readWorkloads(): { server: string; told: ReadonlyMap<string, Told> } {
  const [head, ...lines] = readFileSync(new URL('../recorded/workloads.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const all = lines.map((line) => JSON.parse(line) as Told);
  const { server } = JSON.parse(head as string) as { server: string };
  return { server, told: new Map(all.map((one) => [one.title, one])) };
}

/** Where ours differs, line by line: `- ` what the real cluster has, `+ ` what ours has. Empty when they agree. */
export function differencesOf(real: Told, ours: Told): string[] {
  const found: string[] = [];
  for (const [at, lines] of real.calms.entries())
    found.push(...titled(`at calm ${at + 1}`, linesApart(lines, ours.calms[at] ?? [])));
  found.push(...titled('events', linesApart(triedOnce(real.events), triedOnce(ours.events))));
  found.push(...titled('refusals', linesApart(real.refusals, ours.refusals)));
  for (const [key, changes] of Object.entries(real.changes))
    found.push(...titled(`changes of ${key}`, changesApart(changes, ours.changes[key] ?? [])));
  for (const key of Object.keys(ours.changes))
    if (!real.changes[key]) found.push(`changes of ${key}: only ours has it`);
  return found;
}

/** How often a pod is tried while its claims are seen to depends on how fast everybody is: the same words count once. */
function triedOnce(events: readonly string[]): string[] {
  const isTry = (line: string): boolean => /FailedScheduling: .*persistentvolumeclaim/i.test(line);
  return events.filter((line, at) => !isTry(line) || line !== events[at - 1]);
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines];
}

/** Lines of the one that the other has not, in either direction. A line that is UNSTEADY stands for any one of its object, or of any pod where it is about one. */
function linesApart(real: readonly string[], ours: readonly string[]): string[] {
  const left = [...ours];
  const missing: string[] = [];
  const unsteady: string[] = [];
  for (const line of real) {
    if (line.startsWith(UNSTEADY)) {
      unsteady.push(line.slice(UNSTEADY.length + 1));
      continue;
    }
    const at = left.indexOf(line);
    if (at < 0) missing.push(`- ${line}`);
    else left.splice(at, 1);
  }
  for (const line of unsteady) {
    const start = line.split(' ', line.startsWith('Pod ') ? 1 : 2).join(' ');
    const at = left.findIndex((one) => one.startsWith(start));
    if (at >= 0) left.splice(at, 1);
  }
  return [...missing, ...left.map((line) => `+ ${line}`)];
}

/**
 * How often a status is written on the way depends on how fast everybody is: of two ways the one may leave out steps of
 * the other.
 */
function changesApart(real: readonly string[], ours: readonly string[]): string[] {
  if (real[0] === UNSTEADY) return [];
  const wanted = real[0] === NO_NUMBERS ? real.slice(1) : real;
  const given = real[0] === NO_NUMBERS ? withoutNumbers(ours) : ours;
  if (isWithin(wanted, given) || isWithin(given, wanted)) return [];
  const [plain, oursPlain] = [withoutNumbers(wanted), withoutNumbers(given)];
  if (isWithin(plain, oursPlain) || isWithin(oursPlain, plain)) return [];
  return [...wanted.map((line) => `- ${line}`), ...given.map((line) => `+ ${line}`)];
}

/** Whether all of the one stands in the other in the same order, from the same first to the same last. */
function isWithin(few: readonly string[], many: readonly string[]): boolean {
  if (few[0] !== many[0] || few.at(-1) !== many.at(-1)) return false;
  let at = 0;
  for (const one of many) if (one === few[at]) at += 1;
  return at === few.length;
}
