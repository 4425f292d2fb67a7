import type { Draw } from './scene.js';

const AMOUNTS: Readonly<Record<string, readonly string[]>> = {
  cpu: ['100m', '250m', '0.5', '1', '2', '1500m'],
  memory: ['64Mi', '128Mi', '1Gi', '500M', '2Gi'],
  'ephemeral-storage': ['1Gi', '10Gi'],
  'nvidia.com/gpu': ['1', '2'],
  'hugepages-2Mi': ['4Mi'],
};

type ResourceList = Record<string, string>;

/** Requests and limits that fit together, or none. */
function drawResources(draw: Draw): { requests?: ResourceList; limits?: ResourceList } {
  if (draw.chance(4)) return {};
  const limits: ResourceList = {};
  const requests: ResourceList = {};
  for (const name of ['cpu', 'memory', ...(draw.chance(4) ? ['ephemeral-storage'] : [])]) {
    const amounts = AMOUNTS[name] as string[];
    if (!draw.chance(3)) requests[name] = draw.one(amounts.slice(0, 3));
    if (!draw.chance(3)) limits[name] = draw.one(amounts.slice(2));
  }
  if (requests['memory'] === '1Gi') limits['memory'] = '2Gi';
  for (const name of ['nvidia.com/gpu', 'hugepages-2Mi']) {
    if (!draw.chance(6)) continue;
    const amount = draw.one(AMOUNTS[name] as string[]);
    requests[name] = amount;
    limits[name] = amount;
    requests['memory'] ??= '64Mi';
  }
  return {
    ...(Object.keys(requests).length > 0 ? { requests } : {}),
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
  };
}

/** A pod; `more` stands in its spec as it is. */
export function drawPod(draw: Draw, name: string, more: object = {}): { apiVersion: string; kind: string } {
  const container = (called: string, extra: object = {}) => ({
    name: called,
    image: 'nginx:1.27',
    resources: drawResources(draw),
    ...extra,
  });
  const containers = draw.chance(3) ? [container('a'), container('b')] : [container('a')];
  const initContainers = [
    ...(draw.chance(4) ? [container('first')] : []),
    ...(draw.chance(4) ? [container('side', { restartPolicy: 'Always' })] : []),
    ...(draw.chance(6) ? [container('last')] : []),
  ];
  const spec = {
    containers,
    ...(initContainers.length > 0 ? { initContainers } : {}),
    ...(draw.chance(5) ? { activeDeadlineSeconds: 600 } : {}),
    ...(draw.chance(6) ? { priorityClassName: draw.one(['cheap', 'dear']) } : {}),
    ...(draw.chance(8) ? { affinity: AFFINITY } : {}),
    ...(draw.chance(8)
      ? { resources: { requests: { cpu: '2', memory: '4Gi' }, limits: { cpu: '8', memory: '8Gi' } } }
      : {}),
    ...more,
  };
  const metadata = draw.chance(10) ? { generateName: `${name}-` } : { name };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec } as never;
}

const AFFINITY = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { labelSelector: { matchLabels: { a: 'b' } }, topologyKey: 'topology.kubernetes.io/zone', namespaces: ['other'] },
    ],
  },
};
