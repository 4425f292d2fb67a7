import { createHash } from 'node:crypto';
import type { CSIPersistentVolumeSource } from '../types/storage.js';

type Source = Pick<CSIPersistentVolumeSource, 'driver' | 'volumeHandle'>;

/** What a node's status calls a volume of a CSI driver: `kubernetes.io/csi/DRIVER^HANDLE`. */
export function csiVolumeName({ driver, volumeHandle }: Source): string {
  return `kubernetes.io/csi/${driver}^${volumeHandle}`;
}

/** What a volume's VolumeAttachment to a node is called (getAttachmentName). */
export function attachmentName({ driver, volumeHandle }: Source, node: string): string {
  return `csi-${createHash('sha256').update(`${volumeHandle}${driver}${node}`).digest('hex')}`;
}
