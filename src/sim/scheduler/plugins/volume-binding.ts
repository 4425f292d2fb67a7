import { deepEqual } from '../../api/object.js';
import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolumeClaim } from '../../api/types/storage.js';
import {
  claimNameOf,
  claimNamesOf,
  classOfClaim,
  delaysBinding,
  isFullyBound,
  notMadeFor,
} from '../../api/volumes/claims.js';
import { type Plugin, unresolvable } from '../plugin.js';
import { type StorageView, usesClaims } from '../storage-view.js';
import { reserveVolumes } from '../volumes/bind-volumes.js';
import { findPodVolumes, type PodClaims } from '../volumes/find-volumes.js';

const UNBOUND_REASON = 'pod has unbound immediate PersistentVolumeClaims';

/** Claims have to have volumes that can be used from the node, or ones that can be bound or made for it. */
export const volumeBinding: Plugin = {
  name: 'VolumeBinding',
  prepareFilter: ({ pod: { pod }, cluster: { storage } }) => {
    if (!storage || !usesClaims(pod)) return undefined;
    const problem = problemOf(pod, storage);
    if (problem !== undefined) return { refusal: unresolvable(problem) };
    const claims = claimsOf(pod, storage);
    if (claims.immediate.length > 0) return { refusal: unresolvable(UNBOUND_REASON) };
    return {
      check: ({ node }) => {
        const found = findPodVolumes(storage, claims, node);
        return 'reasons' in found ? unresolvable(...found.reasons) : undefined;
      },
    };
  },
  reserve: ({ pod: { pod }, cluster: { storage } }, { node }) => {
    if (!storage || !usesClaims(pod)) return undefined;
    const claims = claimsOf(pod, storage);
    if (claims.delayed.length === 0) return undefined;
    const found = findPodVolumes(storage, claims, node);
    return 'reasons' in found ? undefined : reserveVolumes(storage, node, found);
  },
  helpedBy: (pod, event) => {
    switch (event.kind) {
      case 'claim changed': {
        const { namespace, name = '' } = event.claim.metadata;
        return namespace === pod.metadata.namespace && claimNamesOf(pod).includes(name);
      }
      case 'volume changed':
      case 'node added':
        return true;
      case 'node updated':
        return !deepEqual(event.before.metadata.labels, event.node.metadata.labels);
      case 'class changed':
        return !event.before || !deepEqual(event.before.allowedTopologies, event.storageClass.allowedTopologies);
      case 'csi node changed':
        return !event.before;
      case 'capacity changed':
        return !event.before || !deepEqual(event.before, event.capacity);
      default:
        return false;
    }
  },
};

/** Why a pod's claims cannot be looked at; undefined when all are there and sound. */
function problemOf(pod: Pod, storage: StorageView): string | undefined {
  for (const volume of pod.spec.volumes ?? []) {
    const name = claimNameOf(pod, volume);
    if (name === undefined) continue;
    const claim = storage.storedClaim(pod.metadata.namespace, name);
    const quoted = JSON.stringify(name);
    if (!claim)
      return volume.ephemeral
        ? `waiting for ephemeral volume controller to create the persistentvolumeclaim ${quoted}`
        : `persistentvolumeclaim ${quoted} not found`;
    if (claim.status?.phase === 'Lost') {
      const lost = JSON.stringify(claim.spec.volumeName ?? '');
      return `persistentvolumeclaim ${quoted} bound to non-existent persistentvolume ${lost}`;
    }
    if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim ${quoted} is being deleted`;
    const stranger = volume.ephemeral && notMadeFor(pod, claim);
    if (stranger !== undefined) return stranger;
  }
  return undefined;
}

/** A pod's claims by how they get their volumes (GetPodVolumeClaims). */
function claimsOf(pod: Pod, storage: StorageView): PodClaims {
  const claims = claimNamesOf(pod).flatMap((name) => storage.claim(pod.metadata.namespace, name) ?? []);
  const bound: PersistentVolumeClaim[] = [];
  const delayed: PersistentVolumeClaim[] = [];
  const immediate: PersistentVolumeClaim[] = [];
  for (const claim of claims) {
    if (isFullyBound(claim)) bound.push(claim);
    else if (!claim.spec.volumeName && delaysBinding(storage.storageClass(classOfClaim(claim)))) delayed.push(claim);
    else immediate.push(claim);
  }
  return { bound, delayed, immediate };
}
