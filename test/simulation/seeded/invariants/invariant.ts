import type { ClusterView } from '../cluster-view.js';
import type { Told } from '../watcher.js';

/** What is known when a cluster has come to rest. */
export interface Settled {
  /** What watchers were told. */
  readonly watched: ClusterView;
  /** What lists tell. */
  readonly listed: ClusterView;
  /** What watchers were told by the time the cluster had been left alone once more. */
  readonly later: ClusterView;
  /** UIDs of the pods whose sandboxes are ready, by the nodes that could be asked. */
  readonly sandboxes: ReadonlyMap<string, readonly string[]>;
}

/** What must hold whatever was done. Each finding is a sentence. */
export interface Invariant {
  readonly name: string;
  /** Looked at whenever a watcher is told something; the view has it already. */
  readonly told?: (told: Told, view: ClusterView) => readonly string[];
  /** Looked at in the end. */
  readonly settled?: (settled: Settled) => readonly string[];
}
