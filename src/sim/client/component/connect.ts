import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { ApiClient, Transport } from '../client.js';
import { createClient } from '../create-client.js';
import { inClusterConfig, NotInClusterError, TOKEN_FILE } from '../in-cluster.js';
import { loadKubeconfig } from '../kubeconfig/load.js';
import { type ResolvedContext, resolveContext, transportConfigOf } from '../kubeconfig/resolve.js';
import { type Kubeconfig, KubeconfigError } from '../kubeconfig/types.js';
import { connectTransport, type TransportConfig } from '../transport.js';
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
  if (kubeconfig === '' && master === '') return connected(sys, configOfPod(sys, log), userAgent);
  const loaded = kubeconfig === '' ? EMPTY : loadKubeconfig(sys, kubeconfig);
  if (master === '') refuseUnusable(loaded);
  const context = resolveContext(withUsers(loaded), master === '' ? {} : { server: master });
  refuseUnreadable(sys, context);
  return connected(sys, transportConfigOf(sys, context), userAgent);
}

function connected(sys: Sys, config: TransportConfig, userAgent: string): ComponentConnection {
  const { authorities, insecure, serverName } = config.tls ?? {};
  return {
    client: createClient(connectTransport(sys, config), { userAgent }),
    server: config.server,
    bare: () => connectTransport(sys, { server: config.server, tls: { authorities, insecure, serverName } }),
  };
}

/** What a component in a pod finds there; outside of one it has nothing to go by. */
function configOfPod(sys: Sys, log: ComponentLog): TransportConfig {
  const words = 'Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.';
  log.warning(words, 'client_config.go:683');
  try {
    return inClusterConfig(sys);
  } catch (error) {
    if (!(error instanceof NotInClusterError) && !isErrno(error)) throw error;
    const why = isErrno(error) ? `open ${TOKEN_FILE}: ${error.message.toLowerCase()}` : error.message;
    log.warning(`error creating inClusterConfig, falling back to default config: ${why}`, 'client_config.go:689');
    throw new KubeconfigError(NOTHING);
  }
}

const NOTHING =
  'invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable';
const EMPTY: Kubeconfig = {
  currentContext: '',
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
  origins: new Map(),
};

/** A component has no server of its own to fall back to: a kubeconfig whose context names none is refused. */
function refuseUnusable({ currentContext, contexts, clusters }: Kubeconfig): void {
  const context = contexts.get(currentContext);
  if (currentContext !== '' && !context) {
    const why = `context was not found for specified context: ${currentContext}, cluster has no server defined`;
    throw new KubeconfigError(`invalid configuration: [${why}]`);
  }
  if (!clusters.has(context?.cluster ?? '')) throw new KubeconfigError(NOTHING);
}

/** A context whose user is not told is one of nobody, which is no mistake of a component's kubeconfig. */
function withUsers(config: Kubeconfig): Kubeconfig {
  const users = new Map(config.users);
  const contexts = new Map(config.contexts);
  for (const [name, { user = '', ...rest }] of contexts) {
    const whose = user === '' ? 'nobody' : user;
    contexts.set(name, { ...rest, user: whose });
    if (user === '' || !users.has(user)) users.set(whose, {});
  }
  return { ...config, users, contexts };
}

/** All files that a kubeconfig names have to be there, its user's first. Throws `KubeconfigError`. */
function refuseUnreadable(sys: Pick<Sys, 'readFile'>, context: ResolvedContext): void {
  const { cluster, clusterName, user, userName } = context;
  const named: [what: string, whose: string, path: string | undefined, data: string | undefined][] = [
    ['client-cert', userName, user['client-certificate'], user['client-certificate-data']],
    ['client-key', userName, user['client-key'], user['client-key-data']],
    ['certificate-authority', clusterName, cluster['certificate-authority'], cluster['certificate-authority-data']],
  ];
  const problems = named.flatMap(([what, whose, path, data]) => {
    if (!path || data) return [];
    try {
      sys.readFile(path);
      return [];
    } catch (error) {
      if (!isErrno(error)) throw error;
      return [`unable to read ${what} ${path} for ${whose} due to open ${path}: ${error.message.toLowerCase()}`];
    }
  });
  if (problems.length === 0) return;
  throw new KubeconfigError(
    `invalid configuration: ${problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`}`,
  );
}
