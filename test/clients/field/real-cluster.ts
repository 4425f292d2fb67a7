import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRealServer } from '../../reference/real-server.js';
import { accessOf, ClusterApi, HttpsConnection } from './cluster-api.js';

/** As Kubernetes' own tests of kubectl start the server; kubedrill's world `test-cmd` has the same. */
const TEST_CMD = [
  '--enable-admission-plugins=LimitRanger,ResourceQuota',
  '--disable-admission-plugins=ServiceAccount,DefaultStorageClass,DefaultTolerationSeconds,MutatingAdmissionWebhook,ValidatingAdmissionWebhook,StorageObjectInUseProtection',
  '--service-cluster-ip-range=10.0.0.0/24',
];
/** As kubeadm starts it. */
const KUBEADM = [
  '--authorization-mode=Node,RBAC',
  '--enable-admission-plugins=NodeRestriction',
  '--enable-bootstrap-token-auth=true',
];
const FLAGS = { access: KUBEADM, objects: TEST_CMD };
const NODE = `{apiVersion: v1, kind: Node, metadata: {name: 127.0.0.1}, status: {capacity: {memory: 1Gi},
  conditions: [{type: Ready, status: "True", reason: KubeletReady, message: kubelet is posting ready status}]}}`;

const ADMINISTRATORS = `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding,
  metadata: {name: "kubeadm:cluster-admins"},
  roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin},
  subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "kubeadm:cluster-admins"}]}`;

/** The kubeconfig with a certificate such as kubeadm gives its administrator. */
function asKubeadm(kubeconfig: string, folder: string, caCert: string, caKey: string): string {
  const [key, asked, cert] = ['key', 'csr', 'crt'].map((end) => join(folder, `admin.${end}`)) as [
    string,
    string,
    string,
  ];
  const openssl = (...words: string[]): void => {
    if (spawnSync('openssl', words).status !== 0) throw new Error(`openssl ${words.join(' ')}`);
  };
  const subject = '/O=kubeadm:cluster-admins/CN=kubernetes-admin';
  openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', subject, '-keyout', key, '-out', asked);
  openssl('x509', '-req', '-in', asked, '-CA', caCert, '-CAkey', caKey, '-CAcreateserial', '-out', cert);
  const data = (file: string): string => readFileSync(file).toString('base64');
  const user = { 'client-certificate-data': data(cert), 'client-key-data': data(key) };
  return JSON.stringify({ ...JSON.parse(kubeconfig), users: [{ name: 'admin', user }] });
}

/**
 * Starts a real API server and its controllers as scenes of a setting were recorded at, gives their kubeconfigs (with a
 * token, and the one for the setting), and takes all away again. Go is needed the first time.
 */
export async function withRealCluster(
  setting: 'access' | 'objects',
  use: (kubeconfigs: { readonly plain: string; readonly own: string }) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kubedrill-field-ca-'));
  const [cert, key] = [join(folder, 'ca.crt'), join(folder, 'ca.key')];
  const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=ca', '-keyout', key, '-out', cert];
  if (spawnSync('openssl', asked).status !== 0) throw new Error('openssl could not make a certificate authority');
  const real = await startRealServer({
    flags: [...FLAGS[setting], `--client-ca-file=${cert}`],
    controllers: [
      '--node-monitor-grace-period=876000h',
      `--cluster-signing-cert-file=${cert}`,
      `--cluster-signing-key-file=${key}`,
      `--root-ca-file=${cert}`,
      // Tokens in Secrets are made, and good for nothing.
      `--service-account-private-key-file=${key}`,
    ],
  });
  try {
    const plain = readFileSync(real.kubeconfig(), 'utf8');
    const administrators = new ClusterApi(new HttpsConnection(accessOf(plain)));
    await administrators.give(setting === 'objects' ? NODE : ADMINISTRATORS, '');
    administrators.close();
    await use({ plain, own: setting === 'access' ? asKubeadm(plain, folder, cert, key) : plain });
  } finally {
    await real.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
