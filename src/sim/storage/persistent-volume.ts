import type { Node } from '../api/types/node.js';
import type { CSIPersistentVolumeSource, PersistentVolume, PersistentVolumeClaim } from '../api/types/storage.js';
import type { Volume } from '../api/types/volume.js';
import { claimNameOf, notMadeFor } from '../api/volumes/claims.js';
import { isReachableFrom } from '../api/volumes/matching.js';
import type { Waiting } from '../kernel/wait.js';
import type { Pod } from './sources.js';
import { UnprocessedError, VolumeError } from './sources.js';

/** Who tells of claims and volumes; both throw what the API server answers. */
export interface ClaimSources {
  claim(namespace: string, name: string): Waiting<PersistentVolumeClaim>;
  persistentVolume(name: string): Waiting<PersistentVolume>;
  /** Where a CSI driver of this host is asked; undefined for one that is not registered. */
  csiEndpoint(driver: string): string | undefined;
  /** Wants a driver's volume attached for a pod; tells whether it is. Throws an Error for one that is not as it should be. */
  attached(pod: Pod, csi: CSIPersistentVolumeSource): Waiting<boolean>;
  /** Tells that a claim's file system has become as large as its volume. */
  resized(pod: Pod, what: ClaimedVolume): Waiting<void>;
  /** The node the agent is on; undefined before it is known. */
  node(): Node | undefined;
}

/** The volume behind a claim that a pod uses. */
export interface ClaimedVolume {
  readonly claim: PersistentVolumeClaim;
  readonly volume: PersistentVolume;
  /** Nobody may write to it, whatever the mounts say. */
  readonly readOnly: boolean;
}

/**
 * Finds the volume behind a pod's claim (desired_state_of_world_populator createVolumeSpec). Throws `UnprocessedError`
 * for claims that have none, or another than they should.
 */
export function* claimedVolume(sources: ClaimSources, pod: Pod, source: Volume): Waiting<ClaimedVolume | undefined> {
  const name = claimNameOf(pod, source);
  if (name === undefined) return undefined;
  const { namespace = '' } = pod.metadata;
  const fail = (why: string) => new UnprocessedError(source.name, `error processing PVC ${namespace}/${name}: ${why}`);
  const claim = yield* asked(sources.claim(namespace, name), 'failed to fetch PVC from API server', fail);
  const { metadata, spec, status } = claim;
  if (metadata.deletionTimestamp && !metadata.finalizers?.includes('kubernetes.io/pvc-protection'))
    throw fail('PVC is being deleted');
  if (status?.phase !== 'Bound') throw fail('PVC is not bound');
  if (!spec.volumeName) throw fail('PVC has empty pvc.Spec.VolumeName');
  const stranger = source.ephemeral && notMadeFor(pod, claim);
  if (stranger !== undefined) throw new UnprocessedError(source.name, stranger);
  const words = `failed to fetch PV ${spec.volumeName} from API server`;
  const volume = yield* asked(sources.persistentVolume(spec.volumeName), words, fail);
  const { claimRef } = volume.spec;
  if (!claimRef)
    throw fail(
      `found PV object ${spec.volumeName} but it has a nil pv.Spec.ClaimRef indicating it is not yet bound to the claim`,
    );
  if (claimRef.uid !== metadata.uid)
    throw fail(
      `found PV object ${spec.volumeName} but its pv.Spec.ClaimRef.UID ${claimRef.uid ?? ''} does not point to claim.UID ${metadata.uid}`,
    );
  checkMode(pod, source, volume);
  return { claim, volume, readOnly: source.persistentVolumeClaim?.readOnly ?? false };
}

/** Throws `VolumeError` where a volume cannot be used from the node. */
export function checkAffinity(sources: ClaimSources, volume: PersistentVolume): void {
  const node = sources.node();
  if (node && !isReachableFrom(volume, node))
    throw new VolumeError('no matching NodeSelectorTerms', 'NodeAffinity check');
}

function* asked<T>(request: Waiting<T>, words: string, fail: (why: string) => Error): Waiting<T> {
  try {
    return yield* request;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw fail(`${words}: ${error.message}`);
  }
}

/** A file system is mounted, a block device is handed over as one; neither can be the other. */
function checkMode({ spec }: Pod, { name }: Volume, { spec: { volumeMode = 'Filesystem' } }: PersistentVolume): void {
  const containers = [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])];
  const isIn = (list: 'volumeMounts' | 'volumeDevices') =>
    containers.some((container) => container[list]?.some((one) => one.name === name));
  const wrong = (list: string) =>
    new UnprocessedError(name, `volume ${name} has volumeMode ${volumeMode}, but is specified in ${list}`);
  if (isIn('volumeMounts') && volumeMode !== 'Filesystem') throw wrong('volumeMounts');
  if (isIn('volumeDevices') && volumeMode !== 'Block') throw wrong('volumeDevices');
}
