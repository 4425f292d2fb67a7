import { isErrno } from '../kernel/errno.js';
import type { FileType } from '../kernel/files.js';
import type { Sys } from '../kernel/sys.js';
import { VolumeError } from './sources.js';

/** Checks, or makes, a path of the host as its type says (kubelet host_path.go). Throws `VolumeError`. */
export function checkHostPath(sys: Sys, path: string, type: string | undefined): void {
  const failed = (what: string) => new VolumeError(`hostPath type check failed: ${path} is not a ${what}`);
  const found = typeOf(sys, path);
  switch (type) {
    case undefined:
    case '':
      if (found === undefined) makeFolder(sys, path);
      return;
    case 'DirectoryOrCreate':
      if (found === undefined) makeFolder(sys, path);
      else if (found !== 'directory') throw failed('directory');
      return;
    case 'FileOrCreate':
      if (found === undefined) makeFile(sys, path);
      else if (found !== 'file') throw failed('file');
      return;
    case 'Directory':
      if (found !== 'directory') throw failed('directory');
      return;
    case 'File':
      if (found !== 'file') throw failed('file');
      return;
    case 'Socket':
      if (found !== 'socket') throw failed('socket file');
      return;
    case 'CharDevice':
      if (found !== 'character-device') throw failed('character device');
      return;
    case 'BlockDevice':
      if (found !== 'block-device') throw failed('block device');
      return;
    default:
      throw new VolumeError(`${type} is an invalid volume type`);
  }
}

function typeOf(sys: Sys, path: string): FileType | undefined {
  try {
    return sys.stat(path).type;
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** Makes a folder and those above it. */
export function makeFolder(sys: Sys, path: string, mode = 0o755): void {
  let at = '';
  for (const name of path.split('/').filter(Boolean)) {
    at += `/${name}`;
    try {
      sys.makeDirectory(at, mode);
    } catch (error) {
      if (isErrno(error, 'EEXIST')) continue;
      if (!isErrno(error)) throw error;
      throw new VolumeError(`mkdir ${at}: ${error.message.toLowerCase()}`);
    }
  }
}

function makeFile(sys: Sys, path: string): void {
  try {
    sys.writeFile(path, '', 0o644);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new VolumeError(`open ${path}: ${error.message.toLowerCase()}`);
  }
}
