import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSimCluster, type SimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import { EPOCH } from '../../../src/labs/session/machine-options.js';

/** What is due while a world ages: a job each hour, and a deployment that must have come further within ten minutes. */
const MANIFESTS = `
apiVersion: batch/v1
kind: CronJob
metadata: {name: hourly, namespace: default}
spec:
  schedule: "0 * * * *"
  successfulJobsHistoryLimit: 12
  jobTemplate:
    spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: ["true"]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: nowhere, namespace: default}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec: {nodeSelector: {no: node}, containers: [{name: c, image: nginx}]}
`;

let cluster: SimCluster;
beforeAll(async () => {
  const steps = [{ manifests: MANIFESTS }, { age: '9h' }];
  cluster = await openSimCluster(
    { world: { base: 'single-node', steps }, seed: '1', salt: '', epoch: EPOCH, timing: 'brisk' },
    { thread: 'same' },
  );
});
afterAll(() => cluster.close());

const ask = async (command: string) => (await cluster.run('controlplane', 'root', ['bash', '-c', command])).stdout;

test('a cron job has run each hour, on the hour', async () => {
  const jobs = await ask(
    'kubectl get jobs -o jsonpath=\'{range .items[*]}{.status.startTime} {.status.succeeded}{"\\n"}{end}\'',
  );
  const hours = jobs.trimEnd().split('\n');
  expect(hours).toHaveLength(9);
  for (const line of hours) expect(line).toMatch(/T\d\d:00:0\dZ 1$/);
});

test('a deployment that went nowhere was given up after ten minutes', async () => {
  const failed = '{.status.conditions[?(@.type=="Progressing")]';
  const fields = `{.metadata.creationTimestamp} ${failed}.reason} ${failed}.lastTransitionTime}`;
  const [made = '', reason, at = ''] = (await ask(`kubectl get deploy nowhere -o jsonpath='${fields}'`)).split(' ');
  expect(reason).toBe('ProgressDeadlineExceeded');
  expect(Math.round((Date.parse(at) - Date.parse(made)) / 60_000)).toBe(10);
});
