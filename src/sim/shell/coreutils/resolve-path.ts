import { Errno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { directoryName } from './dirname.js';
import { absolutePath, look } from './paths.js';

/** The absolute path without links; `exist` says what must be there. Throws Errno. */
export function resolvePath(sys: Sys, path: string, exist: 'all' | 'parents' | 'none'): string {
  if (path === '') throw new Errno('ENOENT');
  if (exist === 'all') return sys.realPath(path);
  const parts = (path.startsWith('/') ? path : `${sys.directory()}/${path}`)
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  let at = '/';
  for (const [index, part] of parts.entries()) {
    if (part === '..') {
      at = directoryName(at);
      continue;
    }
    const next = at === '/' ? `/${part}` : `${at}/${part}`;
    const stat = look(sys, next, false);
    if (!stat) {
      if (exist === 'parents' && index < parts.length - 1) throw new Errno('ENOENT');
      if (exist === 'parents' && look(sys, at)?.type !== 'directory') throw new Errno('ENOTDIR');
      at = next;
    } else if (stat.type === 'symlink') {
      const link = sys.readLink(next);
      const followed = link.startsWith('/') ? link : absolutePath(sys, `${at}/${link}`);
      at = resolvePath(sys, followed, exist);
    } else {
      if (stat.type !== 'directory' && index < parts.length - 1 && exist !== 'none') throw new Errno('ENOTDIR');
      at = next;
    }
  }
  return at;
}
