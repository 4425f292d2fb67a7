import { expect, test } from 'vitest';
import { baselineKey, takeBaseline } from '../../src/checker/baseline.js';
import { ObjectReader } from '../../src/checker/objects.js';
import { FakeCluster, type FakeContent } from './fake-cluster.js';

const nodes = { apiVersion: 'v1', kind: 'Node', paths: ['$.spec.a', '$.spec.b'] };
const pods = { apiVersion: 'v1', kind: 'Pod', paths: ['$.spec.a'] };
const OBJECTS = [
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, spec: { a: 1 } },
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' }, spec: { a: [1, 2] } },
];
const taken = (content: FakeContent) => takeBaseline([nodes, pods], new ObjectReader(new FakeCluster(content)));

test('what is noted is plain data: nothing at a path is null', async () => {
  expect(await taken({ objects: OBJECTS })).toEqual({
    [baselineKey(nodes)]: { n1: [1, null] },
    [baselineKey(pods)]: { 'shop/p': [[1, 2]] },
  });
});

test('what cannot be told is not noted', async () => {
  expect(await taken({ down: 'refused' })).toEqual({});
});

test('what is wrong with the program itself is no reason to note nothing', async () => {
  const responds = (): never => {
    throw new TypeError('a defect');
  };
  expect(await taken({ responds }).catch((error: Error) => error.message)).toBe('a defect');
});
