import type { OwnerReference } from '../../api/object.js';

/** What has become of one owner. */
export type OwnerState = 'solid' | 'dangling' | 'waiting for dependents';

/** What to do with an object, judged by its owners (garbagecollector attemptToDeleteItem). */
export type Verdict =
  | { readonly kind: 'keep' }
  /** Owners remain; references to the others are removed. */
  | { readonly kind: 'drop references'; readonly uids: readonly string[] }
  /** All owners wait for their dependents and it has dependents itself: they go before it. */
  | { readonly kind: 'delete in foreground' }
  | { readonly kind: 'delete' };

/** Judges an object by the states of its owners. */
export function judge(
  owners: readonly { readonly reference: OwnerReference; readonly state: OwnerState }[],
  hasDependents: boolean,
): Verdict {
  if (owners.length === 0) return { kind: 'keep' };
  const lost = owners.filter(({ state }) => state !== 'solid').map(({ reference }) => reference.uid);
  if (lost.length < owners.length)
    return lost.length === 0 ? { kind: 'keep' } : { kind: 'drop references', uids: lost };
  const waiting = owners.some(({ state }) => state === 'waiting for dependents');
  return { kind: waiting && hasDependents ? 'delete in foreground' : 'delete' };
}
