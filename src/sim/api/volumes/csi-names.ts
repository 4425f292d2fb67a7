import type { CSIPersistentVolumeSource } from '../types/storage.js';

type Source = Pick<CSIPersistentVolumeSource, 'driver' | 'volumeHandle'>;

/** What a node's status calls a volume of a CSI driver: `kubernetes.io/csi/DRIVER^HANDLE`. */
export function csiVolumeName({ driver, volumeHandle }: Source): string {
  return `kubernetes.io/csi/${driver}^${volumeHandle}`;
}
