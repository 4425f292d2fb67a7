import type { CheckResult, Report } from '../../src/checker/rubric.js';
import type { KnownDifference } from './known-differences.js';

/** One case of a lab, played on both clusters. */
export interface PlayedCase {
  readonly lab: string;
  readonly says: string;
  readonly simulated: Report | { readonly failed: string };
  readonly real: Report | { readonly failed: string };
}

/** How one case came out. */
export interface ComparedCase {
  readonly lab: string;
  readonly says: string;
  /** Checks that ended alike, and all that there are. */
  readonly alike: number;
  readonly checks: number;
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly check: string;
  readonly text: string;
  /** Why it is so, where that is known. */
  readonly because: string | undefined;
}

/** Compares two reports check by check: whether each holds, and whether that could be found out. */
export function comparedCase(played: PlayedCase, known: readonly KnownDifference[]): ComparedCase {
  const { lab, says, simulated, real } = played;
  const because = (check: string): string | undefined => known.find((one) => fits(one, lab, says, check))?.because;
  if ('failed' in simulated || 'failed' in real) {
    const words = (one: PlayedCase['real']): string => ('failed' in one ? one.failed : 'it was graded');
    const text = `simulated: ${words(simulated)}; real: ${words(real)}`;
    return { lab, says, alike: 0, checks: 0, differences: [{ check: '-', text, because: because('-') }] };
  }
  const other = new Map(real.checks.map((check) => [check.id, check]));
  const differing = simulated.checks.filter((check) => outcome(check) !== outcome(other.get(check.id)));
  return {
    lab,
    says,
    alike: simulated.checks.length - differing.length,
    checks: simulated.checks.length,
    differences: differing.map((check) => ({
      check: check.id,
      text: `simulated: ${told(check)}; real: ${told(other.get(check.id))}`,
      because: because(check.id),
    })),
  };
}

function fits(known: KnownDifference, lab: string, says: string, check: string): boolean {
  const { lab: of, case: where, check: what } = known;
  return of === lab && (where === undefined || says.includes(where)) && (what === undefined || what === check);
}

function outcome(check: CheckResult | undefined): string {
  if (!check) return 'missing';
  if (check.undecided) return 'undecided';
  return check.passed ? 'holds' : 'fails';
}

function told(check: CheckResult | undefined): string {
  return `${outcome(check)}${check && !check.passed ? ` (wanted ${check.expected}, found ${check.found})` : ''}`;
}
