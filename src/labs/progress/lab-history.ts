import type { GradedAttempt } from './graded-attempt.js';
import type { LabFacts } from './history-facts.js';
import { inTime } from './mastery.js';

/** Points of a total. */
export interface Points {
  readonly points: number;
  readonly total: number;
}

/** What was done in one lab that was graded at least once. */
export interface LabHistory {
  readonly lab: string;
  /** Undefined for a lab that is not there any more. */
  readonly facts: LabFacts | undefined;
  readonly attempts: number;
  readonly best: Points;
  readonly latest: Points;
  /** Of the latest attempt; undefined where it is not known. */
  readonly seconds: number | undefined;
  /** Of the quickest attempt with every point. */
  readonly quickestSeconds: number | undefined;
  /** The latest attempt earned every point. */
  readonly full: boolean;
  /** And that within the lab's minutes. */
  readonly inTime: boolean;
  /** Some attempt passed. */
  readonly passed: boolean;
  /** When it was last graded: milliseconds since the epoch. */
  readonly at: number;
  readonly graded: readonly GradedAttempt[];
}

/** Sums graded attempts, in their order of time, up by lab; the lab that was tried last comes first. */
export function labHistories(graded: readonly GradedAttempt[], labs: readonly LabFacts[]): LabHistory[] {
  const facts = new Map(labs.map((lab) => [lab.id, lab]));
  const byLab = new Map<string, GradedAttempt[]>();
  for (const one of graded) {
    const { lab } = one.attempt;
    const before = byLab.get(lab);
    if (before) before.push(one);
    else byLab.set(lab, [one]);
  }
  return [...byLab]
    .map(([lab, tries]) => labHistory(lab, facts.get(lab), tries))
    .sort((one, other) => other.at - one.at || (one.lab < other.lab ? -1 : 1));
}

function labHistory(lab: string, facts: LabFacts | undefined, graded: readonly GradedAttempt[]): LabHistory {
  const latest = graded.at(-1) as GradedAttempt;
  const best = graded.reduce((one, other) => (other.share > one.share ? other : one));
  const spans = graded.flatMap(({ full, seconds }) => (full && seconds !== undefined ? [seconds] : []));
  return {
    lab,
    facts,
    attempts: graded.length,
    best: pointsOf(best),
    latest: pointsOf(latest),
    seconds: latest.seconds,
    quickestSeconds: spans.length === 0 ? undefined : Math.min(...spans),
    full: latest.full,
    inTime: inTime(latest, facts?.minutes),
    passed: graded.some(({ attempt }) => attempt.passed === true),
    at: latest.at,
    graded,
  };
}

function pointsOf({ points, total }: Points): Points {
  return { points, total };
}
