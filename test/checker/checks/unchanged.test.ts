import { describe, expect, test } from 'vitest';
import type { Subject } from '../../../src/checker/rubric.js';
import type { FakeCluster } from '../fake-cluster.js';
import { judged, saying } from '../graded.js';
import { CONTENT, node, pod } from './some-objects.js';

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
    const two: Subject = { unchanged: [{ ...node(''), name: undefined, paths: ['$.spec'], set: true } as never] };
    expect(
      await saying(two, CONTENT, ({ objects }) => {
        objects.splice(
          0,
          2,
          { ...objects[1], metadata: { name: 'n1' } } as never,
          { ...objects[0], metadata: { name: 'n2' } } as never,
        );
      }),
    ).toMatch(/^✓/);
    expect(await saying(set, CONTENT, ({ objects }) => objects.push(pod('z', { spec: { n: 7 } })))).toBe(
      '✗ nothing new / shop/z instead',
    );
  });

  test('inside a group it is noted too', async () => {
    const group: Subject = { all: [{ any: [unchanged()] }] };
    expect((await judged(group, CONTENT)).result.passed).toBe(true);
    expect((await judged(group, CONTENT, replace('a'))).result.passed).toBe(false);
  });
});
