import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const folder = new URL('../../../../shared/vectors/', import.meta.url);

/** Whether a file of recorded facts lies beside the project; tests that need it are skipped where it does not. */
export function hasVectors(name: string): boolean {
  return existsSync(new URL(name, folder));
}

/** A file of recorded facts as JSON. */
export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;
}

/** The files of a recorded archive by their names, folders cut off. */
export function readArchive(name: string): Map<string, Buffer> {
  const tar = gunzipSync(readFileSync(new URL(name, folder)));
  const files = new Map<string, Buffer>();
  for (let at = 0; at + 512 <= tar.length; ) {
    const path = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    if (path === '') break;
    const size = Number.parseInt(tar.toString('ascii', at + 124, at + 136), 8);
    if (tar[at + 156] === 0x30) files.set(path.replace(/^.*\//, ''), tar.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
