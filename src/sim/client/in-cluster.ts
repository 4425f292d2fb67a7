import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';
import { joinHostPort } from './go-errors.js';
import type { TransportConfig } from './transport.js';

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
/** Where a pod's token lies. */
export const TOKEN_FILE = `${ACCOUNT}/token`;

/** A program that should run in a pod does not. The message is client-go's. */
export class NotInClusterError extends Error {
  constructor() {
    super(
      'unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined',
    );
  }
}

/**
 * How a pod reaches its API server: address from the environment, token and authority from the mounted ServiceAccount
 * (client-go's rest.InClusterConfig). Throws `NotInClusterError`, or `Errno` when the token is not mounted.
 */
export function inClusterConfig(sys: Sys): TransportConfig {
  const host = sys.environment.get('KUBERNETES_SERVICE_HOST');
  const port = sys.environment.get('KUBERNETES_SERVICE_PORT');
  if (!host || !port) throw new NotInClusterError();
  const readToken = () => decodeText(sys.readFile(TOKEN_FILE)).trim();
  readToken();
  return {
    server: `https://${joinHostPort(host, Number(port))}`,
    tls: { authorities: authorities(sys) },
    token: readToken,
  };
}

function authorities(sys: Sys): string | undefined {
  try {
    return decodeText(sys.readFile(`${ACCOUNT}/ca.crt`));
  } catch (error) {
    // client-go goes on without it and fails at the handshake.
    if (isErrno(error)) return undefined;
    throw error;
  }
}
