import type { KubeObject } from '../api/object.js';
import { etcdCommand } from './kubeadm/arguments.js';
import { SETTINGS } from './kubeadm/settings.js';
import { namedHosts } from './machines.js';
import type { HostPlan, WorldRecipe } from './plan.js';

const PKI = '/etc/kubernetes/pki';
const TOKEN_FILE = '/etc/kubernetes/auth-tokens.csv';
const TOKEN = 'admin-token';

/**
 * What Kubernetes' own tests of kubectl run against (hack/make-rules/test-cmd.sh): an API server and controllers, no
 * scheduler, no kubelet, and one node that is an object only. Whoever brings the token may do everything.
 */
export const testCmd: WorldRecipe = (names) => {
  const hosts = namedHosts(['base', 'controlplane'], names);
  const controlPlane = hosts.find(({ role }) => role === 'control-plane') as HostPlan;
  return {
    hosts,
    settings: { ...SETTINGS, clusterName: 'local' },
    controlPlaneNode: 'none',
    objects: [NODE],
    tokens: { file: TOKEN_FILE, content: `${TOKEN},admin,,"system:masters"\n`, own: TOKEN },
    services: [
      { name: 'etcd', command: etcdCommand(controlPlane) },
      { name: 'kube-apiserver', command: ['kube-apiserver', ...API_SERVER_FLAGS] },
      { name: 'kube-controller-manager', command: ['kube-controller-manager', ...CONTROLLER_MANAGER_FLAGS] },
    ],
  };
};

const API_SERVER_FLAGS: readonly string[] = [
  '--authorization-mode=RBAC,AlwaysAllow',
  '--secure-port=6443',
  '--enable-admission-plugins=LimitRanger,ResourceQuota',
  '--disable-admission-plugins=ServiceAccount,DefaultStorageClass,DefaultTolerationSeconds,MutatingAdmissionWebhook,ValidatingAdmissionWebhook,StorageObjectInUseProtection',
  '--etcd-servers=https://127.0.0.1:2379',
  `--etcd-cafile=${PKI}/etcd/ca.crt`,
  `--etcd-certfile=${PKI}/apiserver-etcd-client.crt`,
  `--etcd-keyfile=${PKI}/apiserver-etcd-client.key`,
  `--service-account-key-file=${PKI}/sa.pub`,
  '--service-account-issuer=https://kubernetes.default.svc',
  `--service-account-signing-key-file=${PKI}/sa.key`,
  `--tls-cert-file=${PKI}/apiserver.crt`,
  `--tls-private-key-file=${PKI}/apiserver.key`,
  '--service-cluster-ip-range=10.0.0.0/24',
  `--client-ca-file=${PKI}/ca.crt`,
  `--token-auth-file=${TOKEN_FILE}`,
];

const CONTROLLER_MANAGER_FLAGS: readonly string[] = [
  `--cluster-signing-cert-file=${PKI}/ca.crt`,
  `--cluster-signing-key-file=${PKI}/ca.key`,
  '--kubeconfig=/etc/kubernetes/controller-manager.conf',
  // Nobody tells of the node's life: it stays as it was made.
  '--node-monitor-grace-period=876000h',
];

const NODE: KubeObject = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: '127.0.0.1', annotations: { 'save-managers': 'true' } },
  status: {
    capacity: { memory: '1Gi' },
    conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }],
  },
} as KubeObject;
