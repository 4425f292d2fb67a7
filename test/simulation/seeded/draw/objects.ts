import type { Random } from '../../../../src/sim/kernel/random.js';

/** The kinds of workloads that are drawn, by their plural, with the path of their group. */
export const WORKLOADS = {
  deployments: { kind: 'Deployment', apiVersion: 'apps/v1' },
  statefulsets: { kind: 'StatefulSet', apiVersion: 'apps/v1' },
  daemonsets: { kind: 'DaemonSet', apiVersion: 'apps/v1' },
  replicasets: { kind: 'ReplicaSet', apiVersion: 'apps/v1' },
  jobs: { kind: 'Job', apiVersion: 'batch/v1' },
  cronjobs: { kind: 'CronJob', apiVersion: 'batch/v1' },
} as const;

export type Plural = keyof typeof WORKLOADS;

/** Where objects of a kind are. */
export function pathOf(plural: string, namespace: string | undefined, name?: string): string {
  const groups: Readonly<Record<string, string>> = {
    poddisruptionbudgets: 'policy/v1',
    priorityclasses: 'scheduling.k8s.io/v1',
    endpointslices: 'discovery.k8s.io/v1',
  };
  const group = plural in WORKLOADS ? WORKLOADS[plural as Plural].apiVersion : groups[plural];
  const root = group === undefined ? '/api/v1' : `/apis/${group}`;
  return `${root}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}${name === undefined ? '' : `/${name}`}`;
}

/** An image that there is. */
export const GOOD_IMAGE = 'nginx:1.27';
/** A tag that there is not. */
export const MISSING_IMAGE = 'nginx:no-such-tag';

/** One time in `times`. */
export function seldom(random: Random, times: number): boolean {
  return random.below(times) === 0;
}

/** An image, now and then one that is not there. */
export function drawImage(random: Random): string {
  return seldom(random, 7) ? MISSING_IMAGE : random.pick([GOOD_IMAGE, 'nginx:1.28', 'registry.k8s.io/pause:3.10']);
}

/** A template for pods that go on for ever. */
export function serving(random: Random, app: string): object {
  const image = drawImage(random);
  const container = {
    name: 'c',
    image,
    ...drawResources(random),
    ...(image.startsWith('nginx') ? drawProbes(random) : {}),
    ...(seldom(random, 5) ? { lifecycle: { preStop: { sleep: { seconds: 1 + random.below(5) } } } } : {}),
  };
  return {
    metadata: { labels: { app } },
    spec: {
      ...(seldom(random, 3) ? { terminationGracePeriodSeconds: random.pick([0, 1, 5, 60]) } : {}),
      ...(seldom(random, 8) ? { priorityClassName: 'important' } : {}),
      ...drawWhere(random, app),
      ...(seldom(random, 5) ? { initContainers: [{ name: 'i', ...busy(1 + random.below(4), 0) }] } : {}),
      containers: [container],
    },
  };
}

/** A template for pods that come to an end, some of them badly. */
export function finishing(random: Random, app: string): object {
  const code = seldom(random, 4) ? 1 : 0;
  return {
    metadata: { labels: { app } },
    spec: {
      restartPolicy: random.pick(['Never', 'OnFailure']),
      ...drawWhere(random, app),
      containers: [{ name: 'c', ...busy(random.below(20), code), ...drawResources(random) }],
    },
  };
}

function busy(seconds: number, code: number): object {
  return { image: 'busybox:1.36', command: ['sh', '-c', `sleep ${seconds}; exit ${code}`] };
}

function drawResources(random: Random): object {
  if (seldom(random, 2)) return {};
  const requests = { cpu: `${50 + random.below(600)}m`, memory: `${16 + random.below(500)}Mi` };
  return { resources: seldom(random, 3) ? { requests, limits: requests } : { requests } };
}

function drawProbes(random: Random): object {
  const httpGet = { path: '/', port: 80 };
  const probe = random.pick([{ httpGet }, { tcpSocket: { port: 80 } }]);
  const periodSeconds = 1 + random.below(5);
  return {
    ...(seldom(random, 3) ? { readinessProbe: { ...probe, periodSeconds } } : {}),
    ...(seldom(random, 6) ? { livenessProbe: { ...probe, periodSeconds } } : {}),
    ...(seldom(random, 8) ? { startupProbe: { ...probe, periodSeconds: 1 } } : {}),
  };
}

/** Where pods may go: most of them anywhere. */
function drawWhere(random: Random, app: string): object {
  const labelSelector = { matchLabels: { app } };
  const topologyKey = 'kubernetes.io/hostname';
  return random.pick<() => object>([
    () => ({}),
    () => ({}),
    () => ({}),
    () => ({ nodeSelector: { 'kubernetes.io/hostname': random.pick(['node01', 'node02']) } }),
    () => ({ tolerations: [{ operator: 'Exists', effect: random.pick(['NoSchedule', 'NoExecute']) }] }),
    () => ({
      affinity: {
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector }] },
      },
    }),
    () => ({
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey, whenUnsatisfiable: 'DoNotSchedule', labelSelector }],
    }),
  ])();
}
