import { compareText } from '../api/go-text.js';
import type { Refusal } from './plugin.js';

/** There is nothing to choose from. */
export const NO_NODES_MESSAGE = 'no nodes available to schedule pods';

/** Why a pod fits nowhere. */
export interface Diagnosis {
  readonly nodeCount: number;
  /** What each node that was looked at lacks, by name. */
  readonly refusals: ReadonlyMap<string, Refusal>;
  /** What counts for the nodes that were not looked at. */
  readonly absent: Refusal | undefined;
  /** A refusal before any node was looked at; it stands for all. */
  readonly early: Refusal | undefined;
}

/** `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.`, and what preemption had to say. */
export function fitErrorMessage({ nodeCount, refusals, absent, early }: Diagnosis, afterwards = ''): string {
  let message = `0/${nodeCount} nodes are available:`;
  if (early) message += ` ${early.reasons.join(', ')}.`;
  else {
    const counts = new Map<string, number>();
    const add = (reasons: readonly string[], times: number) => {
      for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + times);
    };
    for (const refusal of refusals.values()) add(refusal.reasons, 1);
    if (absent && refusals.size < nodeCount) add(absent.reasons, nodeCount - refusals.size);
    const texts = [...counts].map(([reason, count]) => `${count} ${reason}`).sort(compareText);
    if (texts.length > 0) message += ` ${texts.join(', ')}.`;
  }
  return afterwards === '' ? message : `${message} ${afterwards}`;
}
