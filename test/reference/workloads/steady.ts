import type { Told } from './story.js';

/** What stands for something that is not always the same. */
export const UNSTEADY = 'UNSTEADY';

/** Begins changes whose numbers depend on how fast pods are. */
export const NO_NUMBERS = 'WITHOUT NUMBERS';

/** What two runs of the same scenario have in common; the rest is UNSTEADY. */
export function steady(first: Told, second: Told): Told {
  const changes: Record<string, readonly string[]> = {};
  for (const [key, all] of Object.entries(first.changes)) changes[key] = commonChanges(all, second.changes[key] ?? []);
  return {
    title: first.title,
    calms: first.calms.map((lines, at) => common(lines, second.calms[at] ?? [])),
    events: commonEvents(first.events, second.events),
    changes,
    refusals: common(first.refusals, second.refusals),
  };
}

function commonChanges(first: readonly string[], second: readonly string[]): readonly string[] {
  const equal = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) === JSON.stringify(b);
  if (equal(first, second)) return first;
  const without = withoutNumbers(first);
  return equal(without, withoutNumbers(second)) ? [NO_NUMBERS, ...without] : [UNSTEADY];
}

/** The changes of an object but for how its pods were counted on the way. */
export function withoutNumbers(changes: readonly string[]): string[] {
  const plain = changes.map((one) => one.replace(/ ?\b\w+=\d+\b/g, '').trim());
  return plain.filter((one, index) => one !== plain[index - 1]);
}

function common(first: readonly string[], second: readonly string[]): string[] {
  return first.map((line, index) => (line === second[index] ? line : `${UNSTEADY} ${line}`));
}

/** Events of an object in their order, or, when that changes, what is in both. */
function commonEvents(first: readonly string[], second: readonly string[]): string[] {
  const left = [...second];
  return first.map((line) => {
    const at = left.indexOf(line);
    if (at < 0) return `${UNSTEADY} ${line}`;
    left.splice(at, 1);
    return line;
  });
}
