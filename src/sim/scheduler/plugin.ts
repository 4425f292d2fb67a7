import type { Selector } from '../api/labels.js';
import type { Node } from '../api/types/node.js';
import type { Pod } from '../api/types/pod.js';
import type { Waiting } from '../kernel/wait.js';
import type { NodeInfo } from './node-info.js';
import type { NodeNotes } from './node-notes.js';
import type { PodInfo } from './pod-info.js';
import type { StorageEvent, StorageView } from './storage-view.js';

/** The best score a plugin may give. */
export const MAX_SCORE = 100;

/** Why a node does not fit. Preempting pods may help where it is `unschedulable`, never where it is `unresolvable`. */
export interface Refusal {
  readonly code: 'unschedulable' | 'unresolvable';
  readonly reasons: readonly string[];
}

/** A refusal that no eviction on the node would change. */
export const unresolvable = (...reasons: string[]): Refusal => ({ code: 'unresolvable', reasons });
/** A refusal because of what runs there now. */
export const unschedulable = (...reasons: string[]): Refusal => ({ code: 'unschedulable', reasons });

/** What plugins may ask about the cluster beside its nodes. */
export interface ClusterView {
  /** Claims, volumes and what belongs to them; only where pods have claims. */
  readonly storage?: StorageView;
  namespaceLabels(namespace: string): Readonly<Record<string, string>>;
  /** Selects the pods that belong with a pod, by its services and its replica set; empty when nothing is known. */
  siblingSelector(pod: Pod): Exclude<Selector, null>;
}

/** One attempt to place a pod. */
export interface Cycle {
  readonly pod: PodInfo;
  /** All nodes there are, in their order. */
  readonly nodes: readonly NodeInfo[];
  readonly cluster: ClusterView;
  readonly notes: NodeNotes;
  /** Those nodes on which pods have wishes about other pods; any node may be one when it is left out. */
  readonly nodesWithAffinity?: readonly NodeInfo[];
  /** What changed on these very nodes since they were first listed; sums over them are kept only where it is there. */
  readonly journal?: Journal;
}

/** Nodes whose pods changed, one after the other. */
export type Journal = readonly NodeInfo[];

/** A filter made ready for one pod. */
export interface PreparedFilter {
  /** The pod fits nowhere, whatever the node. */
  readonly refusal?: Refusal;
  /** The only nodes worth looking at. */
  readonly onlyNodes?: ReadonlySet<string>;
  check?(node: NodeInfo): Refusal | undefined;
  /** Where the check looks at nothing but the node: all that it knows of the pod, in one text. */
  readonly local?: string;
}

/** A score made ready for one pod. Scores are 0 to 100 once normalized. */
export interface PreparedScore {
  readonly score: (node: NodeInfo) => number;
  /** Where the score looks at nothing but the node: all that it knows of the pod, in one text. */
  readonly local?: string;
  normalize?(scores: readonly number[], nodes: readonly NodeInfo[]): number[];
}

/** A change in the cluster that may let a pod be placed which could not be before. */
export type ClusterEvent =
  | { readonly kind: 'node added'; readonly node: Node }
  | { readonly kind: 'node updated'; readonly before: Node; readonly node: Node }
  | { readonly kind: 'assigned pod added'; readonly pod: Pod }
  | { readonly kind: 'assigned pod updated'; readonly before: Pod; readonly pod: Pod }
  | { readonly kind: 'assigned pod deleted'; readonly pod: Pod }
  | { readonly kind: 'pod updated'; readonly before: Pod; readonly pod: Pod }
  | StorageEvent;

/** What a plugin keeps for a pod on the node that was chosen. */
export interface Reservation {
  /** What has to be so before the pod may be bound; a thread of its own does it. Throws when it cannot be had. */
  prepare(): Waiting<void>;
  /** Gives up what was kept. */
  release(): void;
}

/** One rule of placing pods. A plugin that has nothing to say about a pod prepares nothing. */
export interface Plugin {
  readonly name: string;
  /** How much its score counts. */
  readonly weight?: number;
  /** Why the pod may not even be queued. */
  gate?(pod: Pod): string | undefined;
  prepareFilter?(cycle: Cycle): PreparedFilter | undefined;
  prepareScore?(cycle: Cycle, feasible: readonly NodeInfo[]): PreparedScore | undefined;
  /** Keeps what the pod needs on the node that was chosen; undefined when there is nothing to keep. */
  reserve?(cycle: Cycle, node: NodeInfo): Reservation | undefined;
  /** Whether an event may help a pod that this plugin refused. */
  helpedBy?(pod: Pod, event: ClusterEvent): boolean;
}

/** Scales scores so that the highest is 100; reversed, the highest becomes 0. */
export function normalizeToMax(scores: readonly number[], reverse = false): number[] {
  let most = 0;
  for (const score of scores) if (score > most) most = score;
  if (most === 0) return scores.map(() => (reverse ? MAX_SCORE : 0));
  const scaled = scores.map((score) => Math.floor((MAX_SCORE * score) / most));
  return reverse ? scaled.map((score) => MAX_SCORE - score) : scaled;
}
