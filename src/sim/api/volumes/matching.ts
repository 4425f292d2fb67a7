/** Which volume suits a claim: one rule for the controller that binds and for the scheduler. */
import { matchesSelector, selectorFromObject } from '../labels.js';
import { matchesNodeSelectorTerm } from '../node-selectors.js';
import { compareQuantity, parseQuantity, type Quantity, quantityValue } from '../quantity.js';
import type { Node } from '../types/node.js';
import type { PersistentVolume, PersistentVolumeClaim } from '../types/storage.js';
import { classOfClaim, classOfVolume, isBoundTo } from './claims.js';

/** What the search is narrowed to. */
export interface MatchOptions {
  /** The node the volume has to be usable from; the scheduler names one. */
  readonly node?: Node;
  /** Volumes that other claims of the same pod get. */
  readonly excluded?: ReadonlySet<string>;
  /** Only volumes that are promised to the claim count: the scheduler chooses among the others. */
  readonly delayed?: boolean;
}

/**
 * The volume for a claim: the one that is promised to it, else the smallest that is large enough and has class, labels,
 * mode and attributes (FindMatchingVolume). Access modes are looked at only where there is a node.
 */
export function findMatchingVolume(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
  { node, excluded, delayed = false }: MatchOptions,
): PersistentVolume | undefined {
  const wanted = sizeOf(claim.spec.resources?.requests);
  const { selector } = claim.spec;
  const labels = selector ? selectorFromObject(selector) : undefined;
  const wantedClass = classOfClaim(claim);
  let best: PersistentVolume | undefined;
  let bestSize: Quantity | undefined;
  for (const volume of volumes) {
    if (excluded?.has(volume.metadata.name ?? '')) continue;
    const isOurs = isBoundTo(volume, claim);
    if (volume.spec.claimRef && !isOurs) continue;
    const size = sizeOf(volume.spec.capacity);
    if (compareQuantity(size, wanted) < 0 || !hasModeOf(volume, claim) || !hasAttributesOf(volume, claim)) continue;
    if (volume.metadata.deletionTimestamp) continue;
    const reachable = !node || isReachableFrom(volume, node);
    if (isOurs) return reachable ? volume : undefined;
    if (!node && delayed) continue;
    if (volume.status?.phase !== 'Available') continue;
    if (labels !== undefined && !matchesSelector(labels, volume.metadata.labels)) continue;
    if (classOfVolume(volume) !== wantedClass || !reachable) continue;
    if (node && !hasAccessModes(volume.spec.accessModes, claim.spec.accessModes)) continue;
    if (bestSize === undefined || compareQuantity(bestSize, size) > 0) [best, bestSize] = [volume, size];
  }
  return best;
}

/** Why a volume that a claim asks for by name is none for it, in the controller's words; undefined when it is. */
export function whyUnsuitable(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (volume.metadata.deletionTimestamp)
    return `the volume is marked for deletion ${JSON.stringify(volume.metadata.name)}`;
  const [has, wants] = [sizeOf(volume.spec.capacity), sizeOf(claim.spec.resources?.requests)];
  if (quantityValue(has) < quantityValue(wants)) return 'requested PV is too small';
  if (classOfVolume(volume) !== classOfClaim(claim)) return 'storageClassName does not match';
  if (!hasAttributesOf(volume, claim)) return 'volumeAttributesClassName does not match';
  if (!hasModeOf(volume, claim)) return 'incompatible volumeMode';
  return hasAccessModes(volume.spec.accessModes, claim.spec.accessModes) ? undefined : 'incompatible accessMode';
}

/** Whether volume and claim are both file systems or both block devices. */
export function hasModeOf({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return (spec.volumeMode ?? 'Filesystem') === (claim.spec.volumeMode ?? 'Filesystem');
}

/** Whether a volume has all the access modes that are asked for. */
export function hasAccessModes(has: readonly string[] = [], wanted: readonly string[] = []): boolean {
  return wanted.every((mode) => has.includes(mode));
}

/** Whether a volume may be used from a node (CheckNodeAffinity). */
export function isReachableFrom({ spec }: PersistentVolume, node: Node): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms;
  return terms === undefined || terms.some((term) => matchesNodeSelectorTerm(term, node));
}

/** The amount of storage in a list of amounts. */
export function sizeOf(amounts: Readonly<Record<string, string>> | undefined): Quantity {
  return parseQuantity(String(amounts?.['storage'] ?? '0'));
}

function hasAttributesOf({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return (spec.volumeAttributesClassName ?? '') === (claim.spec.volumeAttributesClassName ?? '');
}
