import type { LabelSelector } from '../../../../src/sim/api/object.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import type {
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from '../../../../src/sim/api/types/policy.js';
import { createRandom, type Random } from '../../../../src/sim/kernel/random.js';
import { podOf, policyOf } from './policy-world.js';

type Labels = Record<string, string>;

export const PORTS = [80, 443, 8080, 9000] as const;
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
const NAMESPACES = ['one', 'two', 'three'];
const KEYS = ['app', 'tier'];
const VALUES = ['a', 'b', 'c'];
const PORT_NAMES = ['http', 'admin'];
/** Blocks about the pods' addresses, parts of them, single ones, and the world outside. */
const BLOCKS = ['0.0.0.0/0', '10.0.0.0/8', '10.244.1.0/24', '10.244.2.0/25', '10.244.1.1/32', '203.0.113.0/24'];

/** A few namespaces, pods and policies, drawn from a seed. */
export interface DrawnCluster {
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly pods: readonly Pod[];
  readonly policies: readonly NetworkPolicy[];
}

export function drawCluster(seed: number): DrawnCluster {
  const random = createRandom(`policies/${seed}`);
  const namespaces = new Map(NAMESPACES.map((name) => [name, drawLabels(random)]));
  const pods = Array.from({ length: 3 + random.below(3) }, (_, at) => drawPod(random, at));
  const policies = Array.from({ length: 2 + random.below(6) }, (_, at) =>
    policyOf(random.pick(NAMESPACES), `p${at}`, drawSpec(random)),
  );
  return { namespaces, pods, policies };
}

function drawPod(random: Random, at: number): Pod {
  const ports = Array.from({ length: random.below(3) }, () => ({
    name: random.pick(PORT_NAMES),
    containerPort: random.pick(PORTS),
    protocol: random.pick(PROTOCOLS),
  }));
  const address = `10.244.${1 + random.below(2)}.${at + 1 + random.below(2) * 128}`;
  return podOf(`${random.pick(NAMESPACES)}/pod${at}`, address, drawLabels(random), { ports });
}

function drawLabels(random: Random): Labels {
  return Object.fromEntries(KEYS.filter(() => random.below(3) > 0).map((key) => [key, random.pick(VALUES)]));
}

function drawSelector(random: Random): LabelSelector {
  const selector: LabelSelector = {};
  if (random.below(2) === 0) selector.matchLabels = { [random.pick(KEYS)]: random.pick(VALUES) };
  if (random.below(4) === 0) {
    const operator = random.pick(['In', 'NotIn', 'Exists', 'DoesNotExist']);
    const values = operator.endsWith('In') ? VALUES.filter(() => random.below(2) === 0) : [];
    const listed = operator.endsWith('In') && values.length === 0 ? ['a'] : values;
    selector.matchExpressions = [
      { key: random.pick(KEYS), operator, ...(listed.length > 0 ? { values: listed } : {}) },
    ];
  }
  return selector;
}

function drawSpec(random: Random): NetworkPolicySpec {
  const spec: NetworkPolicySpec = { podSelector: drawSelector(random) };
  const types = random.pick([undefined, ['Ingress'], ['Egress'], ['Ingress', 'Egress']]);
  if (types) spec.policyTypes = types;
  if (random.below(3) > 0) spec.ingress = some(random, 3, () => ({ ...peers(random, 'from'), ...ports(random) }));
  if (random.below(3) > 0) spec.egress = some(random, 3, () => ({ ...peers(random, 'to'), ...ports(random) }));
  return spec;
}

function peers<K extends 'from' | 'to'>(random: Random, key: K): Partial<Record<K, NetworkPolicyPeer[]>> {
  if (random.below(4) === 0) return {};
  return { [key]: some(random, 3, () => drawPeer(random)) } as Record<K, NetworkPolicyPeer[]>;
}

function ports(random: Random): { ports?: NetworkPolicyPort[] } {
  return random.below(2) === 0 ? {} : { ports: some(random, 3, () => drawPort(random)) };
}

function some<T>(random: Random, limit: number, draw: () => T): T[] {
  return Array.from({ length: random.below(limit) }, draw);
}

function drawPeer(random: Random): NetworkPolicyPeer {
  switch (random.below(4)) {
    case 0:
      return { podSelector: drawSelector(random) };
    case 1:
      return { namespaceSelector: drawSelector(random) };
    case 2:
      return { podSelector: drawSelector(random), namespaceSelector: drawSelector(random) };
    default: {
      const except = BLOCKS.filter(() => random.below(5) === 0);
      return { ipBlock: { cidr: random.pick(BLOCKS), ...(except.length > 0 ? { except } : {}) } };
    }
  }
}

function drawPort(random: Random): NetworkPolicyPort {
  const rule: NetworkPolicyPort = {};
  if (random.below(2) === 0) rule.protocol = random.pick(PROTOCOLS);
  const kind = random.below(4);
  if (kind === 1) rule.port = random.pick(PORTS);
  if (kind === 2) rule.port = random.pick(PORT_NAMES);
  if (kind === 3) {
    rule.port = random.pick(PORTS);
    rule.endPort = rule.port + random.below(9000);
  }
  return rule;
}
