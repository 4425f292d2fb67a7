import { harmless } from '../clusters/plain-text.js';
import type { Verdict } from './condition.js';
import { cutPair } from './cut.js';
import type { Check, CheckResult, Report } from './rubric.js';

/** Turns verdicts into points: guards void, `counts_with` makes a check earn only beside others that pass. */
export function score(checks: readonly Check[], verdicts: ReadonlyMap<string, Verdict>): Report {
  const passed = (id: string): boolean => verdicts.get(id)?.passed === true;
  const broken = checks.filter((check) => check.guard && !passed(check.id));
  const told = new Map<string, string>();
  const results = checks.map((check): CheckResult => {
    const verdict = verdicts.get(check.id) ?? { passed: false, expected: '', found: 'not looked at' };
    const points = check.points ?? 0;
    const without = [
      ...broken.filter(({ voids }) => voids?.includes(check.id) ?? true),
      ...checks.filter(({ id }) => check.counts_with?.includes(id) && !passed(id)),
    ];
    return {
      id: check.id,
      says: check.says,
      guard: check.guard === true,
      serves: check.serves,
      passed: verdict.passed,
      points,
      earned: verdict.passed && without.length === 0 ? points : 0,
      ...(verdict.passed && points > 0 && without.length > 0 ? { withheld: without.map(({ says }) => says) } : {}),
      ...(verdict.undecided ? notTold(check.id, verdict, told) : cutPair(verdict.expected, verdict.found)),
      because: check.because,
    };
  });
  const sum = (pick: (result: CheckResult) => number): number =>
    results.reduce((total, result) => total + pick(result), 0);
  const total = sum(({ points }) => points);
  const points = sum(({ earned }) => earned);
  return {
    points,
    total,
    passed: points === total && results.every((result) => result.passed || !result.guard),
    checks: results,
  };
}

/** Why a check could not be decided; a reason that several have is told once. */
function notTold(
  id: string,
  { expected, found }: Verdict,
  told: Map<string, string>,
): Pick<CheckResult, 'expected' | 'found' | 'undecided'> {
  const first = told.get(found);
  if (first === undefined) told.set(found, id);
  return {
    undecided: true,
    expected: harmless(expected),
    found: first === undefined ? harmless(found) : `for the same reason as ${first}`,
  };
}
