import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OwnerReference } from '../../../src/sim/api/object.js';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import type { ReplicaSet } from '../../../src/sim/api/types/workloads.js';
import { resolveFenceposts } from '../../../src/sim/controllers/deployment/fenceposts.js';
import { surplusHistory } from '../../../src/sim/controllers/deployment/history.js';
import { proportionalSizes } from '../../../src/sim/controllers/deployment/replica-sets.js';
import { expectedPods, isOfScale } from '../../../src/sim/controllers/disruption/status.js';
import { judge, type OwnerState } from '../../../src/sim/controllers/garbage-collector/classify.js';
import { CONTROLLERS } from '../../../src/sim/controllers/index.js';
import { controllersFlagErrors, isControllerEnabled } from '../../../src/sim/controllers/machinery/controller-names.js';
import { podsToDelete } from '../../../src/sim/controllers/machinery/replicas/deletion-order.js';
import { fnv32a, safeEncode } from '../../../src/sim/controllers/machinery/template-hash.js';
import { CidrSet } from '../../../src/sim/controllers/node-ipam/cidr-set.js';
import { toleranceOf } from '../../../src/sim/controllers/taint-eviction/tolerance.js';
import { nextStep } from '../../../src/sim/controllers/ttl/ttl.js';
import { SECOND } from '../../../src/sim/kernel/time.js';

it('registers one controller for each folder', () => {
  const folder = new URL('../../../src/sim/controllers', import.meta.url);
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(CONTROLLERS).toHaveLength(folders.filter(({ name }) => name !== 'machinery').length);
});

describe('maxSurge and maxUnavailable (deployment_util ResolveFenceposts)', () => {
  it.each<[number | string, number | string, number, number, number]>([
    ['0%', '1%', 2, 0, 1],
    ['0%', '1%', 1, 0, 1],
    ['1%', '25%', 2, 1, 0],
    ['1%', '25%', 1, 1, 0],
    ['1%', '0%', 2, 1, 0],
    ['25%', '25%', 10, 3, 2],
    [1, 0, 5, 1, 0],
    [0, 0, 5, 0, 1],
  ])('surge %s, unavailable %s of %i', (surge, unavailable, desired, expectedSurge, expectedUnavailable) => {
    expect(resolveFenceposts(surge, unavailable, desired)).toEqual({
      surge: expectedSurge,
      unavailable: expectedUnavailable,
    });
  });
});

const set = (name: string, replicas: number, extra: Partial<ReplicaSet['metadata']> = {}): ReplicaSet => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name, generation: 1, ...extra },
  spec: { replicas, selector: {} },
  status: { replicas, observedGeneration: 1 },
});

it('scales several replica sets in proportion', () => {
  const max = { annotations: { 'deployment.kubernetes.io/max-replicas': '13' } };
  const deployment = {
    apiVersion: 'apps/v1' as const,
    kind: 'Deployment' as const,
    metadata: {},
    spec: {
      replicas: 15,
      selector: {},
      template: { spec: { containers: [] } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } },
    },
  };
  // The example of the Kubernetes documentation: 10 replicas with 3 surge, 8 and 5 of them, scaled to 15.
  expect([...proportionalSizes(deployment, [set('old', 8, max), set('new', 5, max)])]).toEqual([
    ['old', 11],
    ['new', 7],
  ]);
});

it('deletes the oldest empty replica sets beyond the limit', () => {
  const old = [3, 1, 2].map((revision) =>
    set(`r${revision}`, 0, { annotations: { 'deployment.kubernetes.io/revision': String(revision) } }),
  );
  const names = (limit: number | undefined) => surplusHistory(old, limit).map(({ metadata }) => metadata.name);
  expect([names(1), names(3), names(undefined), names(0)]).toEqual([['r1', 'r2'], [], [], ['r1', 'r2', 'r3']]);
  expect(surplusHistory([set('busy', 1)], 0)).toEqual([]);
});

describe('which pods go first', () => {
  const pod = (
    name: string,
    changes: Partial<
      Pod['status'] & { node: string; cost: string; created: string; restarts: number; readyAt: string }
    > = {},
  ): Pod => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      creationTimestamp: changes.created ?? '2026-01-01T00:00:00Z',
      annotations: changes.cost ? { 'controller.kubernetes.io/pod-deletion-cost': changes.cost } : {},
    },
    spec: { containers: [], ...(changes.node === '' ? {} : { nodeName: changes.node ?? 'n' }) },
    status: {
      phase: changes.phase ?? 'Running',
      containerStatuses: [{ name: 'c', ready: true, restartCount: changes.restarts ?? 0, image: '', imageID: '' }],
      conditions: changes.conditions ?? [
        { type: 'Ready', status: 'True', lastTransitionTime: changes.readyAt ?? '2026-01-01T00:00:00Z' },
      ],
    },
  });
  const now = Date.UTC(2026, 0, 2) * 1000;
  it.each<[string, Pod, Pod]>([
    ['unassigned before assigned', pod('first', { node: '' }), pod('a')],
    ['pending before running', pod('first', { phase: 'Pending' }), pod('a')],
    ['not ready before ready', pod('first', { conditions: [] }), pod('a')],
    ['cheap before dear', pod('first', { cost: '-1' }), pod('a', { cost: '5' })],
    ['ready lately before ready long', pod('first', { readyAt: '2026-01-01T23:59:00Z' }), pod('a')],
    ['more restarts before fewer', pod('first', { restarts: 3 }), pod('a')],
    ['young before old', pod('first', { created: '2026-01-01T23:00:00Z' }), pod('a')],
  ])('%s', (_, first, other) => {
    expect(podsToDelete([other, first], new Map(), 1, now)[0]?.metadata.name).toBe('first');
    expect(podsToDelete([first, other], new Map(), 1, now)[0]?.metadata.name).toBe('first');
  });
  it('empties crowded nodes first', () => {
    const pods = [pod('a', { node: 'quiet' }), pod('b', { node: 'crowded' })];
    expect(
      podsToDelete(
        pods,
        new Map([
          ['crowded', 2],
          ['quiet', 1],
        ]),
        1,
        now,
      )[0]?.metadata.name,
    ).toBe('b');
  });
});

