import { isPodTerminal } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types/storage.js';
import { claimNamesOf } from '../../api/volumes/claims.js';
import { csiVolumeName } from '../../api/volumes/csi-names.js';

/** A volume that is to be attached to a node, and the pods there that wait for it. */
export interface WantedVolume {
  readonly name: string;
  readonly node: string;
  readonly volume: PersistentVolume;
  readonly pods: readonly Pod[];
}

/** What is asked about claims, volumes and drivers. */
interface Lookup {
  claim(namespace: string, name: string): PersistentVolumeClaim | undefined;
  volume(name: string): PersistentVolume | undefined;
  /** Whether volumes of a driver have to be attached before they are mounted. */
  attaches(driver: string): boolean;
  /** Whether a node leaves it to the controller to attach volumes, as kubelets do. */
  isManaged(node: string): boolean;
}

/** The volumes that pods on nodes want attached, by volume and node (desired_state_of_world_populator). */
export function wantedVolumes(pods: readonly Pod[], lookup: Lookup): Map<string, WantedVolume> {
  const wanted = new Map<string, WantedVolume & { pods: Pod[] }>();
  for (const pod of pods) {
    const node = pod.spec.nodeName;
    if (!node || isPodTerminal(pod) || !lookup.isManaged(node)) continue;
    for (const claimName of claimNamesOf(pod)) {
      const volume = volumeOf(pod, claimName, lookup);
      const csi = volume?.spec.csi;
      if (!volume || !csi || !lookup.attaches(csi.driver)) continue;
      const name = csiVolumeName(csi);
      const key = attachmentKey(name, node);
      const known = wanted.get(key);
      if (known) known.pods.push(pod);
      else wanted.set(key, { name, node, volume, pods: [pod] });
    }
  }
  return wanted;
}

/** One volume at one node. */
export function attachmentKey(name: string, node: string): string {
  return `${name} ${node}`;
}

/** Whether several nodes may have a volume at once (IsMultiAttachAllowed). */
export function isForManyNodes({ spec: { accessModes = [] } }: PersistentVolume): boolean {
  return accessModes.length === 0 || accessModes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
}

/** A claim counts once it has its volume, and both say so. */
function volumeOf(pod: Pod, claimName: string, lookup: Lookup): PersistentVolume | undefined {
  const claim = lookup.claim(pod.metadata.namespace ?? '', claimName);
  if (claim?.status?.phase !== 'Bound' || !claim.spec.volumeName) return undefined;
  const volume = lookup.volume(claim.spec.volumeName);
  return volume?.spec.claimRef?.uid === claim.metadata.uid ? volume : undefined;
}
