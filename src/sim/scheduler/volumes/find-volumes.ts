import { matchesSelector, selectorFromObject } from '../../api/labels.js';
import { compareQuantity, parseQuantity } from '../../api/quantity.js';
import type { Node } from '../../api/types/node.js';
import type {
  CSIStorageCapacity,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
} from '../../api/types/storage.js';
import { classOfClaim, NO_PROVISIONER, SELECTED_NODE } from '../../api/volumes/claims.js';
import { findMatchingVolume, isReachableFrom, sizeOf } from '../../api/volumes/matching.js';
import type { StorageView } from '../storage-view.js';

const BIND_CONFLICT = "node(s) didn't find available persistent volumes to bind";
const NODE_CONFLICT = "node(s) didn't match PersistentVolume's node affinity";
const NOT_ENOUGH_SPACE = 'node(s) did not have enough free storage';
const NO_SUCH_VOLUME = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';

/** A pod's claims: those that have volumes, those that wait for the pod's node, and those that should not be waiting. */
export interface PodClaims {
  readonly bound: readonly PersistentVolumeClaim[];
  readonly delayed: readonly PersistentVolumeClaim[];
  readonly immediate: readonly PersistentVolumeClaim[];
}

/** What a pod's claims get on a node: volumes that are there, and those that have to be made. */
export interface PodVolumes {
  readonly bindings: readonly { readonly volume: PersistentVolume; readonly claim: PersistentVolumeClaim }[];
  readonly provisions: readonly PersistentVolumeClaim[];
}

/** What a pod's claims get on a node, or why they get nothing there (FindPodVolumes). */
export function findPodVolumes(
  storage: StorageView,
  { bound, delayed }: PodClaims,
  node: Node,
): PodVolumes | { readonly reasons: readonly string[] } {
  const reasons: string[] = [];
  const bad = boundProblem(storage, bound, node);
  if (bad === NODE_CONFLICT) reasons.push(bad);
  const open = openVolumes(storage, delayed, node);
  if ('reason' in open) reasons.push(open.reason);
  if (bad === NO_SUCH_VOLUME) reasons.push(bad);
  return reasons.length > 0 || 'reason' in open ? { reasons } : open;
}

/** Why volumes that claims have cannot be used from a node; the first that cannot counts. */
function boundProblem(storage: StorageView, claims: readonly PersistentVolumeClaim[], node: Node): string | undefined {
  for (const { spec } of claims) {
    const volume = storage.volume(spec.volumeName ?? '');
    if (!volume) return NO_SUCH_VOLUME;
    if (!isReachableFrom(volume, node)) return NODE_CONFLICT;
  }
  return undefined;
}

/** What claims without volumes get on a node. */
function openVolumes(
  storage: StorageView,
  claims: readonly PersistentVolumeClaim[],
  node: Node,
): PodVolumes | { readonly reason: string } {
  const chosen: PersistentVolumeClaim[] = [];
  const free: PersistentVolumeClaim[] = [];
  for (const claim of claims) {
    const selected = claim.metadata.annotations?.[SELECTED_NODE];
    if (selected === undefined) free.push(claim);
    else if (selected === node.metadata.name) chosen.push(claim);
    else return { reason: BIND_CONFLICT };
  }
  const { bindings, left } = matchVolumes(storage, free, node);
  const provisions = [...chosen, ...left];
  for (const claim of provisions) {
    const why = whyNotMade(storage, claim, node);
    if (why !== undefined) return { reason: why };
  }
  return { bindings, provisions };
}

/** Gives claims volumes that are there, the smallest claim first. */
function matchVolumes(
  storage: StorageView,
  claims: readonly PersistentVolumeClaim[],
  node: Node,
): { bindings: PodVolumes['bindings'][number][]; left: PersistentVolumeClaim[] } {
  const size = ({ spec }: PersistentVolumeClaim) => sizeOf(spec.resources?.requests);
  const bindings: PodVolumes['bindings'][number][] = [];
  const left: PersistentVolumeClaim[] = [];
  const excluded = new Set<string>();
  for (const claim of [...claims].sort((a, b) => compareQuantity(size(a), size(b)))) {
    const volumes = storage.volumesOf(classOfClaim(claim));
    const volume = findMatchingVolume(claim, volumes, { node, excluded, delayed: true });
    if (!volume) left.push(claim);
    else {
      excluded.add(volume.metadata.name ?? '');
      bindings.push({ volume, claim });
    }
  }
  return { bindings, left };
}

/** Why no volume can be made for a claim on a node. */
function whyNotMade(storage: StorageView, claim: PersistentVolumeClaim, node: Node): string | undefined {
  const storageClass = storage.storageClass(classOfClaim(claim));
  if (!storageClass) return `failed to find storage class ${JSON.stringify(classOfClaim(claim))}`;
  if (storageClass.provisioner === '' || storageClass.provisioner === NO_PROVISIONER) return BIND_CONFLICT;
  if (!isAllowedOn(storageClass, node)) return BIND_CONFLICT;
  return hasRoom(storage, storageClass, claim, node) ? undefined : NOT_ENOUGH_SPACE;
}

/** Whether a class lets volumes be made for a node: one of its terms matches, or it has none. */
function isAllowedOn({ allowedTopologies = [] }: StorageClass, { metadata }: Node): boolean {
  if (allowedTopologies.length === 0) return true;
  return allowedTopologies.some(({ matchLabelExpressions = [] }) => {
    if (matchLabelExpressions.length === 0) return false;
    return matchLabelExpressions.every(({ key, values = [] }) => values.includes(metadata.labels?.[key] ?? ''));
  });
}

/** Whether a driver that tells how much room it has, has enough for a claim where the node can reach it. */
function hasRoom(
  storage: StorageView,
  { metadata, provisioner }: StorageClass,
  claim: PersistentVolumeClaim,
  node: Node,
): boolean {
  if (!storage.driver(provisioner)?.spec.storageCapacity) return true;
  const wanted = sizeOf(claim.spec.resources?.requests);
  return storage.capacities().some((capacity) => {
    const limit = limitOf(capacity);
    if (capacity.storageClassName !== metadata.name || limit === undefined || !capacity.nodeTopology) return false;
    const selector = selectorFromObject(capacity.nodeTopology);
    return compareQuantity(parseQuantity(limit), wanted) >= 0 && matchesSelector(selector, node.metadata.labels);
  });
}

function limitOf({ maximumVolumeSize, capacity }: CSIStorageCapacity): string | undefined {
  return maximumVolumeSize ?? capacity;
}