describe('budgets', () => {
  it.each<[object, number, number, number, number]>([
    [{ minAvailable: 2 }, 3, 5, 3, 2],
    [{ minAvailable: '50%' }, 3, 5, 5, 3],
    [{ maxUnavailable: 1 }, 3, 5, 5, 4],
    [{ maxUnavailable: '30%' }, 3, 5, 5, 3],
    [{ maxUnavailable: 9 }, 3, 5, 5, 0],
  ])('%j of %i pods, scale %i', (spec, pods, scale, expected, desiredHealthy) => {
    expect(expectedPods(spec, isOfScale(spec) ? scale : pods)).toEqual({ expectedPods: expected, desiredHealthy });
  });
});

describe('garbage', () => {
  const owners = (...states: OwnerState[]) =>
    states.map((state, index) => ({ reference: { uid: `u${index}` } as OwnerReference, state }));
  it.each([
    ['no owner', owners(), false, { kind: 'keep' }],
    ['an owner that stays', owners('solid'), false, { kind: 'keep' }],
    ['an owner that is gone', owners('dangling'), false, { kind: 'delete' }],
    ['one of two is gone', owners('solid', 'dangling'), false, { kind: 'drop references', uids: ['u1'] }],
    ['the owner waits', owners('waiting for dependents'), false, { kind: 'delete' }],
    [
      'the owner waits, and it has dependents',
      owners('waiting for dependents'),
      true,
      { kind: 'delete in foreground' },
    ],
    ['gone, with dependents', owners('dangling'), true, { kind: 'delete' }],
  ])('%s', (_, states, hasDependents, verdict) => {
    expect(judge(states, hasDependents)).toEqual(verdict);
  });
});

describe('NoExecute', () => {
  const taint = { key: 'k', effect: 'NoExecute' };
  it.each<[string, object[], object[], unknown]>([
    ['untolerated', [taint], [], 'not at all'],
    ['tolerated for ever', [taint], [{ operator: 'Exists' }], 'forever'],
    ['for a while', [taint], [{ key: 'k', operator: 'Exists', tolerationSeconds: 300 }], 300 * SECOND],
    ['for no time', [taint], [{ key: 'k', operator: 'Exists', tolerationSeconds: -5 }], 0],
  ])('%s', (_, taints, tolerations, expected) => {
    expect(toleranceOf(taints as never, tolerations as never)).toEqual(expected);
  });
});

it('cuts ranges in turn, and gives parts back', () => {
  const cidrs = new CidrSet('10.244.0.0/22', 24);
  cidrs.occupy('10.244.1.0/24');
  expect([cidrs.allocate(), cidrs.allocate(), cidrs.allocate(), cidrs.allocate()]).toEqual([
    '10.244.0.0/24',
    '10.244.2.0/24',
    '10.244.3.0/24',
    undefined,
  ]);
  cidrs.release('10.244.2.0/24');
  expect(cidrs.allocate()).toBe('10.244.2.0/24');
  expect(new CidrSet('fd00:10:244::/56', 64).allocate()).toBe('fd00:10:244::/64');
  expect(() => new CidrSet('10.244.0.0', 24)).toThrow('invalid CIDR address: 10.244.0.0');
});

it('hashes as FNV-1a does and encodes without words', () => {
  expect(fnv32a('')).toBe(0x811c9dc5);
  expect(fnv32a('foobar')).toBe(0xbf9cf968);
  // rand.SafeEncodeString("0123456789") of apimachinery v0.36
  expect(safeEncode('0123456789')).toBe('456789bcdf');
});

it('reads --controllers', () => {
  const chosen = ['*', 'bootstrapsigner', '-deployment'];
  expect(controllersFlagErrors([...chosen, 'foo', '-bar'])).toEqual([
    '"foo" is not in the list of known controllers',
    '"bar" is not in the list of known controllers',
  ]);
  const enabled = [
    'deployment-controller',
    'replicaset-controller',
    'bootstrap-signer-controller',
    'token-cleaner-controller',
  ];
  expect(enabled.map((name) => isControllerEnabled(name, chosen))).toEqual([false, true, true, false]);
  for (const { name } of CONTROLLERS) expect(controllersFlagErrors([name])).toEqual([]);
});

it('steps through sizes of clusters without fluttering', () => {
  expect([nextStep(0, 100), nextStep(0, 101), nextStep(1, 95), nextStep(1, 89), nextStep(0, 5000)]).toEqual([
    0, 1, 1, 0, 4,
  ]);
});
