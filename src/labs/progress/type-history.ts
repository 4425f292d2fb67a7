import type { GradedAttempt } from './graded-attempt.js';
import type { HistoryFacts, LabFacts, TypeFacts } from './history-facts.js';
import type { LabHistory, Points } from './lab-history.js';
import { inTime, masteryOf } from './mastery.js';

/** What was done of one task type: by all labs that drill it together. */
export interface TypeHistory {
  /** As the curriculum has it; a lab that names none of its domain is one of its own, by its id. */
  readonly id: string;
  readonly certification: string;
  readonly domain: string;
  readonly does: string;
  /** Labs that drill it. */
  readonly labs: readonly string[];
  readonly attempts: number;
  readonly best: Points | undefined;
  readonly latest: Points | undefined;
  /** The lab of the latest attempt, and when that was graded. */
  readonly last: { readonly lab: string; readonly at: number } | undefined;
  /** The latest attempt earned every point within its minutes. */
  readonly inTime: boolean;
  /** 0 to 1, see `masteryOf`. */
  readonly mastery: number;
}

/**
 * The task types that labs drill, in the order of the curriculum, and after them the labs that name none of their own
 * domain, each as a type of its own.
 */
export function typeHistories(tried: readonly LabHistory[], facts: HistoryFacts, now: number): TypeHistory[] {
  const byLab = new Map(tried.map((one) => [one.lab, one]));
  const drilled = new Map<string, LabFacts[]>();
  for (const lab of facts.labs) {
    for (const type of lab.types.filter((id) => facts.types.has(id))) {
      drilled.set(type, [...(drilled.get(type) ?? []), lab]);
    }
  }
  const named = [...facts.types.values()]
    .filter(({ id }) => drilled.has(id))
    .map((type) => typeHistory(type, drilled.get(type.id) ?? [], byLab, now));
  const ownTypes = facts.labs
    .filter((lab) => !lab.types.some((id) => isOf(facts.types.get(id), lab)))
    .map(({ title, ...lab }) => typeHistory({ ...lab, does: title }, [{ title, ...lab }], byLab, now));
  return [...named, ...ownTypes];
}

/** Whether a type stands in the curriculum where a lab says it belongs. */
function isOf(type: TypeFacts | undefined, { certification, domain }: LabFacts): boolean {
  return type?.certification === certification && type.domain === domain;
}

type Named = Pick<TypeHistory, 'id' | 'certification' | 'domain' | 'does'>;

function typeHistory(
  { id, certification, domain, does }: Named,
  labs: readonly LabFacts[],
  byLab: ReadonlyMap<string, LabHistory>,
  now: number,
): TypeHistory {
  const tries = labs.flatMap((lab) => (byLab.get(lab.id)?.graded ?? []).map((graded) => ({ lab, graded })));
  const latest = tries.reduce<(typeof tries)[number] | undefined>(
    (one, other) => (one === undefined || other.graded.at > one.graded.at ? other : one),
    undefined,
  );
  const best = tries.reduce<GradedAttempt | undefined>(
    (one, { graded }) => (one === undefined || graded.share > one.share ? graded : one),
    undefined,
  );
  return {
    id,
    certification,
    domain,
    does,
    labs: labs.map((lab) => lab.id),
    attempts: tries.length,
    best: best && { points: best.points, total: best.total },
    latest: latest && { points: latest.graded.points, total: latest.graded.total },
    last: latest && { lab: latest.lab.id, at: latest.graded.at },
    inTime: latest !== undefined && inTime(latest.graded, latest.lab.minutes),
    mastery: masteryOf(latest?.graded, latest?.lab.minutes, now),
  };
}
