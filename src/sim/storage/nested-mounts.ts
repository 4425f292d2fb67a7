import { isNamed } from '../kernel/libc/exists.js';
import type { Sys } from '../kernel/sys.js';
import { makeFolder } from './host-path.js';
import type { Container, Pod } from './sources.js';

/**
 * Makes the places in a volume over which a container mounts others, for a runtime cannot make them in what it mounts
 * read-only (volumeutil.MakeNestedMountpoints). `folder` is where the volume lies.
 */
export function makeNestedMountPoints(sys: Sys, pod: Pod, volume: string, folder: string): void {
  const { containers, initContainers = [] } = pod.spec;
  for (const container of [...initContainers, ...containers])
    for (const path of nestedPaths(container, volume)) {
      if (isNamed(sys, `${folder}/${path}`)) continue;
      makeFolder(sys, `${folder}/${path}`);
    }
}

/** The first places below each mount of the volume, from where it is mounted; what lies deeper is in another volume. */
function nestedPaths({ volumeMounts = [] }: Container, volume: string): string[] {
  const all = volumeMounts.map(({ mountPath }) => cleaned(mountPath)).sort();
  return volumeMounts
    .filter(({ name }) => name === volume)
    .flatMap(({ mountPath }) => {
      const below = `${cleaned(mountPath)}/`;
      const nested: string[] = [];
      for (const path of all) {
        const last = nested.at(-1);
        if (!path.startsWith(below) || (last !== undefined && path.startsWith(`${last}/`))) continue;
        nested.push(path);
      }
      return nested.map((path) => path.slice(below.length));
    });
}

function cleaned(path: string): string {
  return `/${path.split('/').filter(Boolean).join('/')}`;
}
