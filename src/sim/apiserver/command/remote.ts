import { decodeScalar } from '../../api/decode-scalar.js';
import { aggregateTexts } from '../../api/field-error.js';
import { loadKubeconfig } from '../../client/kubeconfig/load.js';
import {
  type Kubeconfig,
  type KubeconfigCluster,
  KubeconfigError,
  type KubeconfigUser,
} from '../../client/kubeconfig/types.js';
import { readPem } from '../../client/pki/pem.js';
import { keyPairProblem } from '../../client/tls/key-pair.js';
import type { ClientTls } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Remote } from '../outgoing/remote.js';
import { readText, StartError } from './files.js';

/** What a kubeconfig is read with. */
export type RemoteSys = Pick<Sys, 'readFile' | 'stat' | 'environment' | 'directory'>;

const NOTHING = 'no configuration has been provided, try setting KUBERNETES_MASTER environment variable';
const EMPTY = 'cluster has no server defined';
const DATA = ['certificate-authority-data', 'client-certificate-data', 'client-key-data'] as const;

/**
 * The server that a kubeconfig of the API server's own names (webhook.LoadKubeconfig): nothing is put in place of what it
 * does not say. Throws `KubeconfigError` and `StartError` in the words of clientcmd.
 */
export function readRemote(sys: RemoteSys, path: string): Remote {
  const config = load(sys, path);
  const context = config.contexts.get(config.currentContext);
  const [clusterName, userName] = [context?.cluster ?? '', context?.user ?? ''];
  const known = config.clusters.get(clusterName);
  const cluster = known ?? {};
  const user = config.users.get(userName) ?? {};
  const problems = [
    ...(config.currentContext === '' || context
      ? []
      : [`context was not found for specified context: ${config.currentContext}`]),
    ...userProblems(sys, userName, user),
    ...(known ? clusterProblems(sys, clusterName, known) : [EMPTY]),
  ];
  if (problems.length === 1 && problems[0] === EMPTY) problems[0] = NOTHING;
  if (problems.length > 0) {
    throw new KubeconfigError(`invalid configuration: ${aggregateTexts(problems)}`);
  }
  const token = tokenOf(sys, user);
  return {
    server: serverOf(cluster, user),
    tls: tlsOf(sys, cluster, user),
    headers: () => credentials(user, token?.()),
  };
}

function load(sys: RemoteSys, path: string): Kubeconfig {
  const config = loadKubeconfig(sys, path);
  for (const entry of [...config.clusters.values(), ...config.users.values()]) {
    for (const field of DATA) {
      const given = (entry as Readonly<Record<string, unknown>>)[field];
      const read = decodeScalar('bytes', given ?? '');
      if ('error' in read) throw new KubeconfigError(`error loading config file "${path}": ${read.error}`);
    }
  }
  return config;
}

function userProblems(sys: RemoteSys, name: string, user: KubeconfigUser): string[] {
  const { token, username, password } = user;
  const { 'client-certificate': file, 'client-certificate-data': data } = user;
  const { 'client-key': keyFile, 'client-key-data': keyData } = user;
  const problems: string[] = [];
  if (file || data) {
    const overridden = 'are both specified for';
    if (file && data)
      problems.push(`client-cert-data and client-cert ${overridden} ${name}. client-cert-data will override.`);
    if (keyFile && keyData)
      problems.push(`client-key-data and client-key ${overridden} ${name}; client-key-data will override`);
    if (!keyFile && !keyData) {
      const why = 'to use the clientCert authentication method.';
      problems.push(`client-key-data or client-key must be specified for ${name} ${why}`);
    }
    problems.push(...unreadable(sys, 'client-cert', file, name), ...unreadable(sys, 'client-key', keyFile, name));
  }
  if (token && (username || password)) {
    problems.push(
      `more than one authentication method found for ${name}; found [token basicAuth], only one is allowed`,
    );
  }
  return problems;
}

