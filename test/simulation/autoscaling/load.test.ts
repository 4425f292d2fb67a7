import { beforeAll, describe, expect, test } from 'vitest';
import type { WorldStep } from '../../../src/sim/worlds/spec.js';
import { CommandLine } from '../commands.js';

const deployment = (name: string, cpu: string, more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: default}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
      - {name: app, image: registry.k8s.io/pause:3.10, resources: {requests: {cpu: ${cpu}, memory: 16Mi}${more}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}, namespace: default}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}
  minReplicas: 1
  maxReplicas: 8
  behavior: {scaleDown: {stabilizationWindowSeconds: 0}}
  metrics:
  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}
`;

const STEPS: readonly WorldStep[] = [
  { manifests: [deployment('each', '100m', ', limits: {cpu: 150m}'), deployment('asked', '100m')].join('---\n') },
  { settle: true },
  { load: { deployment: 'each', cpu: '45m', memory: '64Mi' } },
  { load: { deployment: 'asked', requests: { per_second: 20, cpu_milliseconds: 10 } } },
  // A minute after that it is not asked any more, and the other wants more than it may have.
  { load: { deployment: 'asked', cpu: '0', after: '1m' } },
  { load: { deployment: 'each', cpu: '900m', memory: '64Mi', after: '1m' } },
  { age: '3m' },
];

describe('load that a world declares', () => {
  let line: CommandLine;
  const utilization = (name: string) =>
    line.run(`kubectl get hpa ${name} -o jsonpath={.status.currentMetrics[0].resource.current.averageUtilization}`);
  const replicas = (name: string) => Number(line.run(`kubectl get deploy ${name} -o jsonpath={.spec.replicas}`));
  beforeAll(() => {
    line = new CommandLine('1', 'single-node', { addons: ['metrics-server'], steps: STEPS });
  }, 120_000);

  test('each container uses what is declared for each, and holds the memory', () => {
    expect(line.run('kubectl top pods -l app=each --no-headers')).toMatch(/^each-\S+ +4[56]m +64Mi *\n$/);
    expect(utilization('each')).toBe('45');
    expect(replicas('each')).toBe(1);
  });

  test('requests are shared, so that more pods have less to do', () => {
    expect(replicas('asked')).toBe(4);
    expect(line.run('kubectl top pods -l app=asked --no-headers')).toMatch(/^(asked-\S+ +5[01]m +0Mi *\n){4}$/);
    expect(utilization('asked')).toBe('50');
  });

  test('the metrics API, kubelets and the autoscaler tell the same', () => {
    const api = JSON.parse(line.run('kubectl get --raw /apis/metrics.k8s.io/v1beta1/namespaces/default/pods')) as {
      items: { metadata: { name: string }; containers: { usage: { cpu: string; memory: string } }[] }[];
    };
    const top = line
      .run('kubectl top pods --no-headers')
      .trim()
      .split('\n')
      .map((row) => row.split(/ +/).slice(0, 2));
    const units: Readonly<Record<string, number>> = { n: 1e-6, u: 1e-3, m: 1 };
    const millis = (text: string) => Math.ceil(Number.parseInt(text, 10) * (units[text.at(-1) ?? ''] ?? 1000));
    expect(
      api.items.map(({ metadata, containers }) => [metadata.name, `${millis(containers[0]?.usage.cpu ?? '0n')}m`]),
    ).toEqual(top);
    const node = line.run('kubectl get --raw /api/v1/nodes/controlplane/proxy/metrics/resource');
    const summary = JSON.parse(line.run('kubectl get --raw /api/v1/nodes/controlplane/proxy/stats/summary')) as {
      pods: { podRef: { name: string }; memory: { workingSetBytes: number } }[];
    };
    for (const { podRef, memory } of summary.pods.filter(({ podRef: { name } }) => name.startsWith('each-')))
      expect(node).toContain(
        `pod_memory_working_set_bytes{namespace="default",pod="${podRef.name}"} ${memory.workingSetBytes
          .toExponential(7)
          .replace(/\.?0+e/, 'e')
          .replace(/e\+(\d)$/, 'e+0$1')}`,
      );
  });

  test('what comes later takes the place of what was before, and no container passes its limit', () => {
    line.run('sleep 150');
    expect(line.run('kubectl top pods -l app=each --no-headers')).toMatch(/^(each-\S+ +15[01]m +64Mi *\n)+$/);
    expect(replicas('each')).toBe(8);
    expect(replicas('asked')).toBe(1);
  });
});
