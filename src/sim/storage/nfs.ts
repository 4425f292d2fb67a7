import { resolveHost } from '../client/resolver.js';
import { isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';
import { SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { VolumeError } from './sources.js';

const PORT = 2049;
/** mount.nfs goes on trying a server that says nothing for two minutes; so long a kubelet waits as well. */
const PATIENCE = 120 * SECOND;

/** What mount.nfs says of a server that cannot be reached, by the cause. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'mount.nfs: Connection refused',
  EHOSTUNREACH: 'mount.nfs: No route to host',
  ENETUNREACH: 'mount.nfs: Network is unreachable',
  ETIMEDOUT: 'mount.nfs: Connection timed out',
};

/**
 * Asks an NFS server for an export as mount.nfs does. There is nobody here that speaks the protocol, so that this ends in
 * a `VolumeError` with what mount says: why the server is not reached, or that it does not speak NFS.
 */
export function* mountNfs(
  sys: Sys,
  { server, path }: { readonly server: string; readonly path: string },
  folder: string,
  options: readonly string[],
): Waiting<never> {
  const why = yield* problemOf(sys, server);
  const given = options.length > 0 ? `-o ${options.join(',')} ` : '';
  throw new VolumeError(
    `mount failed: exit status 32\nMounting command: mount\nMounting arguments: -t nfs ${given}${server}:${path} ${folder}\nOutput: ${why}\n`,
  );
}

function* problemOf(sys: Sys, server: string): Waiting<string> {
  const found = yield* resolveHost(sys, server);
  if ('failure' in found) {
    const why = found.failure === 'not-found' ? 'Name or service not known' : 'Temporary failure in name resolution';
    return `mount.nfs: Failed to resolve server ${server}: ${why}`;
  }
  try {
    const connection = yield* sys.network().connect({ address: found.addresses[0] ?? server, port: PORT }, PATIENCE);
    connection.close();
    return 'mount.nfs: mount system call failed for /';
  } catch (error) {
    if (!isErrno(error)) throw error;
    return WORDS[error.code] ?? 'mount.nfs: Connection timed out';
  }
}
