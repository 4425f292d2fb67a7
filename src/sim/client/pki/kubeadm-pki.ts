import type { Micros } from '../../kernel/time.js';
import { Authority, type Credential } from './authority.js';
import { deriveKey, type KeyPair, privateKeyPem, publicKeyPem } from './key.js';

/** What kubeadm asks before it makes certificates. */
export interface PkiOptions {
  /** Seed and secret salt of the world: nobody without both can make the same keys. */
  readonly secret: string;
  readonly now: Micros;
  readonly controlPlaneName: string;
  readonly controlPlaneAddress: string;
  /** First address of the service range: 10.96.0.1. */
  readonly serviceAddress: string;
  readonly dnsDomain?: string;
  /** More names and addresses for the API server's certificate. */
  readonly extraNames?: readonly string[];
}

/** A file of /etc/kubernetes/pki: its path below that directory, its mode, and its text when somebody reads it. */
export interface PkiFile {
  readonly path: string;
  readonly mode: number;
  read(): string;
}

/** The authorities and credentials of a cluster. */
export interface ClusterPki {
  readonly ca: Authority;
  readonly etcdCa: Authority;
  readonly frontProxyCa: Authority;
  /** Signs ServiceAccount tokens. */
  readonly serviceAccountKey: KeyPair;
  /** Files of a control plane node, sorted by path. */
  readonly files: readonly PkiFile[];
  /** A client certificate signed by the cluster's authority. */
  client(name: string, commonName: string, organizations?: readonly string[]): Credential;
  /** A kubelet's client certificate: `system:node:<name>` in `system:nodes`. */
  kubeletClient(node: string): Credential;
}

const ADMINS = 'kubeadm:cluster-admins';

/** All that kubeadm's certs phase makes; keys and certificates are computed when they are read. */
export function createPki(options: PkiOptions): ClusterPki {
  const { secret, now, controlPlaneName: node, controlPlaneAddress: address } = options;
  const domain = options.dnsDomain ?? 'cluster.local';
  const ca = new Authority(secret, 'ca', { commonName: 'kubernetes' }, now, ['kubernetes']);
  const etcdCa = new Authority(secret, 'etcd/ca', { commonName: 'etcd-ca' }, now, ['etcd-ca']);
  const frontProxyCa = new Authority(secret, 'front-proxy-ca', { commonName: 'front-proxy-ca' }, now, [
    'front-proxy-ca',
  ]);
  const serviceAccountKey = deriveKey(secret, 'sa');
  const services = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', `kubernetes.default.svc.${domain}`];
  const extra = options.extraNames ?? [];
  const etcdPeer = (name: string) =>
    etcdCa.issue({
      name,
      subject: { commonName: node },
      usages: ['server', 'client'],
      dnsNames: [node, 'localhost'],
      addresses: [address, '127.0.0.1', '::1'],
    });
  const etcdClient = (name: string, commonName: string) =>
    etcdCa.issue({ name, subject: { commonName }, usages: ['client'] });
  const client = (name: string, commonName: string, organizations: readonly string[] = []) =>
    ca.issue({ name, subject: { commonName, organizations }, usages: ['client'] });
  const apiserver = ca.issue({
    name: 'apiserver',
    subject: { commonName: 'kube-apiserver' },
    usages: ['server'],
    dnsNames: [node, ...services, ...extra.filter((name) => !isAddress(name))],
    addresses: [options.serviceAddress, address, ...extra.filter(isAddress)],
  });
  const credentials: [string, Credential][] = [
    ['apiserver', apiserver],
    ['apiserver-etcd-client', etcdClient('apiserver-etcd-client', 'kube-apiserver-etcd-client')],
    ['apiserver-kubelet-client', client('apiserver-kubelet-client', 'kube-apiserver-kubelet-client', [ADMINS])],
    ['ca', ca.self],
    ['etcd/ca', etcdCa.self],
    ['etcd/healthcheck-client', etcdClient('healthcheck-client', 'kube-etcd-healthcheck-client')],
    ['etcd/peer', etcdPeer('peer')],
    ['etcd/server', etcdPeer('server')],
    ['front-proxy-ca', frontProxyCa.self],
    [
      'front-proxy-client',
      frontProxyCa.issue({
        name: 'front-proxy-client',
        subject: { commonName: 'front-proxy-client' },
        usages: ['client'],
      }),
    ],
  ];
  const files: PkiFile[] = credentials.flatMap(([path, credential]) => [
    { path: `${path}.crt`, mode: 0o644, read: () => credential.certificate() },
    { path: `${path}.key`, mode: 0o600, read: () => credential.privateKey() },
  ]);
  files.push({ path: 'sa.key', mode: 0o600, read: () => privateKeyPem(serviceAccountKey) });
  files.push({ path: 'sa.pub', mode: 0o600, read: () => publicKeyPem(serviceAccountKey) });
  return {
    ca,
    etcdCa,
    frontProxyCa,
    serviceAccountKey,
    files,
    client,
    kubeletClient: (name) => client(`kubelet/${name}`, `system:node:${name}`, ['system:nodes']),
  };
}

/** Kubeconfigs that kubeadm writes to /etc/kubernetes, as file name, user and credential. */
export function kubeadmUsers(
  pki: ClusterPki,
): { file: string; user: string; context: string; credential: Credential }[] {
  const entry = (file: string, user: string, credential: Credential) => ({
    file,
    user,
    context: `${user}@kubernetes`,
    credential,
  });
  return [
    entry('admin.conf', 'kubernetes-admin', pki.client('admin', 'kubernetes-admin', [ADMINS])),
    entry(
      'controller-manager.conf',
      'system:kube-controller-manager',
      pki.client('controller-manager', 'system:kube-controller-manager'),
    ),
    entry('scheduler.conf', 'system:kube-scheduler', pki.client('scheduler', 'system:kube-scheduler')),
    entry(
      'super-admin.conf',
      'kubernetes-super-admin',
      pki.client('super-admin', 'kubernetes-super-admin', ['system:masters']),
    ),
  ];
}

function isAddress(name: string): boolean {
  return /^[\d.]+$/.test(name) || name.includes(':');
}
