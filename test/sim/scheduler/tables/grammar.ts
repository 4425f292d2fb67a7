import type { Node, Taint } from '../../../../src/sim/api/types/node.js';
import type { Pod, PodAffinityTerm, PodSpec, Toleration } from '../../../../src/sim/api/types/pod.js';
import type { NodeSelectorRequirement, TopologySpreadConstraint } from '../../../../src/sim/api/types/scheduling.js';
import type { Random } from '../../../../src/sim/kernel/random.js';

/** What tables are about. Each topic draws pods that ask for something of its own. */
export type Topic = 'affinity' | 'nodes' | 'resources' | 'spread' | 'taints';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';
const EFFECTS = ['NoSchedule', 'NoExecute', 'PreferNoSchedule'] as const;
const APPS = ['web', 'db', 'log'];

const chance = (random: Random, share: number): boolean => random.fraction() < share;
const some = <T>(random: Random, least: number, most: number, draw: () => T): T[] =>
  Array.from({ length: least + random.below(most - least + 1) }, draw);

/** A node of a table: labels, taints and room are drawn. */
export function drawNode(random: Random, name: string, topic: Topic): Node {
  const labels: Record<string, string> = { [HOST]: name, 'kubernetes.io/os': 'linux' };
  if (chance(random, 0.85)) labels[ZONE] = random.pick(['x', 'y', 'z']);
  if (chance(random, 0.6)) labels['disk'] = random.pick(['ssd', 'tape']);
  if (chance(random, 0.6)) labels['size'] = `${random.below(5)}`;
  const room = {
    cpu: random.pick(['1', '2', '4']),
    memory: random.pick(['1Gi', '2Gi', '8Gi']),
    'ephemeral-storage': random.pick(['1Gi', '20Gi']),
    pods: topic === 'resources' ? random.pick(['4', '110']) : '110',
    ...(chance(random, 0.4) ? { 'example.com/gpu': `${1 + random.below(3)}` } : {}),
  };
  const wants = topic === 'taints' || (topic === 'spread' && chance(random, 0.3));
  const taints = wants ? some(random, 0, 2, () => drawTaint(random)) : [];
  const unique = taints.filter(
    (one, at) => taints.findIndex(({ key, effect }) => key === one.key && effect === one.effect) === at,
  );
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels, annotations: { played: 'yes' } },
    spec: unique.length > 0 ? { taints: unique } : {},
    status: { allocatable: room, capacity: room },
  } as Node;
}

/** A pod that runs on a node already, bears every taint and is counted by spreads and affinities. */
export function drawStanding(random: Random, name: string, nodeName: string): Pod {
  const requests = chance(random, 0.7)
    ? { cpu: random.pick(['100m', '250m', '500m']), memory: random.pick(['64Mi', '256Mi', '512Mi']) }
    : {};
  const ports = chance(random, 0.3) ? [{ containerPort: 80, hostPort: 8000 + random.below(3) }] : [];
  return podOf(
    name,
    { app: random.pick(APPS), version: random.pick(['1', '2']) },
    {
      nodeName,
      tolerations: [{ operator: 'Exists' }],
      containers: [{ name: 'c', image: 'nginx:1.27', resources: { requests }, ...(ports.length > 0 ? { ports } : {}) }],
    },
  );
}

/** A pod that asks for something of a topic. */
export function drawPod(random: Random, name: string, topic: Topic): Pod {
  const labels = { app: random.pick(APPS), version: random.pick(['1', '2']), probe: 'yes' };
  const spec: Partial<PodSpec> = {
    affinity: topic === 'affinity' ? drawAffinity(random) : undefined,
    nodes: topic === 'nodes' ? drawNodes(random) : undefined,
    resources: topic === 'resources' ? drawResources(random) : undefined,
    spread: topic === 'spread' ? drawSpread(random) : undefined,
    taints: topic === 'taints' ? { tolerations: some(random, 0, 3, () => drawToleration(random)) } : undefined,
  }[topic] as Partial<PodSpec>;
  return podOf(name, labels, { containers: [{ name: 'c', image: 'nginx:1.27' }], ...spec });
}

function podOf(name: string, labels: Record<string, string>, spec: PodSpec): Pod {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec } as Pod;
}

function drawTaint(random: Random): Taint {
  return { key: random.pick(['a', 'b']), value: random.pick(['', '1', '2']), effect: random.pick(EFFECTS) };
}

function drawToleration(random: Random): Toleration {
  const effect = chance(random, 0.5) ? { effect: random.pick(EFFECTS) } : {};
  if (chance(random, 0.1)) return { operator: 'Exists', ...effect };
  const key = random.pick(['a', 'b', 'c']);
  if (chance(random, 0.4)) return { key, operator: 'Exists', ...effect };
  const operator = chance(random, 0.5) ? { operator: 'Equal' as const } : {};
  return { key, ...operator, value: random.pick(['', '1', '2']), ...effect };
}

