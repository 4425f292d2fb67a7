import type { KubeObject } from '../../../src/sim/api/object.js';
import { createRandom, type Random } from '../../../src/sim/kernel/random.js';
import { CALM, node, placing, type Scenario } from './scenario.js';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';
const MEBIBYTE = 1024 * 1024;
const PLACED = 40;
const APPS = ['web', 'db', 'log'];

/** Nodes that differ in everything that is scored, so that there is seldom a second one that is as good. */
const NODES: readonly KubeObject[] = [
  rated('n1', 'x', { cpu: '4', memory: '9Gi' }, 'ssd', []),
  rated('n2', 'x', { cpu: '7', memory: '11Gi' }, 'tape', [{ key: 'slow', effect: 'PreferNoSchedule' }]),
  rated('n3', 'y', { cpu: '11', memory: '31Gi' }, 'ssd', []),
  rated('n4', 'y', { cpu: '19', memory: '23Gi' }, 'tape', [
    { key: 'slow', effect: 'PreferNoSchedule' },
    { key: 'old', effect: 'PreferNoSchedule' },
  ]),
  rated('n5', 'z', { cpu: '29', memory: '47Gi' }, 'ssd', [], 700),
];

function rated(
  name: string,
  zone: string,
  allocatable: object,
  disk: string,
  taints: object[],
  imageSize = 0,
): KubeObject {
  const made = node(name, { labels: { [ZONE]: zone, disk }, taints, allocatable });
  const images = imageSize > 0 ? [{ names: ['registry.example/large:1'], sizeBytes: imageSize * MEBIBYTE }] : [];
  return { ...made, status: { ...(made['status'] as object), images } } as unknown as KubeObject;
}

/** Pods that come one after the other, each with wishes: where it goes tells how all wishes were weighed. */
function chosen(title: string, wishes: (random: Random) => object): Scenario {
  const random = createRandom(`chosen/${title}`);
  const pods = Array.from({ length: PLACED }, (_, at) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${at}`, labels: { app: random.pick(APPS) } },
    spec: { ...container(random), ...wishes(random) },
  }));
  return placing(
    `${PLACED} pods placed by ${title}`,
    NODES,
    { kind: 'give', objects: pods as unknown as KubeObject[] },
    CALM,
  );
}

function container(random: Random): object {
  const requests =
    random.below(3) === 0 ? {} : { cpu: `${50 + random.below(400)}m`, memory: `${30 + random.below(900)}Mi` };
  const image = random.below(4) === 0 ? 'registry.example/large:1' : 'nginx:1.27';
  return { containers: [{ name: 'c', image, resources: { requests } }] };
}

function term(random: Random): object {
  const podAffinityTerm = {
    topologyKey: random.pick([ZONE, HOST]),
    labelSelector: { matchLabels: { app: random.pick(APPS) } },
  };
  return { weight: 1 + random.below(100), podAffinityTerm };
}

function preference(random: Random): object {
  const matchExpressions = [
    { key: 'disk', operator: random.pick(['In', 'NotIn']), values: [random.pick(['ssd', 'tape'])] },
  ];
  return { weight: 1 + random.below(100), preference: { matchExpressions } };
}

/** Pods that have a choice. */
export const CHOICES: readonly Scenario[] = [
  chosen('room', () => ({})),
  chosen('the nodes they prefer', (random) => ({
    affinity: {
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [preference(random), preference(random)] },
    },
  })),
  chosen('taints that they had better avoid', (random) => ({
    tolerations: random.below(2) === 0 ? [{ key: random.pick(['slow', 'old']), operator: 'Exists' }] : [],
  })),
  chosen('company', (random) => ({
    affinity: {
      [random.pick(['podAffinity', 'podAntiAffinity'])]: {
        preferredDuringSchedulingIgnoredDuringExecution: [term(random), term(random)],
      },
    },
  })),
  chosen('an even spread', (random) => ({
    topologySpreadConstraints: [
      {
        maxSkew: 1 + random.below(3),
        topologyKey: random.pick([ZONE, HOST]),
        whenUnsatisfiable: random.pick(['ScheduleAnyway', 'ScheduleAnyway', 'DoNotSchedule']),
        labelSelector: { matchLabels: { app: random.pick(APPS) } },
      },
    ],
  })),
];