function clusterProblems(sys: RemoteSys, name: string, cluster: KubeconfigCluster): string[] {
  const { server, 'certificate-authority': file, 'certificate-authority-data': data } = cluster;
  const problems: string[] = [];
  if (!server) {
    problems.push(
      name === '' ? 'default cluster has no server defined' : `no server found for cluster ${JSON.stringify(name)}`,
    );
  }
  if (file && data) {
    const both = 'certificate-authority-data and certificate-authority are both specified for';
    problems.push(`${both} ${name}. certificate-authority-data will override.`);
  }
  return [...problems, ...unreadable(sys, 'certificate-authority', file, name)];
}

function unreadable(sys: RemoteSys, what: string, file: string | undefined, whose: string): string[] {
  if (!file) return [];
  try {
    readText(sys, file);
    return [];
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return [`unable to read ${what} ${file} for ${whose} due to ${error.message}`];
  }
}

/** Where the server is; one without a scheme is a host and nothing more. */
function serverOf(cluster: KubeconfigCluster, user: KubeconfigUser): string {
  const { server = '' } = cluster;
  const plain = server.replace(/[?#].*$/, '').replace(/\/+$/, '');
  if (/^[a-z][a-z0-9+.-]*:\/\/./i.test(plain)) return plain;
  if (plain.includes('/'))
    throw new KubeconfigError(`host must be a URL or a host:port pair: ${JSON.stringify(server)}`);
  const secure =
    cluster['certificate-authority'] ||
    cluster['certificate-authority-data'] ||
    cluster['insecure-skip-tls-verify'] ||
    user['client-certificate'] ||
    user['client-certificate-data'];
  return `${secure ? 'https' : 'http'}://${plain}`;
}

/** How the other side is known and what is shown to it: authorities are read once, a certificate in files whenever it is needed. */
function tlsOf(sys: RemoteSys, cluster: KubeconfigCluster, user: KubeconfigUser): () => ClientTls {
  const decoded = (data: string | undefined) => (data ? Buffer.from(data, 'base64').toString('utf8') : undefined);
  const { 'insecure-skip-tls-verify': insecure, 'tls-server-name': serverName } = cluster;
  const { 'certificate-authority': file, 'certificate-authority-data': data } = cluster;
  const authorities = decoded(data) ?? (file ? readText(sys, file) : undefined);
  if (insecure && (file || data)) {
    throw new KubeconfigError('specifying a root certificates file with the insecure flag is not allowed');
  }
  if (authorities && readPem(authorities).length === 0) {
    throw new KubeconfigError('unable to load root certificates: unable to parse bytes as PEM block');
  }
  const read = (text: string | undefined, path: string | undefined) =>
    decoded(text) ?? (path ? readText(sys, path) : undefined);
  const { 'client-certificate': certificate, 'client-certificate-data': certificateData } = user;
  const { 'client-key': key, 'client-key-data': keyData } = user;
  const shown = (): ClientTls => ({
    authorities,
    insecure,
    serverName,
    certificate: read(certificateData, certificate),
    key: read(keyData, key),
  });
  if (certificateData || keyData) checkPair(shown());
  return () => {
    const tls = shown();
    checkPair(tls);
    return tls;
  };
}

function checkPair({ certificate, key }: ClientTls): void {
  if (!certificate || !key) return;
  const problem = keyPairProblem(certificate, key);
  if (problem !== undefined) throw new KubeconfigError(problem);
}

function tokenOf(sys: RemoteSys, { token, tokenFile }: KubeconfigUser): (() => string) | undefined {
  if (!tokenFile) return token ? () => token : undefined;
  readText(sys, tokenFile);
  return () => readText(sys, tokenFile).trim();
}

function credentials({ username, password }: KubeconfigUser, token: string | undefined): Record<string, string> {
  if (token) return { authorization: `Bearer ${token}` };
  if (!username && !password) return {};
  const pair = Buffer.from(`${username ?? ''}:${password ?? ''}`, 'utf8').toString('base64');
  return { authorization: `Basic ${pair}` };
}
