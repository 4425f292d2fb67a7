import { isErrno } from '../errno.js';
import type { Listener, ListenSpec } from '../network.js';
import type { Sys } from '../sys.js';

/** Serves on a socket's path as daemons do: what a former life left there is taken away first. */
export function ownSocket(sys: Sys, path: string, spec: Omit<ListenSpec, 'port'>): Listener {
  try {
    sys.unlink(path);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  return sys.listenPath(path, spec);
}
