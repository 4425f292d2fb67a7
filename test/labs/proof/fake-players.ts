import type { CheckResult, Report } from '../../../src/checker/rubric.js';
import type { LabInstance } from '../../../src/labs/format/instance.js';
import type { Life } from '../../../src/labs/proof/lives.js';
import type { Seen } from '../../../src/labs/proof/play-life.js';
import type { Players } from '../../../src/labs/proof/players.js';

/** What a machine looks like after lines were typed: the ids of the checks that pass. */
export type Passing = (typed: readonly string[], life: Life) => readonly string[];

/** Players without machines: what passes is a function of what was typed. `lives` notes what was asked of them. */
export function fakePlayers(passing: Passing): Pick<Players, 'live' | 'show'> & { lives: string[][] } {
  const lives: string[][] = [];
  return {
    lives,
    async live(instance, life, tell) {
      lives.push(life.map(({ steps }) => steps.map(({ lines }) => lines.join('\n')).join('; ')));
      const typed: string[] = [];
      for (const stretch of life) {
        typed.push(...stretch.steps.flatMap(({ lines }) => lines));
        tell(stretch, seen(instance, passing(typed, life)), 10);
      }
    },
    show: async () => '',
  };
}

function seen({ checks }: LabInstance, passing: readonly string[]): Seen {
  const guarded = checks.every((check) => !check.guard || passing.includes(check.id));
  const results = checks.map((check): CheckResult => {
    const passed = passing.includes(check.id);
    const points = check.points ?? 0;
    return {
      id: check.id,
      says: check.says,
      guard: check.guard === true,
      serves: check.serves,
      passed,
      points,
      earned: passed && guarded ? points : 0,
      expected: 'so',
      found: passed ? 'so' : 'otherwise',
      because: check.because,
    };
  });
  const points = results.reduce((sum, { earned }) => sum + earned, 0);
  const total = results.reduce((sum, result) => sum + result.points, 0);
  const report: Report = { points, total, passed: points === total && guarded, checks: results };
  return { report, crashes: [], interrupted: [] };
}
