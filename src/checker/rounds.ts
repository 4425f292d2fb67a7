import type { Act } from './acting/act.js';
import { kindOf, subjectsIn } from './checks/register.js';
import type { Check } from './rubric.js';
import type { Touch } from './subject.js';

/** In which order checks are judged, and which of them share a cluster. */
export interface Rounds {
  /** On the cluster itself: those that only look, then those that make pods, for these must not be counted by the others. */
  readonly still: readonly Check[];
  /** Each on a copy: checks that do the same first share one, as nothing but looking follows. */
  readonly acting: readonly (readonly Check[])[];
}

/** Sorts checks into rounds. */
export function inRounds(checks: readonly Check[]): Rounds {
  const still: Check[] = [];
  const acting = new Map<string, Check[]>();
  for (const check of checks) {
    const touch = touchOf(check);
    if (check.before === undefined && touch !== 'acts') {
      still.push(check);
      continue;
    }
    // A script of the learner's may do anything, so it has a copy to itself.
    const key = touch === 'acts' ? check.id : JSON.stringify(check.before);
    acting.set(key, [...(acting.get(key) ?? []), check]);
  }
  const lookFirst = (list: readonly Check[]): Check[] =>
    [...list].sort((one, other) => Number(touchOf(one) !== undefined) - Number(touchOf(other) !== undefined));
  return { still: lookFirst(still), acting: [...acting.values()].map(lookFirst) };
}

/**
 * Rounds in the order in which they spoil least for those after them, where all act on one cluster: that time passes
 * would happen anyway; a command of the candidate's mostly asks; what makes and deletes objects is seen by whoever counts
 * them; root may do anything to a node, and one that was restarted is not what it was. Else as they are written.
 */
export function leastSpoiltFirst(rounds: readonly (readonly Check[])[]): readonly (readonly Check[])[] {
  const spoilt = new Map(rounds.map((round) => [round, Math.max(...round.map(spoils))]));
  return [...rounds].sort((one, other) => (spoilt.get(one) as number) - (spoilt.get(other) as number));
}

function spoils(check: Check): number {
  const subjects = subjectsIn(check).map(({ subject }) => subject as { readonly script?: { readonly as?: string } });
  const acts = actsOf(check);
  if (acts.some((act) => 'reboot' in act)) return 4;
  const users = [...acts, ...subjects.map(({ script }) => script)].map(
    (one) => (one as { as?: unknown } | undefined)?.as,
  );
  if (users.includes('root')) return 3;
  if (acts.some((act) => 'run' in act)) return 2;
  return subjects.some(({ script }) => script) ? 1 : 0;
}

/** All that a check does, before it looks and while it does. */
export function actsOf(check: Check): readonly Act[] {
  const meanwhile = subjectsIn(check).flatMap(({ subject }) => {
    const { requests } = subject as { readonly requests?: { readonly meanwhile?: readonly Act[] } };
    return requests?.meanwhile ?? [];
  });
  return [...(check.before ?? []), ...meanwhile];
}

function touchOf(check: Check): Touch | undefined {
  const touches = subjectsIn(check).flatMap(({ subject }): Touch | readonly Touch[] => {
    const { touches: touch = [] } = kindOf(subject);
    return typeof touch === 'function' ? touch(subject) : touch;
  });
  return touches.includes('acts') ? 'acts' : touches[0];
}
