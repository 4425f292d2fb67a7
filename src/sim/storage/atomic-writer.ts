import { formatTime } from '../api/time.js';
import { isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';
import type { PayloadFile } from './payload.js';

const DATA = '..data';

/**
 * Brings a folder to hold these files, all at once for whoever looks: they lie in a folder of their own with a time in
 * its name, `..data` points there, and each name points into `..data` (kubelet's AtomicWriter). Nothing is written when
 * nothing changed; whether something was is returned.
 */
export function writeAtomically(sys: Sys, folder: string, files: readonly PayloadFile[]): boolean {
  const current = linkTarget(sys, `${folder}/${DATA}`);
  if (current !== undefined && holds(sys, `${folder}/${current}`, files)) return false;
  const name = freshName(sys, folder);
  const target = `${folder}/${name}`;
  sys.makeDirectory(target, 0o755);
  for (const { path, bytes, mode, owner } of files) {
    makeParents(sys, target, path);
    sys.writeFile(`${target}/${path}`, bytes, 0o644);
    sys.changeMode(`${target}/${path}`, mode);
    if (owner !== undefined) sys.changeOwner(`${target}/${path}`, owner, undefined);
  }
  sys.symlink(name, `${folder}/..data_tmp`);
  sys.rename(`${folder}/..data_tmp`, `${folder}/${DATA}`);
  linkNames(sys, folder, current === undefined ? [] : namesIn(sys, `${folder}/${current}`), files);
  if (current !== undefined) remove(sys, `${folder}/${current}`);
  return true;
}

function freshName(sys: Sys, folder: string): string {
  const stamp = formatTime(sys.now())
    .replace(/[-:TZ]/g, '_')
    .replace(/^(\d+)_(\d+)_(\d+)_(\d+)_(\d+)_(\d+)_$/, '$1_$2_$3_$4_$5_$6');
  const random = sys.random().fork(`${folder} ${sys.now()}`);
  return `..${stamp}.${random.below(4_000_000_000)}`;
}

/** One link for the first part of each path; links to what is gone are removed, and nothing that others put there is. */
function linkNames(sys: Sys, folder: string, before: readonly string[], files: readonly PayloadFile[]): void {
  const wanted = new Set(files.map(({ path }) => path.split('/')[0] as string));
  for (const name of before) if (!wanted.has(name)) remove(sys, `${folder}/${name}`);
  const there = new Set(namesIn(sys, folder));
  for (const name of wanted) if (!there.has(name)) sys.symlink(`${DATA}/${name}`, `${folder}/${name}`);
}

function namesIn(sys: Sys, folder: string): string[] {
  try {
    return sys.readDirectory(folder).map(({ name }) => name);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function makeParents(sys: Sys, folder: string, path: string): void {
  const parts = path.split('/').slice(0, -1);
  let at = folder;
  for (const part of parts) {
    at += `/${part}`;
    try {
      sys.makeDirectory(at, 0o755);
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }
}

function linkTarget(sys: Sys, path: string): string | undefined {
  try {
    return sys.readLink(path);
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** Whether a folder holds exactly these files with these bytes. */
function holds(sys: Sys, folder: string, files: readonly PayloadFile[]): boolean {
  const found = listFiles(sys, folder, '');
  if (found.length !== files.length) return false;
  return files.every(({ path, bytes }) => {
    try {
      return Buffer.compare(Buffer.from(sys.readFile(`${folder}/${path}`)), Buffer.from(bytes)) === 0;
    } catch (error) {
      if (isErrno(error)) return false;
      throw error;
    }
  });
}

function listFiles(sys: Sys, folder: string, prefix: string): string[] {
  try {
    return sys
      .readDirectory(`${folder}/${prefix}`)
      .flatMap(({ name, type }) =>
        type === 'directory' ? listFiles(sys, folder, `${prefix}${name}/`) : [`${prefix}${name}`],
      );
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

/** Removes a file, a link, or a folder with all that is in it. */
export function remove(sys: Sys, path: string): void {
  try {
    if (sys.lstat(path).type === 'directory') {
      for (const { name } of sys.readDirectory(path)) remove(sys, `${path}/${name}`);
      sys.removeDirectory(path);
    } else sys.unlink(path);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}
