import type { Act } from './deed.js';

/** The shortest journal found that still fails: leaves out halves, quarters and at last single acts. */
export function shrink(acts: readonly Act[], fails: (acts: readonly Act[]) => boolean): readonly Act[] {
  let kept = acts;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length; ) {
      const shorter = without(kept, from, size);
      if (fails(shorter)) kept = shorter;
      else from += size;
    }
  }
  return kept;
}

/** A journal without some of its acts; their time passes all the same. */
function without(acts: readonly Act[], from: number, count: number): Act[] {
  const left = acts.slice(from, from + count).reduce((sum, { after }) => sum + after, 0);
  const rest = acts.slice(from + count);
  const [next, ...others] = rest;
  const moved = next ? [{ ...next, after: next.after + left }, ...others] : [];
  return [...acts.slice(0, from), ...moved];
}
