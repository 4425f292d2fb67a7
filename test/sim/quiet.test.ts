import { expect, test } from 'vitest';
import { openSimCluster } from '../../src/clusters/sim/sim-cluster.js';
import { EPOCH } from '../../src/labs/session/machine-options.js';

test('a world whose API server is between two lives is not quiet, nor one in which something was just done', async () => {
  const cluster = await openSimCluster(
    { world: { base: 'single-node' }, seed: '1', salt: '', epoch: EPOCH, timing: 'brisk' },
    { thread: 'same' },
  );
  const wrong = [
    'cd /etc/kubernetes/manifests',
    'cp kube-apiserver.yaml /root',
    'sed -i s/--secure-port/--secure-prot/ kube-apiserver.yaml',
    'sleep 100',
    'cp /root/kube-apiserver.yaml .',
  ];
  await cluster.run('controlplane', 'root', ['bash', '-c', wrong.join('; ')], { timeoutSeconds: 200 });
  expect((await cluster.request({ method: 'GET', path: '/readyz' })).status).toBe(0);
  expect(await cluster.settle(180)).toBe(true);
  expect((await cluster.request({ method: 'GET', path: '/readyz' })).status).toBe(200);
  await cluster.wait(60);
  await cluster.run('controlplane', 'root', ['touch', '/etc/kubernetes/manifests/kube-apiserver.yaml']);
  const before = await cluster.now();
  expect(await cluster.settle(180)).toBe(true);
  expect((await cluster.now()) - before).toBeGreaterThanOrEqual(29_000_000);
  await cluster.close();
});
