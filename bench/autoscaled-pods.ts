import { formatTime } from '../src/sim/api/time.js';
import type { HorizontalPodAutoscaler } from '../src/sim/api/types/autoscaling.js';
import type { Pod } from '../src/sim/api/types/pod.js';
import type { ApiClient } from '../src/sim/client/client.js';
import type { Informer } from '../src/sim/client/informer.js';
import { chooseReplicas } from '../src/sim/controllers/horizontal-pod-autoscaler/choose.js';
import { MetricsClient } from '../src/sim/controllers/horizontal-pod-autoscaler/metrics-client.js';
import { ResourceMapper } from '../src/sim/controllers/horizontal-pod-autoscaler/resource-mapper.js';
import { Selections } from '../src/sim/controllers/horizontal-pod-autoscaler/selection.js';
import { MINUTE, SECOND } from '../src/sim/kernel/time.js';
import type { Benchmark } from './benchmark.js';
import { cpuMs } from './machine.js';

const NOW = Date.UTC(2026, 0, 15) * 1000;
/** Pods that are looked at in one measuring, however many at a time. */
const LOOKS = 60_000;
const FEW = 100;
const MANY = 1000;

const AUTOSCALER: HorizontalPodAutoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    maxReplicas: 2 * MANY,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
  },
};

function pod(at: number): Pod {
  const started = formatTime(NOW - 10 * MINUTE);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `web-${at}`, namespace: 'default', labels: { app: 'web' } },
    spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '100m' } } }] },
    status: {
      phase: 'Running',
      startTime: started,
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: started }],
    },
  } as unknown as Pod;
}

/** Microseconds that one pod costs when an autoscaler of so many is looked at. */
function microsPerPod(count: number): number {
  const pods = Array.from({ length: count }, (_, at) => pod(at));
  const items = pods.map(({ metadata }) => ({
    metadata,
    timestamp: formatTime(NOW - SECOND),
    window: '15s',
    containers: [{ name: 'c', usage: { cpu: '87654321n', memory: '20Mi' } }],
  }));
  const client = {
    *raw() {
      return { status: 200, headers: {}, object: { kind: 'PodMetricsList', items } };
    },
  } as unknown as ApiClient;
  const metrics = new MetricsClient(client, new ResourceMapper(client, () => NOW));
  const selections = new Selections({ list: () => pods } as unknown as Informer<Pod>);
  selections.add('default', 'web');
  const timing = () => ({ now: NOW, cpuInitializationPeriod: 5 * MINUTE, initialReadinessDelay: 30 * SECOND });
  const tolerances = { down: 0.1, up: 0.1 };
  const started = cpuMs();
  for (let look = 0; look < LOOKS / count; look += 1) {
    const selected = selections.select('default', 'web', 'app=web');
    const asked = { autoscaler: AUTOSCALER, metrics, specReplicas: count, statusReplicas: count, tolerances, timing };
    const choice = chooseReplicas({ ...asked, ...selected }).next();
    if (!choice.done || choice.value.replicas !== Math.ceil((88 / 50) * count))
      throw new Error(JSON.stringify(choice.value));
  }
  return (1000 * (cpuMs() - started)) / LOOKS;
}

/** What a look at an autoscaler costs for each of its pods. */
export const autoscaledPods: Benchmark = {
  name: `an autoscaler's look at one of ${MANY} pods`,
  unit: 'µs',
  against: { name: `at one of ${FEW}`, measure: () => microsPerPod(FEW) },
  aimMax: 1.5,
  measure: () => microsPerPod(MANY),
};