function drawRequirement(random: Random): NodeSelectorRequirement {
  const key = random.pick(['disk', 'size', ZONE, 'none']);
  const values: Record<string, string[]> = {
    disk: ['ssd', 'tape'],
    size: ['0', '1', '2', '3'],
    [ZONE]: ['x', 'y', 'z'],
  };
  const operator = random.pick(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'] as const);
  if (operator === 'Gt' || operator === 'Lt') return { key: 'size', operator, values: [`${random.below(4)}`] };
  if (operator === 'Exists' || operator === 'DoesNotExist') return { key, operator };
  return { key, operator, values: some(random, 1, 2, () => random.pick(values[key] ?? ['v'])) };
}

function drawNodes(random: Random): Partial<PodSpec> {
  const nodeSelector = chance(random, 0.3) ? { nodeSelector: { disk: random.pick(['ssd', 'tape']) } } : {};
  if (chance(random, 0.2)) return nodeSelector;
  const terms = some(random, 1, 2, () => ({
    matchExpressions: some(random, 1, 2, () => drawRequirement(random)),
    ...(chance(random, 0.2)
      ? {
          matchFields: [
            {
              key: 'metadata.name',
              operator: random.pick(['In', 'NotIn'] as const),
              values: [random.pick(['n1', 'n2', 'n9'])],
            },
          ],
        }
      : {}),
  }));
  return {
    ...nodeSelector,
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
  };
}

function drawRequests(random: Random): Record<string, string> {
  const requests: Record<string, string> = {};
  if (chance(random, 0.6)) requests['cpu'] = random.pick(['100m', '600m', '1', '1500m', '3']);
  if (chance(random, 0.6)) requests['memory'] = random.pick(['64Mi', '512Mi', '1Gi', '1500M', '4Gi']);
  if (chance(random, 0.2)) requests['ephemeral-storage'] = random.pick(['512Mi', '2Gi', '30Gi']);
  return requests;
}

function drawResources(random: Random): Partial<PodSpec> {
  const container = (name: string) => ({ name, image: 'nginx:1.27', resources: { requests: drawRequests(random) } });
  const containers = some(random, 1, 2, () => 0).map((_, at) => container(`c${at}`));
  const [first] = containers;
  if (first && chance(random, 0.25)) {
    const gpu = { 'example.com/gpu': `${1 + random.below(3)}` };
    Object.assign(first, { resources: { requests: { ...first.resources.requests, ...gpu }, limits: gpu } });
  }
  if (first && chance(random, 0.3))
    Object.assign(first, {
      ports: [
        {
          containerPort: 80,
          hostPort: 8000 + random.below(3),
          ...(chance(random, 0.3) ? { protocol: 'UDP' } : {}),
          ...(chance(random, 0.3) ? { hostIP: '127.0.0.1' } : {}),
        },
      ],
    });
  const initContainers = some(random, 0, 2, () => 0).map((_, at) => ({
    ...container(`i${at}`),
    ...(chance(random, 0.4) ? { restartPolicy: 'Always' as const } : {}),
  }));
  return { containers, ...(initContainers.length > 0 ? { initContainers } : {}) };
}

function drawSelector(random: Random): NonNullable<PodAffinityTerm['labelSelector']> {
  const draw = random.below(5);
  if (draw === 0) return {};
  if (draw === 1) return { matchExpressions: [{ key: 'app', operator: 'NotIn', values: [random.pick(APPS)] }] };
  if (draw === 2) return { matchLabels: { app: random.pick(APPS), version: random.pick(['1', '2']) } };
  return { matchLabels: { app: random.pick(APPS) } };
}

function drawTerm(random: Random): PodAffinityTerm {
  const scope = random.below(6);
  return {
    topologyKey: random.pick([ZONE, HOST, 'disk']),
    labelSelector: drawSelector(random),
    ...(scope === 0 ? { namespaceSelector: {} } : {}),
    ...(scope === 1 ? { namespaces: ['elsewhere'] } : {}),
  };
}

function drawAffinity(random: Random): Partial<PodSpec> {
  const terms = (least: number) => some(random, least, 2, () => drawTerm(random));
  const near = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms(1) } };
  const apart = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms(1) } };
  return { affinity: random.pick([near, apart, { ...near, ...apart }]) };
}

function drawConstraint(random: Random, topologyKey: string): TopologySpreadConstraint {
  return {
    topologyKey,
    maxSkew: 1 + random.below(2),
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: drawSelector(random),
    ...(chance(random, 0.3) ? { minDomains: 1 + random.below(4) } : {}),
    ...(chance(random, 0.3) ? { nodeAffinityPolicy: random.pick(['Honor', 'Ignore'] as const) } : {}),
    ...(chance(random, 0.3) ? { nodeTaintsPolicy: random.pick(['Honor', 'Ignore'] as const) } : {}),
  };
}

function drawSpread(random: Random): Partial<PodSpec> {
  const keys = random.pick([[ZONE], [HOST], ['disk'], [ZONE, HOST], [ZONE, 'disk']]);
  return {
    topologySpreadConstraints: keys.map((key) => drawConstraint(random, key)),
    ...(chance(random, 0.3) ? { nodeSelector: { disk: random.pick(['ssd', 'tape']) } } : {}),
    ...(chance(random, 0.4) ? { tolerations: [{ key: 'a', operator: 'Exists' }] } : {}),
  };
}
