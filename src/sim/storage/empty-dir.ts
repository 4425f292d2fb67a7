import { parseQuantity, quantityValue } from '../api/quantity.js';
import type { Volume } from '../api/types/volume.js';
import { isNamed } from '../kernel/libc/exists.js';
import type { Sys } from '../kernel/sys.js';
import { makeFolder } from './host-path.js';
import { giveToGroup } from './ownership.js';
import type { Pod } from './sources.js';
import { VolumeError } from './sources.js';

/** Everybody may do everything in it; of a file system in memory only who made a file may take it away. */
const MODE = 0o777;
const MEMORY_MODE = 0o1777;

/** Makes an emptyDir that is not there yet; one that is stays as the pod's containers left it. */
export function setUpEmptyDir(
  sys: Sys,
  pod: Pod,
  { medium = '', sizeLimit }: NonNullable<Volume['emptyDir']>,
  folder: string,
  allocatableMemory: number,
): void {
  if (isNamed(sys, folder)) return;
  if (medium !== '' && medium !== 'Memory') throw new VolumeError(`unknown storage medium ${JSON.stringify(medium)}`);
  makeFolder(sys, folder, MODE);
  sys.changeMode(folder, MODE);
  if (medium === 'Memory') {
    const bytes = memorySize(pod, sizeLimit, allocatableMemory);
    sys.fileSystem().mountMemory(folder, { bytes, mode: MEMORY_MODE });
  }
  const group = pod.spec.securityContext?.fsGroup;
  if (group !== undefined) giveToGroup(sys, folder, group, false);
}

/**
 * How much may be put into a volume in memory, an emptyDir or one that kubelet fills: what the pod's containers may use, no more than the node gives pods,
 * and no more than it asks for itself (calculateEmptyDirMemorySize).
 */
export function memorySize(pod: Pod, sizeLimit: string | undefined, allocatable: number): number {
  const limits = pod.spec.containers.map(({ resources }) => bytesOf(resources?.limits?.['memory']));
  const podLimit =
    bytesOf(pod.spec.resources?.limits?.['memory']) || (limits.includes(0) ? 0 : limits.reduce((a, b) => a + b, 0));
  return [podLimit, bytesOf(sizeLimit)].reduce(
    (size, limit) => (limit > 0 && limit <= size ? limit : size),
    allocatable,
  );
}

function bytesOf(text: string | undefined): number {
  return text === undefined ? 0 : quantityValue(parseQuantity(String(text)));
}
