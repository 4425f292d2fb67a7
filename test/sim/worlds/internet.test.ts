import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSimCluster, type SimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import { EPOCH } from '../../../src/labs/session/machine-options.js';

let cluster: SimCluster;
beforeAll(async () => {
  cluster = await openSimCluster(
    { world: { base: 'single-node', internet: false }, seed: '1', salt: '', epoch: EPOCH, timing: 'brisk' },
    { thread: 'same' },
  );
});
afterAll(() => cluster.close());

test('without internet the names are known, and nobody answers', async () => {
  const url = 'https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml';
  const { stderr } = await cluster.run('controlplane', 'root', ['curl', '-sS', '-m', '3', url]);
  expect(stderr).toBe('curl: (28) Connection timed out after 3001 milliseconds\n');
});
