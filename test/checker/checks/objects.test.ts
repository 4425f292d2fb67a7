import { describe, expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { FakeCluster } from '../fake-cluster.js';
import { judged, saying } from '../graded.js';

const pod = (name: string, more: object = {}, labels = { app: 'web' }) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, labels },
  ...more,
});
const configMap = (name: string, more: object, metadata: object = { labels: { app: 'list' } }) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', ...metadata },
  ...more,
});
const CONTENT = {
  objects: [
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, spec: { unschedulable: true } },
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n2' }, spec: {} },
    pod('a', { spec: { nodeName: 'n1', n: 1 } }),
    pod('b', { spec: { nodeName: 'n2', n: 2 } }),
    configMap('l1', { data: { a: 'x', b: 'x', c: 'y' } }),
    configMap('l2', { data: { a: 'x' } }),
    configMap('going', {}, { deletionTimestamp: 'now', labels: {} }),
    pod('c', { spec: { nodeName: 'n2', n: 3 } }, { app: 'db' }),
  ],
};
const node = (name: string) => ({ apiVersion: 'v1', kind: 'Node', name });
const pods = (selector: string) => ({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', selector });
const NODE_NAME = '$.spec.nodeName';

const LISTS = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', selector: 'app=list' };
const LIST = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'l1' };

const rows: readonly [Subject, string][] = [
  [{ resource: node('n1'), jsonpath: '$.spec.unschedulable', equals: true }, '✓ true / true'],
  [{ resource: node('n2'), jsonpath: '$.spec.unschedulable', equals: true }, '✗ true / nothing'],
  [{ resource: node('n2'), jsonpath: '$.spec.unschedulable', missing: false, equals: true }, '✗ true / false'],
  [{ resource: node('n2'), jsonpath: '$.spec.unschedulable', absent: true }, '✓ is not set / nothing'],
  [{ resource: node('n9'), jsonpath: '$.spec.unschedulable', absent: true }, '✗ is not set / no node/n9'],
  [{ resource: node('n1') }, '✓ exists / exists'],
  [{ resource: node('n9') }, '✗ exists / no node/n9'],
  [{ resource: { apiVersion: 'v1', kind: 'Nothing', name: 'x' } }, '✗ exists / no nothing/x'],
  [{ resource: pods('app=web'), jsonpath: NODE_NAME, equals: 'n2' }, '✗ n2 / a: n1'],
  [{ resource: pods('app=db'), jsonpath: NODE_NAME, equals: 'n2' }, '✓ n2 / c: n2'],
  [{ resource: pods('app=no'), jsonpath: NODE_NAME, equals: 'n2' }, '✗ n2 / no Pod with app=no in shop'],
  [{ resource: pods(''), jsonpath: NODE_NAME, over: 'any', equals: 'n1' }, '✓ one of 3 with n1 / a: n1'],
  [{ resource: pods('app=db'), jsonpath: NODE_NAME, over: 'any', equals: 'n1' }, '✗ one of 1 with n1 / c: n2'],
  [{ resource: pods(''), jsonpath: NODE_NAME, over: 'none', equals: 'n1' }, '✗ none with n1 / a: n1'],
  [{ resource: pods('app=db'), jsonpath: NODE_NAME, over: 'none', equals: 'n1' }, '✓ none with n1 / c: n2'],
  [{ resource: pods('app=no'), jsonpath: NODE_NAME, over: 'none', equals: 'n1' }, '✓ n1 / no Pod with app=no in shop'],
  [{ resource: pods('app=web'), over: 'count', equals: 2 }, '✓ 2 / 2'],
  [{ resource: pods('app=no'), over: 'count', atLeast: 1 }, '✗ at least 1 / 0'],
  [{ resource: pods(''), jsonpath: '$.spec.n', over: 'sum', equals: 6 }, '✓ 6 / 6'],
  [
    { resource: pods(''), jsonpath: NODE_NAME, over: 'sum', equals: 6 },
    '✗ to be found out / n1 is no number that could be added up',
  ],
  [
    { resource: LIST, jsonpath: '$.data.*', equals: 'x' },
    '✗ to be found out / $.data.* has 3 matches where one value is asked for: say each: all, any, none, count or sum',
  ],
  [{ resource: LIST, jsonpath: '$.data.*', over: 'any', equals: 'y' }, '✓ one of 3 with y / y'],
  [{ resource: LIST, jsonpath: '$.data.*', over: 'any', equals: 'z' }, '✗ one of 3 with z / x, x, y'],
  [{ resource: LIST, jsonpath: '$.data.*', over: 'all', equals: 'x' }, '✗ x / y'],
  [{ resource: LIST, jsonpath: '$.data.*', each: 'none', equals: 'z' }, '✓ none with z / x, x, y'],
  [{ resource: LIST, jsonpath: '$.data.*', each: 'none', equals: 'y' }, '✗ none with y / y'],
  [{ resource: LIST, jsonpath: '$.data.*', each: 'count', equals: 3 }, '✓ 3 / 3'],
  [{ resource: LIST, jsonpath: '$.data[?(@ === "x")]', over: 'count', atMost: 1 }, '✗ at most 1 / 2'],
  [{ resource: LISTS, jsonpath: '$.data.*', each: 'any', equals: 'y' }, '✗ one of 1 with y / l2: x'],
  [
    { resource: LISTS, jsonpath: '$.data.*', each: 'any', over: 'any', equals: 'y' },
    '✓ one of 2 with one of 3 with y / l1: y',
  ],
  [{ resource: LISTS, jsonpath: '$.data.*', each: 'count', over: 'sum', equals: 4 }, '✓ 4 / 4'],
  [
    { resource: LISTS, jsonpath: '$.data.*', over: 'count', equals: 4 },
    '✗ to be found out / $.data.* has 3 matches where one value is asked for: say each: all, any, none, count or sum',
  ],
  [
    { resource: { apiVersion: 'v1', kind: 'Pod', name: 'a' } },
    '✗ to be found out / in which namespace is pod/a? The check names none',
  ],
  [
    { gone: { apiVersion: 'v1', kind: 'Pods', namespace: 'shop', name: 'a' } },
    '✗ to be found out / v1 has no kind Pods, so nothing of it was ever there',
  ],
  [{ gone: { apiVersion: 'shop.example/v1', kind: 'Order', name: 'a' } }, '✓ no order/a / no order/a'],
  [
    { gone: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'going' } },
    '✗ no configmap/going in shop / going, which is being deleted',
  ],
  [{ resource: node('n9'), jsonpath: '$.spec', exists: true }, '✗ exists / no node/n9'],
  [{ resource: LIST, jsonpath: '$.data.*', each: 'all', atLeast: 1 }, '✗ at least 1 / x, x, y'],
  [{ resource: LIST, jsonpath: '$.none.*', over: 'any', equals: 'y' }, '✗ y / nothing'],
  [{ resource: LISTS, jsonpath: '$.none', over: 'count', equals: 0 }, '✓ 0 / 0'],
  [{ resource: LIST, jsonpath: '$.data.*', each: 'all', matches: '.' }, '✓ matches . / x, x, y'],
  [{ gone: node('n9') }, '✓ no node/n9 / no node/n9'],
  [{ gone: node('n1') }, '✗ no node/n1 / n1'],
  [{ gone: pods('app=web') }, '✗ no Pod with app=web in shop / a, b'],
  [{ all: [{ resource: node('n1') }, { gone: node('n9') }] }, '✓ no node/n9 / no node/n9'],
  [{ all: [{ resource: node('n9') }, { gone: node('n1') }] }, '✗ exists / no node/n9'],
  [{ any: [{ resource: node('n9') }, { resource: node('n1') }] }, '✓ exists / exists'],
  [{ any: [{ resource: node('n9') }, { gone: node('n1') }] }, '✗ exists or no node/n1 / no node/n9; n1'],
];

