import type { Pod } from '../../api/types/pod.js';
import type { CSINode, PersistentVolumeClaim } from '../../api/types/storage.js';
import { claimNameOf, classOfClaim, notMadeFor } from '../../api/volumes/claims.js';
import { type Plugin, type Refusal, unresolvable, unschedulable } from '../plugin.js';
import { type StorageView, usesClaims } from '../storage-view.js';

/** The node has as many volumes of the driver as it can. */
const LIMIT_REASON = 'node(s) exceed max volume count';

/** Which driver each volume belongs to, by the volume's own name. */
type Volumes = Map<string, string>;

/** A node takes no more volumes of a driver than its CSINode says. */
export const nodeVolumeLimits: Plugin = {
  name: 'NodeVolumeLimits',
  prepareFilter: ({ pod: { pod }, cluster: { storage } }) => {
    if (!storage || !usesClaims(pod)) return undefined;
    return {
      check: (node) => {
        const wanted: Volumes = new Map();
        const refusal = addVolumes(storage, pod, wanted, true);
        if (refusal || wanted.size === 0) return refusal;
        const limits = limitsOf(storage.csiNode(node.name));
        if (limits.size === 0) return undefined;
        const there: Volumes = new Map();
        for (const other of node.pods) addVolumes(storage, other.pod, there, false);
        for (const { spec } of storage.attachmentsOn(node.name)) {
          const handle = storage.storedVolume(spec.source.persistentVolumeName ?? '')?.spec.csi?.volumeHandle;
          if (handle !== undefined) there.set(`${spec.attacher}/${handle}`, spec.attacher);
        }
        for (const name of there.keys()) wanted.delete(name);
        const count = (volumes: Volumes, driver: string) =>
          [...volumes.values()].filter((one) => one === driver).length;
        for (const driver of new Set(wanted.values())) {
          const limit = limits.get(driver);
          if (limit !== undefined && count(there, driver) + count(wanted, driver) > limit)
            return unschedulable(LIMIT_REASON);
        }
        return undefined;
      },
    };
  },
  helpedBy: (pod, event) => {
    switch (event.kind) {
      case 'assigned pod deleted':
        return usesClaims(event.pod);
      case 'attachment deleted':
        return (pod.spec.volumes ?? []).some(({ persistentVolumeClaim }) => persistentVolumeClaim);
      case 'claim changed':
        return !event.before && event.claim.metadata.namespace === pod.metadata.namespace;
      case 'csi node changed':
        return !event.before || growsLimit(event.before, event.csiNode);
      default:
        return false;
    }
  },
};

/** Adds the volumes of a pod that drivers attach. Of a pod that is to be placed every claim has to be there. */
function addVolumes(storage: StorageView, pod: Pod, to: Volumes, isNew: boolean): Refusal | undefined {
  const { namespace } = pod.metadata;
  for (const volume of pod.spec.volumes ?? []) {
    const name = claimNameOf(pod, volume);
    if (name === undefined) continue;
    const claim = storage.storedClaim(namespace, name);
    if (!claim) {
      if (!isNew) continue;
      const missing = `persistentvolumeclaim ${JSON.stringify(name)} not found`;
      return unresolvable(`looking up PVC ${namespace}/${name}: ${missing}`);
    }
    const stranger = volume.ephemeral && notMadeFor(pod, claim);
    if (stranger !== undefined) return unresolvable(stranger);
    const [driver, handle] = driverOf(storage, claim);
    if (driver !== '') to.set(`${driver}/${handle}`, driver);
  }
  return undefined;
}

/** The driver of a claim's volume, and what the driver calls it; of one without a volume yet, the class tells. */
function driverOf(storage: StorageView, claim: PersistentVolumeClaim): [string, string] {
  const volume = claim.spec.volumeName ? storage.storedVolume(claim.spec.volumeName) : undefined;
  if (volume) return [volume.spec.csi?.driver ?? '', volume.spec.csi?.volumeHandle ?? ''];
  const { namespace, name } = claim.metadata;
  return [storage.storageClass(classOfClaim(claim))?.provisioner ?? '', `new-${namespace}/${name}`];
}

function limitsOf(csiNode: CSINode | undefined): Map<string, number> {
  const limits = new Map<string, number>();
  for (const { name, allocatable } of csiNode?.spec.drivers ?? [])
    if (allocatable?.count !== undefined) limits.set(name, allocatable.count);
  return limits;
}

function growsLimit(before: CSINode, after: CSINode): boolean {
  const old = limitsOf(before);
  return [...limitsOf(after)].some(([driver, limit]) => limit > (old.get(driver) ?? 0));
}
