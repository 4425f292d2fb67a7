import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSimCluster, type SimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import { EPOCH } from '../../../src/labs/session/machine-options.js';

const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const BREAK = `sed -i 's/--authorization-mode=/--authorization-modes=/' ${MANIFEST}`;

let cluster: SimCluster;
beforeAll(async () => {
  const steps = [{ run: { host: 'controlplane', script: BREAK } }, { age: '5m' }];
  cluster = await openSimCluster(
    { world: { base: 'single-node', steps }, seed: '1', salt: '', epoch: EPOCH, timing: 'brisk' },
    { thread: 'same' },
  );
});
afterAll(() => cluster.close());

test('a world without an API server ages awake: its container is tried again and again', async () => {
  const { stdout } = await cluster.run('controlplane', 'root', ['crictl', 'ps', '-a', '--name', 'kube-apiserver']);
  const [, last = ''] = stdout.split('\n');
  expect(Number(last.split(/\s{2,}/)[5])).toBeGreaterThanOrEqual(4);
});