test.each(rows)('%j: %s', async (subject, says) => {
  expect(await saying(subject, CONTENT)).toBe(says);
});

const TEXT = "a condition's status is a text";
test.each<[object, string]>([
  [{ exists: true, absent: true }, 'at/absent: stands beside exists; a check has one condition'],
  [{ jsonpath: '$.status.conditions[?(@.type=="Ready")].status', equals: true }, `at/equals: ${TEXT}: write "True"`],
  [{ jsonpath: '$.status.conditions[?(@.type=="Ready")].status', equals: false }, `at/equals: ${TEXT}: write "False"`],
  [{ jsonpath: '$.status.conditions[?(@.type=="Ready")].status', equals: 'True' }, ''],
  [{ jsonpath: '$.spec.unschedulable', equals: true }, ''],
  [{ equals: true }, ''],
  [{ group: 'x', names: ['x'], jsonpath: '$.a', equals: 1 }, ''],
])('lint %j: %s', (more, says) => {
  const problems: string[] = [];
  lintSubject({ resource: node('n1'), ...more } as Subject, 'at', (path, message) =>
    problems.push(`${path}: ${message}`),
  );
  expect(problems.join('\n')).toBe(says);
});

test('what is wrong in a group is told by its path, and so is a field that its kind does not read', () => {
  const problems: string[] = [];
  const wrong = { resource: node('n1'), exists: true, absent: true };
  const unread = { gone: node('n1'), jsonpath: '$.a' };
  lintSubject({ all: [wrong, { any: [wrong, unread] }] } as Subject, 'at', (path) => problems.push(path));
  expect(problems).toEqual(['at/all/0/absent', 'at/all/1/any/0/absent', 'at/all/1/any/1/jsonpath']);
});

