import { isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';

const PATH_FALLBACK = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Whether the running program is one of busybox's applets: those lie in /bin, a folder of its own and no link to /usr/bin. */
export function isApplet(sys: Sys): boolean {
  return /^\/(?:bin|sbin)\//.test(ownPath(sys) ?? '');
}

/** The file the running program was started from, found as its starter found it. */
function ownPath(sys: Sys): string | undefined {
  const [given = ''] = sys.args;
  const folders = (sys.environment.get('PATH') ?? PATH_FALLBACK).split(':');
  const candidates = given.includes('/') ? [given] : folders.map((folder) => `${folder}/${given}`);
  for (const path of candidates) {
    try {
      sys.access(path, { execute: true });
      return sys.realPath(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
  return undefined;
}
