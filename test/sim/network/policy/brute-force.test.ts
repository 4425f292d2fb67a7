import { describe, expect, test } from 'vitest';
import type { PacketProtocol } from '../../../../src/sim/kernel/network.js';
import { type DrawnCluster, drawCluster, PORTS, PROTOCOLS } from './drawn-cluster.js';
import { connectionAllowed, type Party } from './naive-policy.js';
import { namespaceOf, policyCaches } from './policy-world.js';

/** `KUBEDRILL_POLICY_SEED=123` plays one seed alone, `KUBEDRILL_POLICY_SEEDS=50000` that many. */
const ONLY = process.env['KUBEDRILL_POLICY_SEED'];
const SEEDS = Number(process.env['KUBEDRILL_POLICY_SEEDS'] ?? 10_000);

function parties({ pods }: DrawnCluster): Party[] {
  const outside = ['203.0.113.7', '192.168.1.12'].map((address) => ({ address }));
  return [...pods.map((pod) => ({ pod, address: pod.status?.podIP as string })), ...outside];
}

/** The cluster in the agent's caches: policies come last, so that what was kept of pods before is put to the test too. */
function decider(cluster: DrawnCluster) {
  const { index, pods, namespaces, policies } = policyCaches();
  namespaces.replace([...cluster.namespaces].map(([name, labels]) => namespaceOf(name, labels)));
  pods.replace(cluster.pods);
  for (const policy of cluster.policies) policies.put(policy);
  return (from: Party, to: Party, port: number, protocol: string): boolean => {
    const spoken = protocol.toLowerCase() as PacketProtocol;
    if (from.address === to.address) return true;
    return (
      index.allows('egress', from.address, to.address, port, spoken) &&
      index.allows('ingress', to.address, from.address, port, spoken)
    );
  };
}

/** Every pair and port of one drawn cluster; the first that is not agreed on, and how many were open. */
function compared(seed: number): { differs: string | undefined; open: number; asked: number } {
  const cluster = drawCluster(seed);
  const ours = decider(cluster);
  let open = 0;
  let asked = 0;
  for (const from of parties(cluster)) {
    for (const to of parties(cluster)) {
      if (!from.pod && !to.pod) continue;
      for (const port of PORTS) {
        for (const protocol of PROTOCOLS) {
          const said = ours(from, to, port, protocol);
          const naive = connectionAllowed(cluster, { from, to, port, protocol });
          asked += 1;
          open += said ? 1 : 0;
          if (said === naive) continue;
          const where = `${from.address} > ${to.address} ${port}/${protocol}`;
          return { differs: `seed ${seed}: ${where}: ours ${said}, the naive one ${naive}`, open, asked };
        }
      }
    }
  }
  return { differs: undefined, open, asked };
}

describe('policies drawn from seeds', () => {
  test('are judged as the naive evaluator judges them, every pair and port', () => {
    const seeds = ONLY === undefined ? Array.from({ length: SEEDS }, (_, at) => at + 1) : [Number(ONLY)];
    let open = 0;
    let asked = 0;
    for (const seed of seeds) {
      const result = compared(seed);
      expect(result.differs).toBeUndefined();
      open += result.open;
      asked += result.asked;
    }
    console.log(`policies: seeds ${seeds[0]} to ${seeds.at(-1)}, ${asked} connections, ${open} of them open`);
    // The draw is of use only while both answers are common.
    if (ONLY === undefined) expect(open / asked).toBeGreaterThan(0.25);
    if (ONLY === undefined) expect(open / asked).toBeLessThan(0.75);
  }, 60_000);
});
