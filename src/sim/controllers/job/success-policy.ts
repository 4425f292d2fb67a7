import type { JobSpec } from '../../api/types/batch.js';
import { countOf, type Intervals, parseIntervals } from './intervals.js';

/** What the job's success policy says of the indexes that succeeded; undefined when none of its rules is met. */
export function successMessage({ successPolicy, completions = 0 }: JobSpec, succeeded: Intervals): string | undefined {
  if (succeeded.length === 0) return undefined;
  for (const [index, { succeededIndexes, succeededCount }] of (successPolicy?.rules ?? []).entries()) {
    const wanted = succeededIndexes === undefined ? undefined : parseIntervals(succeededIndexes, completions);
    const found = wanted ? sharedCount(wanted, succeeded) : countOf(succeeded);
    const all = wanted !== undefined && wanted.length > 0 && found === countOf(wanted);
    const enough = succeededCount !== undefined && wanted?.length !== 0 && found >= succeededCount;
    if (all || enough) return `Matched rules at index ${index}`;
  }
  return undefined;
}

function sharedCount(some: Intervals, others: Intervals): number {
  let shared = 0;
  for (const one of some)
    for (const other of others)
      shared += Math.max(0, Math.min(one.last, other.last) - Math.max(one.first, other.first) + 1);
  return shared;
}
