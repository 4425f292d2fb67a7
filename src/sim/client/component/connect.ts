import type { Sys } from '../../kernel/sys.js';
import type { ApiClient, Transport } from '../client.js';
import { createClient } from '../create-client.js';
import { loadKubeconfig } from '../kubeconfig/load.js';
import { resolveContext, transportConfigOf } from '../kubeconfig/resolve.js';
import { KubeconfigError } from '../kubeconfig/types.js';
import { connectTransport } from '../transport.js';
import type { ComponentLog } from './log.js';

/** A client of a component, and the server's address for its log lines. */
export interface ComponentConnection {
  readonly client: ApiClient;
  readonly server: string;
  /** The way to the server without credentials, for clients that bring their own. */
  bare(): Transport;
}

/**
 * Reads a component's kubeconfig (clientcmd.BuildConfigFromFlags). Throws `KubeconfigError` when it cannot be read or
 * says nothing useful; whether the server answers only shows later.
 */
export function connectComponent(
  sys: Sys,
  log: ComponentLog,
  kubeconfig: string,
  master: string,
  userAgent: string,
): ComponentConnection {
  if (kubeconfig === '' && master === '') {
    const words = 'Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.';
    log.warning(words, 'client_config.go:682');
    throw new KubeconfigError(
      'unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined',
    );
  }
  const loaded = loadKubeconfig(sys, kubeconfig);
  const context = resolveContext(loaded, master === '' ? {} : { server: master });
  const config = transportConfigOf(sys, context);
  const { authorities, insecure, serverName } = config.tls ?? {};
  return {
    client: createClient(connectTransport(sys, config), { userAgent }),
    server: config.server,
    bare: () => connectTransport(sys, { server: config.server, tls: { authorities, insecure, serverName } }),
  };
}
