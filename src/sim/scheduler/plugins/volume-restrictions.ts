import type { Pod } from '../../api/types/pod.js';
import type { Volume } from '../../api/types/volume.js';
import { type Plugin, type PreparedFilter, unresolvable, unschedulable } from '../plugin.js';
import type { StorageView } from '../storage-view.js';

/** A disk is where only one pod may have it. */
const DISK_REASON = 'node(s) had no available disk';
/** Another pod has a claim that only one may have. */
const SINGLE_POD_REASON =
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';

/** Sources of which a node can have a disk once, or often where all only read; what makes two of them the same. */
const DISKS: Readonly<Record<string, (source: Record<string, unknown>) => string>> = {
  awsElasticBlockStore: ({ volumeID }) => String(volumeID),
  gcePersistentDisk: ({ pdName }) => String(pdName),
  iscsi: ({ iqn }) => String(iqn),
  rbd: ({ monitors, pool, image }) => JSON.stringify([[...((monitors as string[]) ?? [])].sort()[0], pool, image]),
};
const NEVER_SHARED = 'awsElasticBlockStore';

/** Disks and claims that only one pod may use. */
export const volumeRestrictions: Plugin = {
  name: 'VolumeRestrictions',
  prepareFilter: ({ pod: { pod }, nodes, cluster: { storage } }): PreparedFilter | undefined => {
    const volumes = pod.spec.volumes ?? [];
    const disks = volumes.filter((volume) => Object.keys(DISKS).some((source) => volume[source] !== undefined));
    const single = storage && singlePodClaims(pod, storage);
    if (single && 'missing' in single)
      return { refusal: unresolvable(`persistentvolumeclaim ${JSON.stringify(single.missing)} not found`) };
    const taken = single?.names.some((name) => nodes.some((node) => node.pods.some((one) => uses(one.pod, pod, name))));
    if (disks.length === 0 && !taken) return undefined;
    return {
      check: (node) => {
        const collides = disks.some((disk) => node.pods.some((other) => conflicts(disk, other.pod)));
        if (collides) return unschedulable(DISK_REASON);
        return taken ? unschedulable(SINGLE_POD_REASON) : undefined;
      },
    };
  },
  helpedBy: (pod, event) => {
    if (event.kind === 'node added') return true;
    const names = claimNames(pod);
    if (event.kind === 'claim changed')
      return (
        !event.before &&
        event.claim.metadata.namespace === pod.metadata.namespace &&
        names.includes(event.claim.metadata.name ?? '')
      );
    if (event.kind !== 'assigned pod deleted' || event.pod.metadata.namespace !== pod.metadata.namespace) return false;
    return (
      (pod.spec.volumes ?? []).some((volume) => conflicts(volume, event.pod)) ||
      claimNames(event.pod).some((name) => names.includes(name))
    );
  },
};

/** The claims of a pod that no other pod may use with it, or the first that is not there. */
function singlePodClaims(pod: Pod, storage: StorageView): { names: string[] } | { missing: string } {
  const names: string[] = [];
  for (const name of claimNames(pod)) {
    const claim = storage.storedClaim(pod.metadata.namespace, name);
    if (!claim) return { missing: name };
    if (claim.spec.accessModes?.includes('ReadWriteOncePod')) names.push(name);
  }
  return { names };
}

function uses(other: Pod, pod: Pod, name: string): boolean {
  return other.metadata.namespace === pod.metadata.namespace && claimNames(other).includes(name);
}

function claimNames({ spec }: Pod): string[] {
  return (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
}

function conflicts(volume: Volume, { spec }: Pod): boolean {
  return Object.entries(DISKS).some(([source, identity]) => {
    const wanted = volume[source] as Record<string, unknown> | undefined;
    if (!wanted) return false;
    return (spec.volumes ?? []).some((existing) => {
      const other = existing[source] as Record<string, unknown> | undefined;
      if (!other || identity(other) !== identity(wanted)) return false;
      return source === NEVER_SHARED || !(wanted['readOnly'] && other['readOnly']);
    });
  });
}
