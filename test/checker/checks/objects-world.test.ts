import { expect, test } from 'vitest';
import { grade, noteBaseline } from '../../../src/checker/grade.js';
import type { Check, Subject } from '../../../src/checker/rubric.js';
import { openSimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import { EPOCH } from '../../../src/labs/session/machine-options.js';

/** One world for all: a Deployment, two that will be changed, and some pods of labels. */
const deployment = (name: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: default}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: it, image: "nginx:1.27"}]}
---`;
const pod = (name: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: default, labels: {set: pods}}
spec: {containers: [{name: it, image: "busybox:1.36", command: [sleep, infinity]}]}
---`;
const WORLD = [deployment('kept'), deployment('scaled'), deployment('again'), pod('box'), pod('lost')].join('');

/** What is done after the task began. */
const DONE = `set -e
kubectl scale deploy scaled --replicas=3
kubectl get deploy again -o yaml > /tmp/again; kubectl replace --force -f /tmp/again
kubectl delete pod lost --now
echo po/box > /tmp/pod; echo deploy/box > /tmp/deploy
printf '%s\\n' kept scaled again > /tmp/names; printf '%s\\n' kept scaled > /tmp/some
echo 3 > /tmp/three`;

const named = (kind: string, name: string) => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  namespace: 'default',
  name,
});
const THERE = { gone: named('Pod', 'box') };
const GONE = { gone: named('Pod', 'lost') };
const WHICH = { gone: { apiVersion: 'v1', kind: 'Pod', name: 'box' } };
const pods = (selector: string) => ({ apiVersion: 'v1', kind: 'Pod', namespace: 'default', selector });
const unchanged = (name: string, ...paths: string[]): Subject => ({
  unchanged: [{ ...named('Deployment', name), paths }],
});
const answer = (path: string, more: object): Subject => ({ answer: { host: 'controlplane', path, ...more } });
const NAMES = {
  expression: 'all.map(d, d.metadata.name)',
  objects: { all: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', selector: '' } },
};

/** What is said: `✓`, or `✗` or `?` with words of what was found. */
const ROWS: readonly [Subject, string][] = [
  [GONE, '✓'],
  [THERE, '✗ box'],
  [WHICH, '? in which namespace is pod/box? The check names none'],
  [{ gone: pods('set=none') }, '✓'],
  [{ gone: pods('set=pods') }, '✗ box'],
  [{ gone: { apiVersion: 'shop.example/v1', kind: 'Order', name: 'x' } }, '✓'],
  [{ gone: { ...named('Pods', 'box') } }, '? v1 has no kind Pods'],
  [{ all: [GONE, { resource: named('Pod', 'box') }] }, '✓'],
  [{ all: [GONE, THERE] }, '✗ box'],
  [{ all: [WHICH, THERE] }, '✗ box'],
  [{ all: [WHICH, GONE] }, '? in which namespace'],
  [{ any: [THERE, GONE] }, '✓'],
  [{ any: [WHICH, GONE] }, '✓'],
  [{ any: [THERE, { resource: named('Pod', 'lost') }] }, '✗ box; no pod/lost in default'],
  [{ any: [THERE, WHICH] }, '? box; in which namespace'],
  [unchanged('kept', '$.spec', '$.metadata.uid'), '✓'],
  [unchanged('scaled', '$.spec'), '✗ default/scaled $.spec.replicas = 3'],
  [unchanged('scaled', '$.spec.template', '$.metadata.uid'), '✓'],
  [unchanged('again', '$.spec'), '✓'],
  [unchanged('again', '$.metadata.uid'), '✗ default/again $.metadata.uid = '],
  [unchanged('none', '$.spec'), '? nothing was known of deployment/none in default when the task began'],
  [{ unchanged: [{ ...pods('set=pods'), paths: ['$.spec.nodeName'] }] }, '✗ default/lost is gone'],
  [answer('/tmp/pod', { names: 'pod/box' }), '✓'],
  [answer('/tmp/pod', { names: 'Pod/box' }), '✓'],
  [answer('/tmp/deploy', { names: 'deployments.apps/box' }), '✓'],
  [answer('/tmp/deploy', { names: 'pod/box' }), '✗ deploy/box'],
  [answer('/tmp/names', NAMES), '✓'],
  [answer('/tmp/some', NAMES), '✗ kept⏎scaled'],
  [answer('/tmp/some', { ...NAMES, expression: 'all.map(' }), '? the right answer cannot be worked out'],
  [answer('/tmp/three', { resource: named('Deployment', 'scaled'), jsonpath: '$.spec.replicas' }), '✓'],
  [answer('/tmp/three', { resource: named('Deployment', 'kept'), jsonpath: '$.spec.replicas' }), '✗ 3'],
  [
    answer('/tmp/three', { resource: named('Deployment', 'none'), jsonpath: '$.spec' }),
    '? there is no deployment/none',
  ],
  [answer('/tmp/none', { equals: 'x' }), '✗ no file /tmp/none'],
];

test('what checks of objects, groups and answers say of one world', async () => {
  const cluster = await openSimCluster(
    {
      world: { base: 'single-node', hosts: {}, steps: [{ manifests: WORLD }, { settle: true }] },
      seed: '1',
      salt: '',
      epoch: EPOCH,
      timing: 'brisk',
    },
    { thread: 'same' },
  );
  const checks = ROWS.map(([subject], index) => ({ id: `c${index}`, says: 'it', points: 1, ...subject }) as Check);
  const baseline = await noteBaseline(cluster, checks);
  const done = await cluster.run('controlplane', 'root', ['bash', '-c', DONE], { timeoutSeconds: 120 });
  expect(done.stderr.replace(/^Warning: .*\n/gm, '')).toBe('');
  const report = await grade(cluster, { checks, baseline, hosts: {} });
  await cluster.close();
  const first = new Map(report.checks.map(({ id, found }) => [id, found]));
  const said = report.checks.map(({ passed, undecided, expected, found: told }, index) => {
    const found = first.get(/^for the same reason as (\w+)$/.exec(told)?.[1] ?? '') ?? told;
    const words = (ROWS[index]?.[1] ?? '').slice(2);
    const mark = passed ? '✓' : undecided ? '?' : '✗';
    if (words === '') return passed ? mark : `${mark} ${expected} / ${found}`;
    return `${mark} ${found.includes(words) ? words : found}`;
  });
  expect(said).toEqual(ROWS.map(([, words]) => words));
});
