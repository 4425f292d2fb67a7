import { quantityValue } from '../../api/quantity.js';
import type { VolumeSnapshot, VolumeSnapshotContent } from '../../api/types/snapshots.js';
import type { DataSource, PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../api/types/storage.js';
import { sizeOf } from '../../api/volumes/matching.js';
import type { ApiClient } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import { ProvisionError } from '../provisioner/provision-controller.js';
import { STORAGE } from '../provisioner/storage-types.js';
import { SNAPSHOT_GROUP, SNAPSHOTS } from './snapshots/snapshot-types.js';

const ALLOW_MODE_CHANGE = 'snapshot.storage.kubernetes.io/allow-volume-mode-change';

/** What a new volume is filled from, by the driver's handles. */
export interface ContentSource {
  readonly sourceVolume?: string;
  readonly sourceSnapshot?: string;
}

/**
 * What a claim wants its volume to be a copy of, in the driver's handles; undefined for one that is made by another
 * (a populator). Throws `ProvisionError` for what cannot be copied (external-provisioner getVolumeContentSource).
 */
export function* contentSource(
  client: ApiClient,
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
): Waiting<ContentSource | undefined> {
  const source = claim.spec.dataSource ?? claim.spec.dataSourceRef;
  if (!source) return {};
  const { kind, name, apiGroup = '' } = source;
  if (kind === 'VolumeSnapshot' && apiGroup !== SNAPSHOT_GROUP)
    throw new ProvisionError(
      `the PVC source does not belong to the right APIGroup. Expected ${SNAPSHOT_GROUP}, Got ${apiGroup}`,
    );
  if (kind !== 'VolumeSnapshot' && kind !== 'PersistentVolumeClaim') return undefined;
  try {
    return kind === 'VolumeSnapshot'
      ? { sourceSnapshot: yield* snapshotHandle(client, claim, storageClass, source) }
      : { sourceVolume: yield* volumeHandle(client, claim, storageClass, source) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ProvisionError(`error getting handle for DataSource Type ${kind} by Name ${name}: ${error.message}`);
  }
}

function* volumeHandle(
  client: ApiClient,
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
  { name }: DataSource,
): Waiting<string> {
  const { namespace } = claim.metadata;
  const about = `error getting PVC ${name} (namespace ${JSON.stringify(namespace)}) from api server`;
  const missing = `${about}: persistentvolumeclaim ${JSON.stringify(name)} not found`;
  const source = yield* found(client.get<PersistentVolumeClaim>(STORAGE.claims, name, namespace), about, missing);
  const phase = source.status?.phase;
  if (phase !== 'Bound')
    throw new ProvisionError(`the PVC DataSource ${name} must have a status of Bound.  Got ${statusText(source)}`);
  if (source.metadata.deletionTimestamp)
    throw new ProvisionError(`the PVC DataSource ${name} is currently being deleted`);
  const [wanted, has] = [claim, source].map(({ spec }) => quantityValue(sizeOf(spec.resources?.requests)));
  if ((wanted ?? 0) < (has ?? 0))
    throw new ProvisionError(
      `error, new PVC request must be greater than or equal in size to the specified PVC data source, requested ${wanted} but source is ${has}`,
    );
  const invalid = 'claim in dataSource not bound or invalid';
  const volume = yield* found(client.get<PersistentVolume>(STORAGE.volumes, source.spec.volumeName ?? ''), '', invalid);
  const { csi, claimRef } = volume.spec;
  const isGood = csi?.driver === storageClass.provisioner && claimRef?.uid === source.metadata.uid;
  if (!csi || !isGood || volume.status?.phase !== 'Bound') throw new ProvisionError(invalid);
  const [mine, its] = [claim.spec, volume.spec].map(({ volumeMode = 'Filesystem' }) => volumeMode);
  if (mine !== its)
    throw new ProvisionError(
      `the source PVC and destination PVCs must have the same volume mode for cloning.  Source is ${its}, but new PVC requested ${mine}`,
    );
  return csi.volumeHandle;
}

function* snapshotHandle(
  client: ApiClient,
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
  { name }: DataSource,
): Waiting<string> {
  const about = `error getting snapshot ${name} from api server`;
  const snapshot = yield* found(client.get<VolumeSnapshot>(SNAPSHOTS.snapshots, name, claim.metadata.namespace), about);
  if (snapshot.metadata.deletionTimestamp) throw new ProvisionError(`snapshot ${name} is being deleted`);
  const contentName = snapshot.status?.boundVolumeSnapshotContentName;
  if (!contentName) throw new ProvisionError(`snapshot ${name} not bound`);
  const missing = `error getting snapshotcontent ${contentName} for snapshot ${name}`;
  const content = yield* found(client.get<VolumeSnapshotContent>(SNAPSHOTS.contents, contentName), '', missing);
  const reference = content.spec.volumeSnapshotRef;
  const { uid, namespace } = snapshot.metadata;
  if (reference.uid !== uid || reference.namespace !== namespace || reference.name !== name)
    throw new ProvisionError(`snapshotcontent ${contentName} for snapshot ${name} is bound to a different snapshot`);
  if (content.spec.driver !== storageClass.provisioner)
    throw new ProvisionError(
      `snapshotcontent ${contentName} for snapshot ${name} is not handled by CSI driver of StorageClass ${storageClass.metadata.name}`,
    );
  if (!snapshot.status?.readyToUse) throw new ProvisionError(`snapshot ${name} is not Ready`);
  const handle = content.status?.snapshotHandle;
  if (!handle) throw new ProvisionError(`snapshot handle ${name} is not available`);
  const { restoreSize } = snapshot.status;
  if (restoreSize !== undefined) {
    const [wanted, has] = [sizeOf(claim.spec.resources?.requests), sizeOf({ storage: restoreSize })].map(quantityValue);
    if ((wanted ?? 0) < (has ?? 0))
      throw new ProvisionError(
        `requested volume size ${wanted} is less than the size ${has} for the source snapshot ${name}`,
      );
  }
  checkMode(claim, content);
  return handle;
}

/** A file system does not become a block device, or the other way, unless somebody allowed it. */
function checkMode({ metadata, spec }: PersistentVolumeClaim, content: VolumeSnapshotContent): void {
  const { sourceVolumeMode } = content.spec;
  if (sourceVolumeMode === undefined || sourceVolumeMode === (spec.volumeMode ?? 'Filesystem')) return;
  const allowed = content.metadata.annotations?.[ALLOW_MODE_CHANGE];
  if (allowed === 'true') return;
  const why =
    allowed === undefined
      ? `${ALLOW_MODE_CHANGE} annotation is not present on snapshotcontent ${content.metadata.name}`
      : `${ALLOW_MODE_CHANGE} is set to false on snapshotcontent ${content.metadata.name}`;
  const which = `${metadata.namespace}/${metadata.name}`;
  throw new ProvisionError(
    `requested volume ${which} modifies the mode of the source volume but does not have permission to do so. ${why}`,
  );
}

function* found<T>(request: Waiting<T>, about: string, instead?: string): Waiting<T> {
  try {
    return yield* request;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ProvisionError(instead ?? `${about}: ${error.message}`);
  }
}

/** A claim's status as Go prints it, where it has nothing but a phase. */
function statusText({ status }: PersistentVolumeClaim): string {
  return `{${status?.phase ?? ''} [] map[] [] map[] map[] <nil> nil}`;
}
