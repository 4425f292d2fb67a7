import { describe, expect, test } from 'vitest';
import { StrategicPatchError, strategicPatch } from '../../../../src/sim/api/patch/strategic-patch.js';

const pod = (spec: object, metadata: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata, spec });
const names = (spec: unknown) => (spec as { containers: { name: string }[] }).containers.map(({ name }) => name);

describe('strategic merge patches', () => {
  const two = pod({
    containers: [
      { name: 'a', image: 'x' },
      { name: 'b', image: 'y' },
    ],
  });

  test.each<[string, object, object]>([
    [
      'a container by its name',
      { spec: { containers: [{ name: 'b', image: 'z' }] } },
      [
        ['a', 'x'],
        ['b', 'z'],
      ],
    ],
    [
      'a new container',
      { spec: { containers: [{ name: 'c', image: 'w' }] } },
      [
        ['c', 'w'],
        ['a', 'x'],
        ['b', 'y'],
      ],
    ],
    ['$patch: delete', { spec: { containers: [{ name: 'a', $patch: 'delete' }] } }, [['b', 'y']]],
    ['$patch: replace', { spec: { containers: [{ $patch: 'replace' }, { name: 'n', image: 'i' }] } }, [['n', 'i']]],
    [
      '$setElementOrder',
      { spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] } },
      [
        ['b', 'y'],
        ['a', 'x'],
      ],
    ],
  ])('%s', (_, patch, expected) => {
    const { containers } = strategicPatch(two, patch as never)['spec'] as {
      containers: { name: string; image: string }[];
    };
    expect(containers.map(({ name, image }) => [name, image])).toEqual(expected);
  });

  test('replace lists that no key tells apart', () => {
    const object = pod({ containers: [], tolerations: [{ key: 'a' }, { key: 'b' }] });
    expect(strategicPatch(object, { spec: { tolerations: [{ key: 'c' }] } })['spec']).toMatchObject({
      tolerations: [{ key: 'c' }],
    });
  });

  test('join lists of plain values, and delete from them', () => {
    const object = pod({}, { finalizers: ['x/a', 'x/b'] });
    expect(strategicPatch(object, { metadata: { finalizers: ['x/c', 'x/b'] } })['metadata']).toEqual({
      finalizers: ['x/c', 'x/a', 'x/b'],
    });
    expect(
      strategicPatch(object, { metadata: { '$deleteFromPrimitiveList/finalizers': ['x/a'] } })['metadata'],
    ).toEqual({ finalizers: ['x/b'] });
  });

  test('keep only the keys they retain', () => {
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } },
    };
    const patch = { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } };
    expect(strategicPatch(object, patch)['spec']).toEqual({ strategy: { type: 'Recreate' } });
  });

  test('merge ports of services by their number, ports of containers by theirs', () => {
    const service = { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 80, name: 'a' }] } };
    const patched = strategicPatch(service, { spec: { ports: [{ port: 80, targetPort: 8080 }] } });
    expect(patched['spec']).toEqual({ ports: [{ port: 80, name: 'a', targetPort: 8080 }] });
  });

  test('replace every list of a kind nobody knows', () => {
    const custom = { apiVersion: 'example.com/v1', kind: 'Widget', spec: { containers: [{ name: 'a' }] } };
    expect(names(strategicPatch(custom, { spec: { containers: [{ name: 'b' }] } })['spec'])).toEqual(['b']);
  });

  test.each([
    [
      'an item without its key',
      { spec: { containers: [{ image: 'z' }] } },
      'map: map[image:z] does not contain declared merge key: name',
    ],
    ['an unknown directive', { $patch: 'x' }, 'unknown patch type: x in map: map[$patch:x]'],
    [
      'an order the items do not have',
      { spec: { '$setElementOrder/containers': [{ name: 'b' }], containers: [{ name: 'a' }] } },
      "The order in patch list:\n[map[name:a]]\n doesn't match $setElementOrder list:\n[map[name:b]]\n",
    ],
    [
      'keys beside those retained',
      { spec: { $retainKeys: ['nodeName'], hostname: 'h' } },
      'invalid patch format of retainKeys',
    ],
    [
      'mixed lists',
      { spec: { containers: ['a'] } },
      'list element types are not identical: [[map[image:x name:a] map[image:y name:b]] [a]]',
    ],
  ])('refuse %s', (_, patch, words) => {
    expect(() => strategicPatch(two, patch as never)).toThrow(new StrategicPatchError(words));
  });
});
