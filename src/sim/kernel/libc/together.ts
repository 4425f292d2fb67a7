import type { Sys } from '../sys.js';
import { type Waiting, WaitQueue } from '../wait.js';

/**
 * Does several things at once, the first in the caller's own thread, and gives what came of each, in their order. What
 * one of them throws comes out when all are over: the first of them in order.
 */
export function* together<T>(sys: Sys, works: readonly (() => Waiting<T>)[]): Waiting<T[]> {
  const outcomes = new Array<{ readonly value: T } | { readonly error: unknown } | undefined>(works.length);
  const done = new WaitQueue();
  function* work(at: number): Waiting<void> {
    try {
      outcomes[at] = { value: yield* (works[at] as () => Waiting<T>)() };
    } catch (error) {
      outcomes[at] = { error };
    }
    done.wakeAll();
  }
  for (let at = 1; at < works.length; at += 1) sys.thread(() => work(at));
  if (works.length > 0) yield* work(0);
  while (outcomes.includes(undefined)) yield { queues: [done] };
  return outcomes.map((outcome) => {
    if (outcome && 'value' in outcome) return outcome.value;
    throw outcome?.error;
  });
}
