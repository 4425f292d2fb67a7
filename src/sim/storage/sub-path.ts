import type { VolumeMount } from '../api/types/volume.js';
import { isErrno } from '../kernel/errno.js';
import { isNamed } from '../kernel/libc/exists.js';
import type { Sys } from '../kernel/sys.js';
import { makeFolder } from './host-path.js';

/**
 * Where a part of a volume lies on the host; a folder is made, with the volume's own mode, when nothing is there (kubelet
 * makeMounts). Throws an Error in kubelet's words for a path that leads out of the volume or cannot be had.
 */
export function subPathOf(sys: Sys, folder: string, subPath: string, { name }: VolumeMount, container: string): string {
  if (subPath.startsWith('/')) throw new Error(`error SubPath \`${subPath}\` must not be an absolute path`);
  if (subPath.split('/').includes('..'))
    throw new Error(`unable to provision SubPath \`${subPath}\`: must not contain '..'`);
  const path = `${folder}/${subPath}`;
  const where = `for volumeMount ${JSON.stringify(name)} of container ${JSON.stringify(container)}`;
  if (!isNamed(sys, path)) {
    try {
      const { mode } = sys.stat(folder);
      makeFolder(sys, path, mode & 0o777);
      sys.changeMode(path, mode);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new Error(`failed to create subPath directory ${where}`);
    }
  }
  try {
    // The file behind `..data` is mounted, so what is mounted stays when the volume is brought up to date.
    const real = sys.realPath(path);
    const root = sys.realPath(folder);
    if (real === root || real.startsWith(`${root}/`)) return real;
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  throw new Error(`failed to prepare subPath ${where}`);
}
