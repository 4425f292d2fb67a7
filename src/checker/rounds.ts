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

function touchOf(check: Check): Touch | undefined {
  const touches = subjectsIn(check).flatMap(({ subject }): Touch | readonly Touch[] => {
    const { touches: touch = [] } = kindOf(subject);
    return typeof touch === 'function' ? touch(subject) : touch;
  });
  return touches.includes('acts') ? 'acts' : touches[0];
}
