import type { Lab } from '../format/lab.js';
import type { Problem } from '../format/problem.js';

/** Guards that no mistake fails: a guard that cannot be seen to fail is no guard. */
export function unprovenGuards({ file, content }: Lab): Problem[] {
  const failed = new Set((content.spec.mistakes ?? []).flatMap(({ fails }) => fails));
  return content.spec.checks.flatMap((check, index): Problem[] =>
    check.guard && !failed.has(check.id)
      ? [{ file, line: undefined, field: `spec.checks[${index}]`, message: `no mistake fails the guard ${check.id}` }]
      : [],
  );
}
