import type { Micros } from '../../kernel/time.js';

/** What was thought right at an instant, before it was stabilised. */
export interface Recommendation {
  readonly replicas: number;
  readonly at: Micros;
}

/** By how many replicas a target was changed. */
export interface ScaleEvent {
  readonly change: number;
  readonly at: Micros;
}

/** What the controller remembers of one autoscaler; it is lost when the controller starts anew. */
export interface Memory {
  readonly recommendations: Recommendation[];
  readonly ups: ScaleEvent[];
  readonly downs: ScaleEvent[];
}

/** Puts something new in the place of the last that `isOld` says nobody needs any more, or at the end. */
export function remember<T>(list: T[], isOld: (one: T) => boolean, added: T): void {
  const place = list.findLastIndex(isOld);
  if (place >= 0) list[place] = added;
  else list.push(added);
}
