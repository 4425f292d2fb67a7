import { dns1123Label } from '../../api/names.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { TransportConfig } from '../transport.js';
import {
  type Kubeconfig,
  type KubeconfigCluster,
  type KubeconfigContext,
  KubeconfigError,
  type KubeconfigOverrides,
  type KubeconfigUser,
} from './types.js';

/** The context in use with what it names. */
export interface ResolvedContext {
  readonly contextName: string;
  readonly namespace: string;
  /** Whether a flag or the context chose the namespace; otherwise it is `default` for want of one. */
  readonly namespaceGiven: boolean;
  readonly clusterName: string;
  readonly cluster: KubeconfigCluster;
  readonly userName: string;
  readonly user: KubeconfigUser;
}

/**
 * Chooses the context in use and applies overrides, checked as clientcmd's ConfirmUsable does. Without any
 * configuration the server is `http://localhost:8080`, as kubectl's. Throws `KubeconfigError`.
 */
export function resolveContext(config: Kubeconfig, overrides: KubeconfigOverrides = {}): ResolvedContext {
  const contextName = overrides.context || config.currentContext;
  const context: KubeconfigContext = { ...config.contexts.get(contextName) };
  if (overrides.context && !config.contexts.has(overrides.context)) {
    throw new KubeconfigError(`context ${JSON.stringify(overrides.context)} does not exist`);
  }
  if (contextName !== '' && !config.contexts.has(contextName)) {
    throw new KubeconfigError(`invalid configuration: context was not found for specified context: ${contextName}`);
  }
  if (overrides.cluster) context.cluster = overrides.cluster;
  if (overrides.user) context.user = overrides.user;
  if (overrides.cluster && !config.clusters.has(overrides.cluster)) {
    throw new KubeconfigError(`cluster ${JSON.stringify(overrides.cluster)} does not exist`);
  }
  if (overrides.user && !config.users.has(overrides.user)) {
    throw new KubeconfigError(`auth info ${JSON.stringify(overrides.user)} does not exist`);
  }
  const clusterName = context.cluster ?? '';
  const cluster = overrideCluster({ ...config.clusters.get(clusterName) }, overrides);
  const user = overrideUser({ ...config.users.get(context.user ?? '') }, overrides);
  if (contextName === '' && Object.keys(cluster).length === 0) cluster.server = 'http://localhost:8080';
  const problems =
    contextName === ''
      ? []
      : [
          ...contextProblems(config, contextName, context),
          ...clusterProblems(clusterName, cluster),
          ...userProblems(context.user ?? '', user),
        ];
  if (problems.length > 0) {
    throw new KubeconfigError(
      `invalid configuration: ${problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`}`,
    );
  }
  const given = overrides.namespace || context.namespace;
  return {
    contextName,
    namespace: given || 'default',
    namespaceGiven: Boolean(given),
    clusterName,
    cluster,
    userName: context.user ?? '',
    user,
  };
}

/** How to reach the context's server; certificates and keys are read from their files. Throws `KubeconfigError`. */
export function transportConfigOf(
  sys: Pick<Sys, 'readFile'>,
  { cluster, userName, user }: ResolvedContext,
): TransportConfig {
  const read = (data: string | undefined, path: string | undefined, what: string, whose = '') => {
    if (data) return Buffer.from(data, 'base64').toString('utf8');
    return path ? readText(sys, path, what, whose) : undefined;
  };
  const tokenFile = user.tokenFile;
  const token = user.token || (tokenFile ? () => readText(sys, tokenFile, 'token').trim() : undefined);
  return {
    server: cluster.server ?? 'http://localhost:8080',
    tls: {
      authorities: read(
        cluster['certificate-authority-data'],
        cluster['certificate-authority'],
        'certificate-authority',
      ),
      insecure: cluster['insecure-skip-tls-verify'],
      serverName: cluster['tls-server-name'],
      certificate: read(user['client-certificate-data'], user['client-certificate'], 'client-cert', userName),
      key: read(user['client-key-data'], user['client-key'], 'client-key', userName),
    },
    token,
    username: user.username,
    password: user.password,
    impersonate: user.as
      ? { user: user.as, groups: user['as-groups'], uid: user['as-uid'], extra: user['as-user-extra'] }
      : undefined,
  };
}

function overrideCluster(cluster: KubeconfigCluster, overrides: KubeconfigOverrides): KubeconfigCluster {
  if (overrides.insecure || overrides.certificateAuthority) {
    delete cluster['certificate-authority-data'];
    delete cluster['certificate-authority'];
    delete cluster['insecure-skip-tls-verify'];
  }
  if (overrides.insecure) cluster['insecure-skip-tls-verify'] = true;
  if (overrides.certificateAuthority) cluster['certificate-authority'] = overrides.certificateAuthority;
  if (overrides.tlsServerName || overrides.server) delete cluster['tls-server-name'];
  if (overrides.tlsServerName) cluster['tls-server-name'] = overrides.tlsServerName;
  if (overrides.server) cluster.server = overrides.server;
  return cluster;
}

function overrideUser(user: KubeconfigUser, overrides: KubeconfigOverrides): KubeconfigUser {
  if (overrides.token) {
    user.token = overrides.token;
    delete user.tokenFile;
  }
  if (overrides.clientCertificate) {
    user['client-certificate'] = overrides.clientCertificate;
    delete user['client-certificate-data'];
  }
  if (overrides.clientKey) {
    user['client-key'] = overrides.clientKey;
    delete user['client-key-data'];
  }
  if (overrides.as) user.as = overrides.as;
  if (overrides.asGroups?.length) user['as-groups'] = [...overrides.asGroups];
  if (overrides.asUid) user['as-uid'] = overrides.asUid;
  if (overrides.asExtra) user['as-user-extra'] = overrides.asExtra;
  return user;
}

function contextProblems(config: Kubeconfig, name: string, context: KubeconfigContext): string[] {
  const problems: string[] = [];
  const shown = JSON.stringify(name);
  if (!context.user) problems.push(`user was not specified for context ${shown}`);
  else if (!config.users.has(context.user))
    problems.push(`user ${JSON.stringify(context.user)} was not found for context ${shown}`);
  if (!context.cluster) problems.push(`cluster was not specified for context ${shown}`);
  else if (!config.clusters.has(context.cluster)) {
    problems.push(`cluster ${JSON.stringify(context.cluster)} was not found for context ${shown}`);
  }
  if (context.namespace && dns1123Label(context.namespace).length > 0) {
    problems.push(
      `namespace ${JSON.stringify(context.namespace)} for context ${shown} does not conform to the kubernetes DNS_LABEL rules`,
    );
  }
  return problems;
}

function clusterProblems(name: string, cluster: KubeconfigCluster): string[] {
  if (Object.keys(cluster).length === 0) return ['cluster has no server defined'];
  const problems: string[] = [];
  if (!cluster.server)
    problems.push(
      name === '' ? 'default cluster has no server defined' : `no server found for cluster ${JSON.stringify(name)}`,
    );
  if (cluster['certificate-authority'] && cluster['certificate-authority-data']) {
    problems.push(
      `certificate-authority-data and certificate-authority are both specified for ${name}. certificate-authority-data will override.`,
    );
  }
  return problems;
}

function userProblems(name: string, user: KubeconfigUser): string[] {
  const problems: string[] = [];
  const certificate = user['client-certificate'] || user['client-certificate-data'];
  const key = user['client-key'] || user['client-key-data'];
  if (user['client-certificate'] && user['client-certificate-data']) {
    problems.push(`client-cert-data and client-cert are both specified for ${name}. client-cert-data will override.`);
  }
  if (certificate && user['client-key'] && user['client-key-data']) {
    problems.push(`client-key-data and client-key are both specified for ${name}; client-key-data will override`);
  }
  if (certificate && !key) {
    problems.push(
      `client-key-data or client-key must be specified for ${name} to use the clientCert authentication method.`,
    );
  }
  const methods = [...(user.token ? ['token'] : []), ...(user.username || user.password ? ['basicAuth'] : [])];
  if (methods.length > 1) {
    problems.push(
      `more than one authentication method found for ${name}; found [${methods.join(' ')}], only one is allowed`,
    );
  }
  return problems;
}

function readText(sys: Pick<Sys, 'readFile'>, path: string, what: string, whose = ''): string {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    const owner = whose === '' ? '' : ` for ${whose}`;
    const why = `open ${path}: ${error.message.toLowerCase()}`;
    throw new KubeconfigError(`unable to read ${what} ${path}${owner} due to ${why}`);
  }
}
