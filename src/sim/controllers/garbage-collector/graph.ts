import { type KubeObject, type OwnerReference, semanticEqual } from '../../api/object.js';
import { isDeleting } from '../../api/pods.js';
import type { ResourceType } from '../../client/client.js';

export const FOREGROUND_FINALIZER = 'foregroundDeletion';
export const ORPHAN_FINALIZER = 'orphan';

/** An object as the collector remembers it. */
export interface GraphNode {
  readonly uid: string;
  readonly type: ResourceType;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly owners: readonly OwnerReference[];
  readonly beingDeleted: boolean;
  /** It waits for its dependents to be deleted first. */
  readonly deletingDependents: boolean;
  /** It waits for its dependents to be let go. */
  readonly orphaning: boolean;
}

/** What a change asks the collector to look at, by UID. */
export interface GraphWork {
  readonly attemptToDelete: readonly string[];
  readonly attemptToOrphan: readonly string[];
}

/** Who owns whom, kept current from the informers (garbagecollector graph_builder). */
export class OwnerGraph {
  private readonly nodes = new Map<string, GraphNode>();
  private readonly dependents = new Map<string, Set<string>>();

  get(uid: string): GraphNode | undefined {
    return this.nodes.get(uid);
  }

  dependentsOf(uid: string): GraphNode[] {
    return [...(this.dependents.get(uid) ?? [])].flatMap((dependent) => this.nodes.get(dependent) ?? []);
  }

  /** Dependents that keep an owner from going in a foreground deletion. */
  blockingDependentsOf(uid: string): GraphNode[] {
    return this.dependentsOf(uid).filter(({ owners }) =>
      owners.some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true),
    );
  }

  /** An object came or changed. */
  observe(type: ResourceType, object: KubeObject): GraphWork {
    const node = nodeOf(type, object);
    const before = this.nodes.get(node.uid);
    this.nodes.set(node.uid, node);
    const attemptToDelete = [...this.relink(before, node)];
    // An owner that nobody has seen may be gone: a look at the server will tell.
    if (!before && node.owners.some(({ uid }) => !this.nodes.has(uid))) attemptToDelete.push(node.uid);
    if (node.orphaning && !before?.orphaning) return { attemptToDelete, attemptToOrphan: [node.uid] };
    if (node.deletingDependents && !before?.deletingDependents) {
      attemptToDelete.push(...this.dependentsOf(node.uid).map(({ uid }) => uid), node.uid);
    }
    return { attemptToDelete, attemptToOrphan: [] };
  }

  /** An object is gone: its dependents may have to follow, and an owner may have waited for it. */
  remove(uid: string): GraphWork {
    const node = this.nodes.get(uid);
    this.nodes.delete(uid);
    const attemptToDelete = this.dependentsOf(uid).map((dependent) => dependent.uid);
    for (const owner of node?.owners ?? []) {
      this.unlink(owner.uid, uid);
      if (this.nodes.get(owner.uid)?.deletingDependents) attemptToDelete.push(owner.uid);
    }
    if ((this.dependents.get(uid)?.size ?? 0) === 0) this.dependents.delete(uid);
    return { attemptToDelete, attemptToOrphan: [] };
  }

  /** Follows changed references; the owners that are no longer blocked by them. */
  private *relink(before: GraphNode | undefined, after: GraphNode): Generator<string> {
    if (before && semanticEqual(before.owners, after.owners)) return;
    const kept = new Map(after.owners.map((owner) => [owner.uid, owner]));
    for (const owner of before?.owners ?? []) {
      const now = kept.get(owner.uid);
      if (!now) this.unlink(owner.uid, after.uid);
      if (owner.blockOwnerDeletion && !now?.blockOwnerDeletion && this.nodes.has(owner.uid)) yield owner.uid;
    }
    for (const owner of after.owners) {
      const dependents = this.dependents.get(owner.uid) ?? new Set<string>();
      this.dependents.set(owner.uid, dependents.add(after.uid));
    }
  }

  private unlink(owner: string, dependent: string): void {
    const dependents = this.dependents.get(owner);
    dependents?.delete(dependent);
    if (dependents?.size === 0 && !this.nodes.has(owner)) this.dependents.delete(owner);
  }
}

function nodeOf(type: ResourceType, object: KubeObject): GraphNode {
  const { uid = '', name = '', namespace, ownerReferences = [], finalizers = [] } = object.metadata;
  const beingDeleted = isDeleting(object);
  return {
    uid,
    type,
    name,
    namespace: namespace || undefined,
    owners: ownerReferences,
    beingDeleted,
    deletingDependents: beingDeleted && finalizers.includes(FOREGROUND_FINALIZER),
    orphaning: beingDeleted && finalizers.includes(ORPHAN_FINALIZER),
  };
}
