import type { CheckResult, Report } from '../../src/checker/rubric.js';
import type { Difference, Ended, Remembered } from './played.js';

/** A graded case, or why it could not be graded. */
export type Outcome = Report | { readonly broken: string };

/** Compares two reports check by check: whether each holds, and whether that could be found out. */
export function comparedReports(simulated: Outcome, real: Outcome): Pick<Remembered, 'checks' | 'points' | 'differs'> {
  const of = 'broken' in simulated ? ('broken' in real ? 0 : real.total) : simulated.total;
  const points = { simulated: pointsOf(simulated), real: pointsOf(real), of };
  if ('broken' in simulated || 'broken' in real) {
    return { checks: 0, points, differs: [{ check: '-', simulated: whole(simulated), real: whole(real) }] };
  }
  const other = new Map(real.checks.map((check) => [check.id, check]));
  const differs = simulated.checks.flatMap((check): Difference[] => {
    const [here, there] = [ended(check), ended(other.get(check.id))];
    return here.as === there.as ? [] : [{ check: check.id, simulated: here, real: there }];
  });
  return { checks: simulated.checks.length, points, differs };
}

function whole(one: Outcome): Ended {
  return 'broken' in one ? { as: 'broken', found: one.broken } : { as: 'graded' };
}

function pointsOf(one: Outcome): number {
  return 'broken' in one ? 0 : one.points;
}

function ended(check: CheckResult | undefined): Ended {
  if (!check) return { as: 'missing' };
  const { passed, undecided, earned, expected, found } = check;
  if (passed) return { as: 'holds', points: earned };
  return { as: undecided ? 'undecided' : 'fails', points: earned, expected, found };
}