test('more than three objects are cut short', async () => {
  const objects = ['a', 'b', 'c', 'd', 'e'].map((name) => pod(name, { spec: { n: 1 } }));
  expect(await saying({ resource: pods(''), jsonpath: '$.spec.n', equals: 1 }, { objects })).toBe(
    '✓ 1 / a: 1, b: 1, c: 1 and 2 more',
  );
});

test('when no API server answers, a check of it fails with that reason', async () => {
  const down = 'dial tcp 172.30.1.2:6443: connect: connection refused';
  expect(await saying({ gone: node('n9') }, { down }, () => {}).catch((error: Error) => error.message)).toContain(down);
});

describe('unchanged', () => {
  const unchanged = (more: object = {}): Subject => ({
    unchanged: [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: 'shop',
        selector: 'app=web',
        paths: ['$.spec.n', '$.metadata.uid'],
        ...more,
      },
    ],
  });
  const replace =
    (name: string, by?: object) =>
    (cluster: FakeCluster): void => {
      const at = cluster.objects.findIndex(({ metadata }) => metadata.name === name);
      cluster.objects.splice(at, 1, ...(by ? [by as (typeof cluster.objects)[number]] : []));
    };

  test.each<[string, (cluster: FakeCluster) => void, string]>([
    ['nothing', () => {}, '✓ as it was / Pod with app=web in shop as it was'],
    [
      'another field',
      replace('a', pod('a', { spec: { n: 1, nodeName: 'n7' } })),
      '✓ as it was / Pod with app=web in shop as it was',
    ],
    ['a field', replace('a', pod('a', { spec: { n: 9 } })), '✗ shop/a $.spec.n = 1 / shop/a $.spec.n = 9'],
    [
      'a field is taken away',
      replace('a', pod('a', { spec: {} })),
      '✗ shop/a $.spec.n = 1 / shop/a $.spec.n = nothing',
    ],
    ['an object is gone', replace('a'), '✗ shop/a as it was / shop/a is gone'],
    [
      'an object is new',
      ({ objects }) => objects.push(pod('z', { spec: { n: 1 } })),
      '✗ no more than 2 of them / shop/z is new',
    ],
    [
      'an object was made anew',
      replace('a', {
        ...pod('a', { spec: { n: 1 } }),
        metadata: { name: 'a', namespace: 'shop', uid: 'other', labels: { app: 'web' } },
      }),
      '✗ shop/a $.metadata.uid = uid-a / shop/a $.metadata.uid = other',
    ],
  ])('%s', async (_, change, says) => {
    expect(await saying(unchanged(), CONTENT, change)).toBe(says);
  });

  test('of a whole spec, the path that differs is told', async () => {
    const spec = (image: string, more: object = {}) => ({
      spec: {
        n: 1,
        'a.b/c': 1,
        containers: [
          { name: 'x', image: 'a' },
          { name: 'y', image, ...more },
        ],
      },
    });
    const whole = unchanged({ paths: ['$.spec'] });
    const content = { objects: [pod('a', spec('b'))] };
    const said = (by: object): Promise<string> => saying(whole, content, replace('a', pod('a', by)));
    expect(await said(spec('b'))).toMatch(/^✓/);
    expect(await said(spec('c'))).toBe(
      '✗ shop/a $.spec.containers[1].image = b / shop/a $.spec.containers[1].image = c',
    );
    expect(await said(spec('b', { tty: true }))).toBe(
      '✗ shop/a $.spec.containers[1].tty = nothing / shop/a $.spec.containers[1].tty = true',
    );
    expect(await said({ spec: { ...spec('b').spec, 'a.b/c': 2 } })).toBe(
      "✗ shop/a $.spec['a.b/c'] = 1 / shop/a $.spec['a.b/c'] = 2",
    );
    expect(await said({ spec: { ...spec('b').spec, containers: [] } })).toMatch(/\$\.spec\.containers = \[\]$/);
  });

  test('of what was not there, or could not be told, nothing can be decided', async () => {
    const nothing = '✗ to be found out / nothing was known of Pod with app=web in shop when the task began';
    expect(await saying(unchanged(), { objects: [] })).toBe(nothing);
  });

  test('as a set, an object of the same values may have another name', async () => {
    const set = unchanged({ paths: ['$.spec.n'], set: true });
    expect(await saying(set, CONTENT, replace('a', pod('q', { spec: { n: 1 } })))).toMatch(/^✓/);
    expect(await saying(set, CONTENT, replace('a', pod('q', { spec: { n: 5 } })))).toBe(
      '✗ shop/a as it was / shop/q instead',
    );
    expect(await saying(set, CONTENT, replace('a'))).toBe('✗ shop/a as it was / gone');
  });

  test('inside a group it is noted too', async () => {
    const group: Subject = { all: [{ any: [unchanged()] }] };
    expect((await judged(group, CONTENT)).result.passed).toBe(true);
    expect((await judged(group, CONTENT, replace('a'))).result.passed).toBe(false);
  });
});
