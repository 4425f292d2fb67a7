import type { Sys } from '../kernel/sys.js';
import { remove } from './atomic-writer.js';
import { makeFolder } from './host-path.js';

/** Shows a folder of the host at another place as well (mount --bind); once is enough. */
export function bindMount(sys: Sys, from: string, to: string, readOnly: boolean): void {
  if (isMounted(sys, to)) return;
  makeFolder(sys, to, 0o750);
  const tree = sys.fileSystem();
  tree.mount(to, tree, { subPath: from, readOnly });
}

/** Takes away all that is mounted below a folder, the innermost first, and then the folder: what was mounted stays. */
export function unmountBelow(sys: Sys, folder: string): void {
  const below = sys
    .mounts()
    .map(({ path }) => path)
    .filter((path) => path === folder || path.startsWith(`${folder}/`));
  for (const path of below.sort().reverse()) sys.fileSystem().unmount(path);
  remove(sys, folder);
}

function isMounted(sys: Sys, folder: string): boolean {
  return sys.mounts().some(({ path }) => path === folder);
}
