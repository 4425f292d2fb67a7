import type { PersistentVolume } from '../api/types/storage.js';
import { CsiError, csiCall } from '../client/csi-client.js';
import { isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { makeFolder } from './host-path.js';
import type { ClaimSources } from './persistent-volume.js';
import type { Pod } from './sources.js';
import { VolumeError } from './sources.js';

/** Has a CSI driver hand out a volume as a block device: where that lies on the host. Throws `VolumeError`. */
export function* placeCsiBlock(
  sys: Sys,
  sources: ClaimSources,
  pod: Pod,
  { metadata, spec }: PersistentVolume,
): Waiting<{ folder: string; readOnly: boolean }> {
  const { driver = '', volumeHandle = '' } = spec.csi ?? {};
  const endpoint = sources.csiEndpoint(driver);
  if (endpoint === undefined)
    throw new VolumeError(
      `kubernetes.io/csi: blockMapper.SetUpDevice failed to get CSI client: driver name ${driver} not found in the list of registered CSI drivers`,
      'MapVolume.SetUpDevice',
    );
  const place = `/var/lib/kubelet/pods/${pod.metadata.uid}/volumeDevices/kubernetes.io~csi`;
  const targetPath = `${place}/${metadata.name}`;
  try {
    const { hostFolder } = yield* csiCall(sys, endpoint, 'NodePublishVolume', { volumeId: volumeHandle, targetPath });
    makeFolder(sys, place, 0o750);
    linkTo(sys, hostFolder, targetPath);
    return { folder: hostFolder, readOnly: false };
  } catch (error) {
    if (!(error instanceof CsiError)) throw error;
    throw new VolumeError(error.message, 'MapVolume.MapPodDevice');
  }
}

/** A block device of the node itself. Throws `VolumeError`. */
export function blockDevice(sys: Sys, path: string): string {
  try {
    if (sys.stat(path).type === 'block-device') return path;
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new VolumeError(`lstat ${path}: ${error.message.toLowerCase()}`, 'MapVolume.EvalHostSymlinks');
  }
  throw new VolumeError(`${path} is not a block device`, 'MapVolume.MapPodDevice');
}

function linkTo(sys: Sys, device: string, path: string): void {
  try {
    sys.symlink(device, path);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  }
}
