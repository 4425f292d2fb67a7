import { compareQuantity, quantityValue } from '../api/quantity.js';
import type { PersistentVolume } from '../api/types/storage.js';
import { attachmentName } from '../api/volumes/csi-names.js';
import { sizeOf } from '../api/volumes/matching.js';
import { CsiError, csiCall } from '../client/csi-client.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { bindMount } from './bind-mount.js';
import { giveToGroup } from './ownership.js';
import type { ClaimedVolume, ClaimSources } from './persistent-volume.js';
import type { Pod } from './sources.js';
import { VolumeError } from './sources.js';

/** Mounts a volume of a CSI driver where the driver says it lies. Throws `VolumeError`. */
export function* placeCsi(
  sys: Sys,
  sources: ClaimSources,
  pod: Pod,
  { metadata, spec }: PersistentVolume,
  readOnly: boolean,
): Waiting<{ folder: string; readOnly: boolean }> {
  const { driver = '', volumeHandle = '', readOnly: never = false } = spec.csi ?? {};
  const endpoint = sources.csiEndpoint(driver);
  if (endpoint === undefined)
    throw new VolumeError(
      `kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name ${driver} not found in the list of registered CSI drivers`,
      'MountDevice',
    );
  const place = `/var/lib/kubelet/pods/${pod.metadata.uid}/volumes/kubernetes.io~csi/${metadata.name}`;
  const folder = `${place}/mount`;
  try {
    const call = { volumeId: volumeHandle, targetPath: folder };
    const { hostFolder } = yield* csiCall(sys, endpoint, 'NodePublishVolume', call);
    bindMount(sys, hostFolder, folder, readOnly || never);
    writeVolumeData(sys, sources, place, metadata.name ?? '', { driver, volumeHandle });
    const group = pod.spec.securityContext?.fsGroup;
    if (group !== undefined && !readOnly) giveToGroup(sys, hostFolder, group, false);
  } catch (error) {
    if (!(error instanceof CsiError)) throw error;
    throw new VolumeError(error.message);
  }
  return { folder, readOnly: readOnly || never };
}

/** What a kubelet that is started later knows a volume by (saveVolumeData). */
function writeVolumeData(
  sys: Sys,
  sources: ClaimSources,
  folder: string,
  specVolID: string,
  csi: { readonly driver: string; readonly volumeHandle: string },
): void {
  const nodeName = sources.node()?.metadata.name ?? '';
  const data = {
    attachmentID: attachmentName(csi, nodeName),
    driverName: csi.driver,
    nodeName,
    specVolID,
    volumeHandle: csi.volumeHandle,
    volumeLifecycleMode: 'Persistent',
  };
  sys.writeFile(`${folder}/vol_data.json`, `${JSON.stringify(data)}\n`, 0o644);
}

/** Lets a driver make a file system as large as its volume has become. Tells whether there was something to do. */
export function* expandCsi(sys: Sys, sources: ClaimSources, { claim, volume }: ClaimedVolume): Waiting<boolean> {
  const wanted = sizeOf(volume.spec.capacity);
  const { csi } = volume.spec;
  const endpoint = csi && sources.csiEndpoint(csi.driver);
  if (!csi || endpoint === undefined || compareQuantity(wanted, sizeOf(claim.status?.capacity)) <= 0) return false;
  try {
    const call = { volumeId: csi.volumeHandle, bytes: quantityValue(wanted) };
    yield* csiCall(sys, endpoint, 'NodeExpandVolume', call);
    return true;
  } catch (error) {
    if (!(error instanceof CsiError)) throw error;
    return false;
  }
}
