import { expect, test } from 'vitest';
import { openSimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import { EPOCH } from '../../../src/labs/session/machine-options.js';

const MANIFESTS = `
apiVersion: v1
kind: ConfigMap
metadata: {name: first, namespace: described}
---
apiVersion: v1
kind: Namespace
metadata: {name: described, labels: {team: amber}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: second, namespace: missing}
`;

test('a namespace that the manifests describe is as they say, one that they only name is made bare', async () => {
  const cluster = await openSimCluster(
    {
      world: { base: 'single-node', steps: [{ manifests: MANIFESTS }] },
      seed: '1',
      salt: '',
      epoch: EPOCH,
      timing: 'brisk',
    },
    { thread: 'same' },
  );
  const found = await cluster.run('controlplane', 'root', [
    'kubectl',
    'get',
    'ns',
    'described',
    'missing',
    '-Lteam',
    '--no-headers',
  ]);
  expect(found.stdout.replace(/ +/g, ' ')).toMatch(/^described Active \d+s amber\nmissing Active \d+s *\n$/);
  const maps = await cluster.run('controlplane', 'root', [
    'bash',
    '-c',
    'kubectl get cm -A --no-headers | grep -c -e first -e second',
  ]);
  expect(maps.stdout).toBe('2\n');
  await cluster.close();
});
