import { beforeAll, describe, expect, test } from 'vitest';
import { CommandLine } from '../commands.js';

const VALUES = `
apiVersion: v1
kind: ConfigMap
metadata: {name: values, namespace: custom-metrics}
data:
  values.yaml: |
    custom:
    - {metric: requests_per_second, selector: app=web, total: 90}
    - {metric: hits, resource: services, name: front, value: 300}
    external:
    - {metric: queue_length, labels: {queue: mail}, value: 25}
    - {metric: queue_length, labels: {queue: print}, value: 500}
`;

const deployment = (name: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{name: app, image: registry.k8s.io/pause:3.10, resources: {requests: {cpu: 10m}}}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}
  maxReplicas: 6
  metrics:
`;

const SCALED = [
  `${deployment('web')}  - {type: Pods, pods: {metric: {name: requests_per_second}, target: {type: AverageValue, averageValue: 30}}}`,
  `${deployment('front')}  - {type: Object, object: {metric: {name: hits}, describedObject: {apiVersion: v1, kind: Service, name: front}, target: {type: Value, value: 100}}}`,
  `${deployment('mail')}  - {type: External, external: {metric: {name: queue_length, selector: {matchLabels: {queue: mail}}}, target: {type: AverageValue, averageValue: 10}}}`,
  `${deployment('lost')}  - {type: Pods, pods: {metric: {name: nothing}, target: {type: AverageValue, averageValue: 30}}}`,
].join('\n---\n');

describe('metrics that an adapter tells', () => {
  let line: CommandLine;
  beforeAll(() => {
    line = new CommandLine('1', 'single-node', { addons: ['metrics-adapter'] });
    for (const text of [VALUES, SCALED]) line.run(`kubectl apply -f - <<'END'\n${text}\nEND`);
    line.run('sleep 70');
  }, 120_000);

  test('pods, an object and a queue scale by what is told of them', () => {
    const rows = line.run('kubectl get hpa --no-headers').trim().split('\n');
    expect(rows.map((row) => row.split(/ {2,}/).slice(0, -1))).toEqual([
      // A value that more pods do not lower goes on being three times too much.
      ['front', 'Deployment/front', '300/100', '1', '6', '6'],
      ['lost', 'Deployment/lost', '<unknown>/30', '1', '6', '1'],
      ['mail', 'Deployment/mail', '8334m/10 (avg)', '1', '6', '3'],
      ['web', 'Deployment/web', '30/30', '1', '6', '3'],
    ]);
  });

  test('what is not told is not found, and said so', () => {
    expect(line.run("kubectl get hpa lost -o jsonpath='{.status.conditions[1].message}'")).toBe(
      'the HPA was unable to compute the replica count: unable to get metric nothing: unable to fetch metrics from custom metrics API: the server could not find the metric nothing for pods',
    );
  });

  test('the APIs answer for themselves', () => {
    const external = line.run(
      "kubectl get --raw '/apis/external.metrics.k8s.io/v1beta1/namespaces/default/queue_length?labelSelector=queue%3Dprint'",
    );
    expect(JSON.parse(external)).toMatchObject({
      kind: 'ExternalMetricValueList',
      items: [{ metricName: 'queue_length', metricLabels: { queue: 'print' }, value: '500' }],
    });
    expect(line.run('kubectl get --raw /apis/custom.metrics.k8s.io/v1beta2')).toContain('"pods/requests_per_second"');
  });

  test('words of those that ask for more than one, and of a queue nobody knows', () => {
    line.run(`kubectl patch hpa lost --type=merge -p '{"spec":{"metrics":[
      {"type":"External","external":{"metric":{"name":"unknown"},"target":{"type":"Value","value":"5"}}},
      {"type":"Object","object":{"metric":{"name":"hits"},"describedObject":{"apiVersion":"v1","kind":"Service","name":"back"},"target":{"type":"Value","value":"5"}}}]}}'; sleep 16`);
    const events = line.run(
      "kubectl get events --field-selector involvedObject.name=lost -o jsonpath='{.items[*].message}'",
    );
    expect(events).toContain(
      'unable to get external metric default/unknown/nil: no metrics returned from external metrics API',
    );
    expect(events).toContain(
      'unable to get metric hits: Service on default back/unable to fetch metrics from custom metrics API: the server could not find the metric hits for services back',
    );
    expect(events).toContain(
      'invalid metrics (2 invalid out of 2), first error is: failed to get unknown external metric value: failed to get external metric unknown: unable to get external metric default/unknown/nil: no metrics returned from external metrics API',
    );
  });
});
