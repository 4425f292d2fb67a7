import { resolveHost } from '../../client/resolver.js';
import { isErrno } from '../../kernel/errno.js';
import type { Connection } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';

const SOCKETS = '/var/run/postgresql';
const CONNECT_SECONDS = 130;

/** A server that was reached, and how its place is called; or why there is none, in libpq's words. */
export type Reached = { readonly connection: Connection; readonly place: string } | { readonly problem: string };

/** Connects by the port, or by the socket when no host is named. */
export function* reachPostgres(
  sys: Sys,
  { host, port }: { readonly host: string | undefined; readonly port: string },
): Waiting<Reached> {
  if (host === undefined || host.startsWith('/')) {
    const path = `${host ?? SOCKETS}/.s.PGSQL.${port}`;
    try {
      return { connection: sys.connectPath(path), place: `on socket "${path}"` };
    } catch (error) {
      if (!isErrno(error)) throw error;
      return {
        problem: `connection to server on socket "${path}" failed: ${error.message}\n\tIs the server running locally and accepting connections on that socket?`,
      };
    }
  }
  const found = yield* resolveHost(sys, host);
  if ('failure' in found) {
    const temporary = !['not-found', 'no-data'].includes(found.failure);
    return {
      problem: `could not translate host name "${host}" to address: ${temporary ? 'Temporary failure in name resolution' : 'Name or service not known'}`,
    };
  }
  // libpq tells of every address that it tried in vain.
  const problems: string[] = [];
  for (const address of found.addresses) {
    const place = `at "${host}"${host === address ? '' : ` (${address})`}, port ${port}`;
    try {
      return { connection: yield* sys.connect({ address, port: Number(port) }, CONNECT_SECONDS * SECOND), place };
    } catch (error) {
      if (!isErrno(error)) throw error;
      problems.push(
        `connection to server ${place} failed: ${error.message}\n\tIs the server running on that host and accepting TCP/IP connections?`,
      );
    }
  }
  return { problem: problems.join('\n') };
}
