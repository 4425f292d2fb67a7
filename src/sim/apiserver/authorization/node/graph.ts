import { deepEqual, type KubeObject } from '../../../api/object.js';
import { madeOnce } from '../../../kernel/made-once.js';
import type { Change, Entry } from '../../../store/entry.js';
import type { Store } from '../../../store/store.js';
import { objectOf } from '../../storage/stored-object.js';
import { type BoundPod, type BoundVolume, podReferences, volumeSecrets } from './references.js';

const PODS = '/registry/pods/';
const VOLUMES = '/registry/persistentvolumes/';

/** A pod on a node, and what it refers to. */
interface Placed {
  readonly node: string;
  readonly references: readonly string[];
}

/**
 * Which objects concern which node (the node authorizer's graph): those that a pod on it refers to, and the secrets of
 * the volumes such a pod's claims are bound to. Told of each change by the store.
 */
export class NodeGraph {
  private readonly pods = new Map<string, Placed>();
  /** How many pods of a node refer to an object. */
  private readonly nodesOf = new Map<string, Map<string, number>>();
  /** Which volumes refer to a secret. */
  private readonly volumesOf = new Map<string, Set<string>>();

  constructor(private readonly store: Store) {
    for (const entry of store.range({ prefix: PODS }).entries) this.addPod(entry);
    for (const entry of store.range({ prefix: VOLUMES }).entries) this.addVolume(entry);
    store.watch(PODS, 0, (changes) => {
      for (const change of changes) this.notePod(change);
    });
    store.watch(VOLUMES, 0, (changes) => {
      for (const change of changes) this.noteVolume(change);
    });
  }

  /** Whether an object concerns a node. */
  concerns(node: string, resource: string, namespace: string, name: string): boolean {
    switch (resource) {
      case 'pods':
        return this.find<BoundPod>(`${PODS}${namespace}/${name}`)?.spec?.nodeName === node;
      case 'persistentvolumes':
        return this.volumeConcerns(node, name);
      case 'volumeattachments':
      case 'resourceslices': {
        const found = this.find<BoundPod>(`/registry/${resource}/${name}`);
        return (found?.spec?.nodeName ?? '') === node;
      }
      case 'secrets':
        if (this.isReferredTo(node, resource, namespace, name)) return true;
        for (const volume of this.volumesOf.get(`secrets/${namespace}/${name}`) ?? []) {
          if (this.volumeConcerns(node, volume)) return true;
        }
        return false;
      default:
        return this.isReferredTo(node, resource, namespace, name);
    }
  }

  private isReferredTo(node: string, resource: string, namespace: string, name: string): boolean {
    return this.nodesOf.get(`${resource}/${namespace}/${name}`)?.has(node) === true;
  }

  private volumeConcerns(node: string, name: string): boolean {
    const claim = this.find<BoundVolume>(`${VOLUMES}${name}`)?.spec?.claimRef;
    return (
      claim !== undefined && this.isReferredTo(node, 'persistentvolumeclaims', claim.namespace ?? '', claim.name ?? '')
    );
  }

  private find<T extends KubeObject>(key: string): T | undefined {
    const entry = this.store.get(key);
    return entry && (objectOf(entry) as T);
  }

  private notePod({ key, previous, entry }: Change): void {
    if (previous && entry && isSame(objectOf(previous) as BoundPod, objectOf(entry) as BoundPod)) return;
    this.removePod(key);
    if (entry) this.addPod(entry);
  }

  private addPod(entry: Entry): void {
    const pod = objectOf(entry) as BoundPod;
    const node = pod.spec?.nodeName;
    if (!node) return;
    const references = podReferences(pod);
    this.pods.set(entry.key, { node, references });
    for (const reference of references) {
      const nodes = this.nodesOf.get(reference) ?? new Map<string, number>();
      nodes.set(node, (nodes.get(node) ?? 0) + 1);
      this.nodesOf.set(reference, nodes);
    }
  }

  private removePod(key: string): void {
    const placed = this.pods.get(key);
    if (!placed) return;
    this.pods.delete(key);
    for (const reference of placed.references) {
      const nodes = this.nodesOf.get(reference);
      const left = (nodes?.get(placed.node) ?? 0) - 1;
      if (left > 0) nodes?.set(placed.node, left);
      else nodes?.delete(placed.node);
      if (nodes?.size === 0) this.nodesOf.delete(reference);
    }
  }

  private noteVolume({ previous, entry }: Change): void {
    if (previous) {
      const { metadata } = objectOf(previous);
      for (const secret of volumeSecrets(objectOf(previous) as BoundVolume)) {
        this.volumesOf.get(secret)?.delete(metadata.name as string);
      }
    }
    if (entry) this.addVolume(entry);
  }

  private addVolume(entry: Entry): void {
    const volume = objectOf(entry) as BoundVolume;
    for (const secret of volumeSecrets(volume)) {
      const volumes = this.volumesOf.get(secret) ?? new Set<string>();
      volumes.add(volume.metadata.name as string);
      this.volumesOf.set(secret, volumes);
    }
  }
}

/** What a pod refers to is settled once it is on its node, but for claims made later and containers added for debugging. */
function isSame(old: BoundPod, pod: BoundPod): boolean {
  const added = (one: BoundPod) => one.spec?.ephemeralContainers?.length ?? 0;
  return (
    old.spec?.nodeName === pod.spec?.nodeName &&
    old.metadata.uid === pod.metadata.uid &&
    added(old) === added(pod) &&
    deepEqual(old.status?.resourceClaimStatuses, pod.status?.resourceClaimStatuses)
  );
}

/** The graph of a store. */
export const graphOf = madeOnce((store: Store) => new NodeGraph(store));
