import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grade, noteBaseline } from '../../../src/checker/grade.js';
import type { Check } from '../../../src/checker/rubric.js';
import { openSimCluster, type SimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import { EPOCH } from '../../../src/labs/session/machine-options.js';

const HOSTS = { controlplane: 'cka7' };
const RIGHTS = `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: jane, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: writers}]
`;

let cluster: SimCluster;
beforeAll(async () => {
  cluster = await openSimCluster(
    {
      world: { base: 'single-node', hosts: HOSTS, steps: [{ manifests: RIGHTS }] },
      seed: '1',
      salt: '',
      epoch: EPOCH,
      timing: 'brisk',
    },
    { thread: 'same' },
  );
});
afterAll(() => cluster.close());

async function results(checks: readonly Record<string, unknown>[]): Promise<string[]> {
  const rubric = checks.map((check, index) => ({ id: `c${index}`, says: 'it', points: 1, ...check }) as Check);
  const baseline = await noteBaseline(cluster, rubric);
  const report = await grade(cluster, { checks: rubric, baseline, hosts: HOSTS });
  return report.checks.map(({ passed, undecided, found }) =>
    passed ? 'passed' : `${undecided ? 'undecided' : 'failed'}: ${found}`,
  );
}

const configMap = (name: string, more: object): Record<string, unknown> => ({
  resource: { apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'default' },
  ...more,
});

test('a copy is the same to the last bit, and what happens to it happens to nobody else', async () => {
  const copy = await cluster.copy();
  expect(await copy.traceHash()).toBe(await cluster.traceHash());
  const hash = await cluster.traceHash();
  await copy.wait(60);
  expect(await cluster.traceHash()).toBe(hash);
  await copy.close();
});

describe('checks that act', () => {
  test('as somebody with a certificate, as a service account, as a user of the host; only on a copy', async () => {
    const make = (name: string): string => `kubectl create configmap ${name}`;
    const writers = { user: 'jane', groups: ['writers'] };
    const first = (run: string, as: unknown, code?: number): object => ({ before: [{ run, as, code }] });
    expect(
      await results([
        configMap('by-jane', { ...first(make('by-jane'), writers, 0), exists: true }),
        configMap('by-jane', { exists: true }),
        configMap('by-mary', { ...first(make('by-mary'), { user: 'mary' }, 0), exists: true }),
        configMap('y', {
          before: [
            { run: make('y'), code: 0 },
            { run: 'exit 3', as: { serviceAccount: 'default/nobody' } },
          ],
          exists: true,
        }),
      ]),
    ).toEqual([
      'passed',
      'failed: no configmap/by-jane in default',
      'undecided: what the check does first ended with exit code 1 instead of 0: error: failed to create configmap: configmaps is forbidden: User "mary" cannot create resource "configmaps" in API group "" in the namespace "default"',
      'undecided: nobody could become the service account default/nobody on cka7: error: failed to create token: serviceaccounts "nobody" not found',
    ]);
  }, 60_000);

  test('after a host was restarted, after time has passed', async () => {
    const kubelet = { unit: { host: 'controlplane', name: 'kubelet', active: true } };
    expect(
      await results([
        { before: [{ run: 'systemctl disable kubelet', as: 'root' }, { reboot: 'controlplane' }], ...kubelet },
        { before: [{ reboot: 'controlplane' }], ...kubelet },
        {
          before: [{ run: 'systemctl stop kubelet', as: 'root' }, { advance: '2m' }],
          resource: { apiVersion: 'v1', kind: 'Node', name: 'cka7' },
          jsonpath: '$.status.conditions[?(@.type=="Ready")].status',
          equals: 'True',
        },
      ]),
    ).toEqual(['failed: kubelet inactive', 'passed', 'failed: Unknown']);
  }, 60_000);
});
