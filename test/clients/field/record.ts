import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRealServer } from '../../reference/real-server.js';
import { realClients } from '../real-kubectl.js';
import { accessOf, ClusterApi } from './cluster-api.js';
import { Stage } from './play.js';
import { recordFile, sceneFiles } from './scene-files.js';

/** As Kubernetes' own tests of kubectl start the server; kubedrill's world `test-cmd` has the same. */
const FLAGS = [
  '--enable-admission-plugins=LimitRanger,ResourceQuota',
  '--disable-admission-plugins=ServiceAccount,DefaultStorageClass,DefaultTolerationSeconds,MutatingAdmissionWebhook,ValidatingAdmissionWebhook,StorageObjectInUseProtection',
  '--service-cluster-ip-range=10.0.0.0/24',
];
const NODE = `{apiVersion: v1, kind: Node, metadata: {name: 127.0.0.1}, status: {capacity: {memory: 1Gi},
  conditions: [{type: Ready, status: "True", reason: KubeletReady, message: kubelet is posting ready status}]}}`;

/**
 * Plays the scenes of `objects` with the real kubectl at a real API server and its controllers and writes down what they
 * say: `node scripts/run.mjs test/clients/field/record.ts [FILES…]`. Go is needed the first time.
 */
async function record(): Promise<void> {
  const { kubectl, reason } = realClients();
  if (kubectl === undefined) throw new Error(reason);
  const folder = mkdtempSync(join(tmpdir(), 'kubedrill-field-ca-'));
  const [cert, key] = [join(folder, 'ca.crt'), join(folder, 'ca.key')];
  const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=ca', '-keyout', key, '-out', cert];
  if (spawnSync('openssl', asked).status !== 0) throw new Error('openssl could not make a certificate authority');
  const real = await startRealServer({
    flags: [...FLAGS, `--client-ca-file=${cert}`],
    controllers: [
      '--node-monitor-grace-period=876000h',
      `--cluster-signing-cert-file=${cert}`,
      `--cluster-signing-key-file=${key}`,
      `--root-ca-file=${cert}`,
    ],
  });
  const kubeconfig = readFileSync(real.kubeconfig(), 'utf8');
  const api = new ClusterApi(accessOf(kubeconfig));
  const stage = new Stage(kubectl, kubeconfig);
  try {
    await api.give(NODE, '');
    const wanted = process.argv.slice(2);
    const files = sceneFiles('objects').filter((file) => wanted.length === 0 || wanted.includes(file));
    const done = await Promise.allSettled(files.map((file) => recordFile(stage, 'objects', file)));
    for (const each of done) if (each.status === 'rejected') console.error(each.reason);
  } finally {
    await real.stop();
    api.close();
    stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await record();
