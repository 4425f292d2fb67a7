import { ClusterError } from '../port.js';
import type { PutHow, Workstation } from './workstation.js';

const FILES_MAX = 500;
const BYTES_MAX = 16 * 1024 * 1024;
const DEPTH_MAX = 16;

/** Writes what comes in base64 to a file, and the folders it needs. */
export function putCommand(path: string, { owner = 'root', mode = 0o644 }: PutHow): string[] {
  const script =
    'umask 022; mkdir -p -- "$(dirname -- "$1")" && chown -- "$2" "$(dirname -- "$1")" && base64 -d > "$1" && chown -- "$2" "$1" && chmod -- "$3" "$1"';
  return ['bash', '-c', script, 'put', path, owner, mode.toString(8).padStart(4, '0')];
}

/** Leaves a folder that is empty. */
export function removeCommand(path: string, { owner = 'root' }: PutHow): string[] {
  return ['bash', '-c', 'umask 022; rm -rf -- "$1" && mkdir -p -- "$1" && chown -- "$2" "$1"', 'empty', path, owner];
}

/** Everything below a folder that is a plain file, by its path in there. Throws when that is too much. */
export async function plainFiles(
  host: Pick<Workstation, 'file' | 'directory'>,
  path: string,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  if ((await host.file(path))?.type !== 'directory') return undefined;
  const found = new Map<string, Uint8Array>();
  let bytes = 0;
  const gather = async (below: string, depth: number): Promise<void> => {
    for (const name of (await host.directory(`${path}/${below}`)) ?? []) {
      const inside = below === '' ? name : `${below}/${name}`;
      const facts = await host.file(`${path}/${inside}`);
      if (facts?.type === 'directory' && depth < DEPTH_MAX) await gather(inside, depth + 1);
      if (facts?.type !== 'file') continue;
      bytes += facts.content.length;
      found.set(inside, facts.content);
      if (found.size > FILES_MAX || bytes > BYTES_MAX) throw new ClusterError(`there is too much in ${path}`);
    }
  };
  await gather('', 0);
  return found;
}
