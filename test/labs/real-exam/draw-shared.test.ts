import { expect, test } from 'vitest';
import { curriculum } from '../../../src/labs/content/curriculum.js';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import { drawnTask } from '../../../src/labs/exam/exam-tasks.js';
import { shippedExams } from '../../../src/labs/exam/shipped-blueprints.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { type Claims, claimsOf, meeting } from '../../../src/labs/real-exam/claims.js';
import { drawShared } from '../../../src/labs/real-exam/draw-shared.js';
import { sharedPool } from '../../../src/labs/real-exam/shared-pool.js';
import { labOf } from '../lab-text.js';
import { blueprintOf, sharedLab } from './shared-labs.js';

const CAN = new Set(['containers', 'expendable', 'scripts', 'policy-enforcement', 'nodes', 'nodes-root'] as const);

const claims = (namespaces: readonly string[], wide: readonly string[] = []): Claims => ({
  namespaces: new Set(namespaces),
  wide: new Set(wide),
});

test.each([
  [claims(['a', 'b']), claims(['c']), undefined],
  [claims(['a', 'b']), claims(['b']), 'namespace b'],
  [claims(['a'], ['ClusterRole/reader']), claims(['b'], ['ClusterRole/writer']), undefined],
  [claims(['a'], ['ClusterRole/reader']), claims(['b'], ['ClusterRole/reader']), 'ClusterRole reader'],
  [claims(['a'], ['ClusterRole/*']), claims(['b'], ['ClusterRole/reader']), 'ClusterRole *'],
  [claims(['a'], ['ClusterRole/reader']), claims(['b'], ['ClusterRole/*']), 'ClusterRole reader'],
  [claims(['a'], ['ClusterRole/*']), claims(['b'], ['StorageClass/fast']), undefined],
])('what two tasks would both take', (one, other, meets) => {
  expect(meeting(one, other)).toBe(meets);
});

test('a task takes the namespaces and objects of the whole cluster that its world, checks and solution name', async () => {
  const lab = labOf(
    [
      'base: three-node\n',
      'base: three-node\n    steps:\n      - manifests: |\n          apiVersion: rbac.authorization.k8s.io/v1\n          kind: ClusterRole\n          metadata: {name: reader}\n          rules: []\n      - run: {host: controlplane, script: "kubectl create namespace made; kubectl get cm -n asked"}\n',
    ],
    ['name: node01}', 'name: node01, namespace: checked}'],
    [
      'k cordon node01',
      'openssl req -new -newkey rsa:2048 -nodes; tail -n 40 x; kubectl --namespace=solved get po -n kube-system',
    ],
  );
  const { namespaces, wide } = claimsOf(await drawnTask({ number: 1, lab: lab.id, seed: '1', weight: 1 }, lab));
  expect([...namespaces].sort()).toEqual(['asked', 'checked', 'default', 'made', 'solved']);
  expect([...wide]).toEqual(['ClusterRole/reader']);
});

const drawn = async (labs: readonly Lab[], seed: string, min: number) =>
  drawShared({
    blueprint: blueprintOf(min),
    labs,
    curriculum: curriculum(),
    progress: { exams: [] },
    seed,
    named: true,
  });

test('where two would meet the later draws again by the same seed, and one that always meets another is left out', async () => {
  const labs = [
    sharedLab('one', ['alpha', 'beta', 'gamma']),
    sharedLab('two', ['alpha', 'beta', 'gamma']),
    sharedLab('three', ['alpha', 'beta', 'gamma']),
    sharedLab('four', ['delta']),
  ];
  for (const seed of ['1', '2', '3', '4', '5']) {
    const { tasks } = await drawn(labs, seed, 4);
    const taken = await Promise.all(
      tasks.map(async (task) => [
        ...claimsOf(await drawnTask(task, labs.find(({ id }) => id === task.lab) as Lab)).namespaces,
      ]),
    );
    expect(taken.flat().sort()).toEqual(['alpha', 'beta', 'delta', 'gamma']);
    expect(await drawn(labs, seed, 4)).toEqual(await drawn(labs, seed, 4));
  }
  const narrow = [...labs, sharedLab('five', ['delta'])];
  const { tasks } = await drawn(narrow, '1', 4);
  expect(tasks.map(({ lab }) => lab).filter((id) => id === 'cka/four' || id === 'cka/five')).toHaveLength(1);
  expect(await drawn(narrow, '1', 5)).toMatchObject({ tasks: [], lacks: 1 });
});

test('labs that change what is everybody’s, or need what the cluster has not, share none; why is counted', async () => {
  const labs = [
    sharedLab('one', ['alpha']),
    sharedLab('default', ['default']),
    labOf(),
    { ...labOf(), id: 'cka/other' },
  ];
  expect(await sharedPool(labs, CAN)).toEqual({
    labs: [labs[0]],
    others: [
      { labs: 2, because: 'need nodes of their own' },
      { labs: 1, because: 'work in the namespace default' },
    ],
  });
  const acting = sharedLab('acts', ['alpha'], { acts: true });
  expect((await sharedPool([acting], new Set(['scripts']))).others).toEqual([
    { labs: 1, because: 'need a cluster that may be spoiled by checks that act' },
  ]);
});

test('of what ships an exam can be drawn, and no two of its tasks meet', async () => {
  const { labs } = readCatalogue(contentFolder());
  const ckad = labs.filter(({ content }) => content.spec.certification === 'ckad');
  const pool = await sharedPool(ckad, CAN);
  const blueprint = shippedExams('ckad').shorter;
  const options = { blueprint, labs: pool.labs, curriculum: curriculum(), progress: { exams: [] }, named: true };
  for (const seed of ['1', '2', '3']) {
    const { tasks } = await drawShared({ ...options, seed });
    expect(tasks.length).toBeGreaterThanOrEqual(blueprint.tasks.min);
    const all = await Promise.all(
      tasks.map(async (task) => claimsOf(await drawnTask(task, pool.labs.find(({ id }) => id === task.lab) as Lab))),
    );
    for (const [index, one] of all.entries())
      for (const other of all.slice(index + 1)) expect(meeting(one, other)).toBeUndefined();
  }
});
