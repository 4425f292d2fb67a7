import type { Difference, Remembered } from './played.js';

/** A difference between the simulated and the real cluster that is known, and why it is so. */
interface KnownDifference {
  readonly lab: string;
  /** Words of the case; all cases when left out. */
  readonly case?: string;
  /** A check's id, `-` where nothing could be graded; all checks when left out. */
  readonly check?: string;
  readonly because: string;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    lab: 'ckad/log-beside-the-app',
    case: 'shares a folder of the node',
    because:
      'What a lab says gets at no folder of the nodes on somebody’s own cluster, so this mistake cannot be played there: what came before it stays right.',
  },
  {
    lab: 'ckad/probe-before-traffic',
    case: 'untouched',
    check: 'alive',
    because:
      'Nobody has given the container time to start, so it is restarted every ten seconds on both: for the second time in the second in which the check looks. No points either way.',
  },
  {
    lab: 'cks/only-our-registry',
    case: 'matches every operation',
    because:
      'Between checks that act, pods that were entered are made again; the policy made by mistake forbids to delete any. Simulated each check has a copy. No points either way.',
  },
  {
    lab: 'cks/only-our-registry',
    case: 'takes for granted that every pod has init containers',
    because:
      'Between checks that act, pods that were entered are made again; the policy made by mistake refuses every pod without init containers, so that none come. No points either way.',
  },
  {
    lab: 'ckad/write-a-networkpolicy',
    check: 'others-closed',
    because: 'kube-router refuses what a policy denies; the check wants it dropped, as Calico and the simulation do.',
  },
];

/** Why a check of a case differs; undefined where nobody knows. */
export function because(one: Remembered, { check }: Difference): string | undefined {
  return KNOWN_DIFFERENCES.find((known) => fits(known, one, check))?.because;
}

function fits({ lab, case: where, check: what }: KnownDifference, one: Remembered, check: string): boolean {
  return lab === one.lab && (where === undefined || one.case.includes(where)) && (what === undefined || what === check);
}
