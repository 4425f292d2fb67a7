import type { Namespace } from '../src/sim/api/types/config.js';
import type { Pod } from '../src/sim/api/types/pod.js';
import type { NetworkPolicy } from '../src/sim/api/types/policy.js';
import { ObjectCache } from '../src/sim/client/object-cache.js';
import { PolicyIndex } from '../src/sim/network/policy/policy-index.js';
import type { Benchmark } from './benchmark.js';
import { cpuMs } from './machine.js';

const POLICIES = 1000;
const PODS = 10_000;
const PODS_PER_NAMESPACE = 500;
const ASKED_PODS = 1000;
const SPACES_FEW = 2;
const QUESTIONS = 200_000;
/** What is measured is the agent at work: the first questions read policies and pods. */
const WARMING = 40_000;

const indexes = new Map<number, PolicyIndex>();

function addressOf(pod: number): string {
  return `10.${244 + Math.floor(pod / 65_536)}.${Math.floor(pod / 256) % 256}.${pod % 256}`;
}

function policyOf(number: number, namespaces: number): NetworkPolicy {
  const peers = [
    { podSelector: { matchLabels: { role: 'client' } } },
    { namespaceSelector: { matchLabels: { team: 'a' } }, podSelector: { matchLabels: { role: 'client' } } },
    { ipBlock: { cidr: '10.0.0.0/8', except: ['10.244.3.0/24'] } },
  ];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: `space-${number % namespaces}`, name: `policy-${number}` },
    spec: {
      podSelector: { matchLabels: { app: `app-${Math.floor(number / namespaces)}` } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: peers, ports: [{ port: 80 }, { port: 8000, endPort: 8080 }] }],
      egress: [{ to: peers, ports: [{ port: 80 }] }, { ports: [{ protocol: 'UDP', port: 53 }] }],
    },
  };
}

/** An agent that knows so many policies and pods, the same number of pods in each namespace. */
function agent(policies: number, pods: number): PolicyIndex {
  const known = indexes.get(policies);
  if (known) return known;
  const namespaces = pods / PODS_PER_NAMESPACE;
  const caches = {
    pods: new ObjectCache<Pod>(),
    namespaces: new ObjectCache<Namespace>(),
    policies: new ObjectCache<NetworkPolicy>(),
  };
  const made = new PolicyIndex(caches);
  for (let number = 0; number < namespaces; number += 1) {
    const metadata = { name: `space-${number}`, labels: { team: number % 2 === 0 ? 'a' : 'b' } };
    caches.namespaces.put({ apiVersion: 'v1', kind: 'Namespace', metadata } as Namespace);
  }
  for (let number = 0; number < pods; number += 1) {
    const labels = { app: `app-${number % 50}`, role: number % 3 === 0 ? 'client' : 'server' };
    const metadata = { namespace: `space-${Math.floor(number / PODS_PER_NAMESPACE)}`, name: `pod-${number}`, labels };
    const status = { phase: 'Running', podIP: addressOf(number) };
    caches.pods.put({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [] }, status } as unknown as Pod);
  }
  for (let number = 0; number < policies; number += 1) caches.policies.put(policyOf(number, namespaces));
  indexes.set(policies, made);
  return made;
}

/** Who asks whom, among the pods of so many namespaces; every second pair is of one namespace. */
function pairsOf(spaces: number): (readonly [from: string, to: string])[] {
  const perSpace = ASKED_PODS / spaces;
  const podIn = (space: number, at: number): string => addressOf(space * PODS_PER_NAMESPACE + (at % perSpace));
  return Array.from({ length: 2 * ASKED_PODS }, (_, at) => {
    const turn = Math.floor(at / spaces);
    const space = at % spaces;
    const other = turn % 2 === 0 ? space : (space + 1) % spaces;
    return [podIn(space, turn * 7919), podIn(other, turn * 104_729 + 13)] as const;
  });
}

/** Reachability decisions in a second: whether the sender may go out and the receiver lets it in. */
function decisionsPerSecond(policies: number, pods: number, spaces: number): number {
  const index = agent(policies, pods);
  const pairs = pairsOf(spaces);
  let open = 0;
  const decide = (number: number): void => {
    const [from, to] = pairs[number % pairs.length] as (typeof pairs)[number];
    const port = number % 7 < 2 ? 443 : 80;
    const passes = index.allows('egress', from, to, port, 'tcp') && index.allows('ingress', to, from, port, 'tcp');
    if (passes) open += 1;
  };
  for (let number = 0; number < WARMING; number += 1) decide(number);
  const started = cpuMs();
  for (let number = 0; number < QUESTIONS; number += 1) decide(number);
  const seconds = (cpuMs() - started) / 1000;
  if (open === 0 || open === WARMING + QUESTIONS) throw new Error('all decisions were alike');
  return QUESTIONS / seconds;
}

/**
 * Decisions about the pods of a few namespaces: what policies and pods there are besides should cost nothing. And about
 * pods from everywhere, where ten times as many rules are looked at in turn: more than a processor keeps at hand.
 */
export const policyDecisions: readonly Benchmark[] = [
  {
    name: `reachability, ${POLICIES} policies, ${PODS} pods`,
    unit: '/s',
    against: { name: 'a tenth of each', measure: () => decisionsPerSecond(POLICIES / 10, PODS / 10, SPACES_FEW) },
    aimMin: 1 / 1.5,
    measure: () => decisionsPerSecond(POLICIES, PODS, SPACES_FEW),
  },
  {
    name: 'the same, asked of all namespaces in turn',
    unit: '/s',
    against: { name: 'a tenth of each', measure: () => decisionsPerSecond(POLICIES / 10, PODS / 10, SPACES_FEW) },
    aimMin: 100_000,
    aimIsAbsolute: true,
    measure: () => decisionsPerSecond(POLICIES, PODS, PODS / PODS_PER_NAMESPACE),
  },
];
