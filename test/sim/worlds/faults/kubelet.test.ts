import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSimCluster, type SimCluster } from '../../../../src/clusters/sim/sim-cluster.js';
import { EPOCH } from '../../../../src/labs/session/machine-options.js';
import type { WorldStep } from '../../../../src/sim/worlds/spec.js';

/** A base host's name, the fault on it, and the words by which a learner knows it. */
type Broken = readonly [base: keyof typeof HOSTS, fault: string, words: RegExp];

const HOSTS = { controlplane: 'cka1', node01: 'cka1-node1', node02: 'cka1-node2' };

/** All the faults of kubelets, each on another host of one of two worlds. */
const WORLDS: readonly (readonly Broken[])[] = [
  [
    [
      'controlplane',
      'kubelet-flag-removed',
      /"command failed" err="failed to parse kubelet flag: unknown flag: --container-runtime"/,
    ],
    ['node01', 'kubelet-disabled', /systemd\[1\]: Stopped kubelet\.service/],
    ['node02', 'kubelet-server-port-wrong', /dial tcp [\d.]+:6433: connect: connection refused/],
  ],
  [
    [
      'controlplane',
      'kubelet-config-not-yaml',
      /failed to load kubelet config file, path: \/var\/lib\/kubelet\/config\.yaml, error: .*could not find expected ':'/,
    ],
    [
      'node01',
      'kubelet-program-misplaced',
      /Failed at step EXEC spawning \/usr\/local\/bin\/kubelet: No such file or directory/,
    ],
    [
      'node02',
      'kubelet-client-ca-missing',
      /unable to load client CA file \/etc\/kubernetes\/pki\/kubelet-ca\.crt: open .*: no such file or directory/,
    ],
  ],
];

const open = (base: string, hosts: Record<string, string>, steps: readonly WorldStep[]): Promise<SimCluster> =>
  openSimCluster(
    { world: { base, hosts, steps }, seed: '1', salt: '', epoch: EPOCH, timing: 'brisk' },
    { thread: 'same' },
  );

describe.each(WORLDS.map((faults) => ({ faults })))('a world with kubelets broken in three ways', ({ faults }) => {
  let cluster: SimCluster;
  beforeAll(async () => {
    const steps = faults.map(([node, name]) => ({ fault: { name, node } }));
    cluster = await open('three-node', HOSTS, [...steps, { age: '90s' }]);
  });
  afterAll(() => cluster.close());

  test.each(faults)('%s: %s tells its cause in the journal, and the node is not ready', async (base, _, words) => {
    const host = HOSTS[base];
    const { stdout } = await cluster.run(host, 'root', ['journalctl', '-u', 'kubelet', '--no-pager'], {});
    expect(stdout).toMatch(words);
    const { stdout: status } = await cluster.run(
      HOSTS.controlplane,
      'candidate',
      ['kubectl', 'get', 'node', host, '--no-headers'],
      {},
    );
    expect(status).toMatch(new RegExp(`^${host} +NotReady `));
  });
});

test.each([
  ['kubelet-disabled', 'node09', 'step 1 of the world: kubelet-disabled: there is no host node09'],
  [
    'kubelet-config-not-yaml',
    'controlplane',
    'step 2 of the world: kubelet-config-not-yaml: /var/lib/kubelet/config.yaml has not what the fault changes',
  ],
])('%s twice on %s is told with its step', async (name, node, message) => {
  const step = { fault: { name, node } };
  await expect(open('single-node', {}, [step, step])).rejects.toThrow(message);
});
