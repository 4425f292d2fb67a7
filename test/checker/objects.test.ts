import { expect, test } from 'vitest';
import { ObjectReader, refusal } from '../../src/checker/objects.js';
import type { ApiResponse } from '../../src/clusters/port.js';
import { FakeCluster, type FakeContent } from './fake-cluster.js';

const POD = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'shop', labels: { app: 'web' } } };
const NODE = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } };
const CONTENT: FakeContent = { objects: [POD, NODE] };
const pods = (more: object) => ({ apiVersion: 'v1', kind: 'Pod', ...more });

/** What is found, and what is asked after the kinds were. */
test.each<[object, string[], string]>([
  [pods({ namespace: 'shop', name: 'a' }), ['a'], '/api/v1/namespaces/shop/pods/a'],
  [pods({ namespace: 'shop', name: 'b' }), [], '/api/v1/namespaces/shop/pods/b'],
  [pods({ namespace: 'shop', selector: 'app=web' }), ['a'], '/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb'],
  [pods({ namespace: 'shop', selector: '' }), ['a'], '/api/v1/namespaces/shop/pods'],
  [pods({ namespace: 'shop' }), ['a'], '/api/v1/namespaces/shop/pods'],
  [pods({}), ['a'], '/api/v1/pods'],
  [{ apiVersion: 'v1', kind: 'Node', name: 'n1' }, ['n1'], '/api/v1/nodes/n1'],
  // Who writes a namespace to what is in none is understood all the same.
  [{ apiVersion: 'v1', kind: 'Node', namespace: 'shop', name: 'n1' }, ['n1'], '/api/v1/nodes/n1'],
  [{ apiVersion: 'v1', kind: 'Widget', name: 'w' }, [], ''],
  [{ apiVersion: 'shop.example/v1', kind: 'Order', name: 'o' }, [], ''],
])('%j: %j', async (ref, names, asked) => {
  const cluster = new FakeCluster(CONTENT);
  const objects = new ObjectReader(cluster);
  const found = await objects.read(ref as Parameters<ObjectReader['read']>[0]);
  expect(found.map(({ metadata }) => metadata.name)).toEqual(names);
  expect(cluster.requests.slice(1)).toEqual(asked === '' ? [] : [`GET ${asked}`]);
});

test('a kind is looked up once', async () => {
  const cluster = new FakeCluster(CONTENT);
  const objects = new ObjectReader(cluster);
  for (const name of ['a', 'b']) await objects.read(pods({ namespace: 'shop', name }) as never);
  expect(cluster.requests).toEqual([
    'GET /api/v1',
    'GET /api/v1/namespaces/shop/pods/a',
    'GET /api/v1/namespaces/shop/pods/b',
  ]);
});

test('a list that is none has no items', async () => {
  const cluster = new FakeCluster({ answers: { '/api/v1/pods': { status: 404, body: undefined } } });
  expect(await new ObjectReader(cluster).read(pods({}) as never)).toEqual([]);
});

const told = async (response: ApiResponse): Promise<unknown> =>
  new ObjectReader(new FakeCluster({ answers: { '/x': response } })).get('/x').catch(({ message }: Error) => message);

const REFUSED = 'the API server refuses to tell: ';
test.each<[number, unknown, unknown]>([
  [200, 'it', 'it'],
  [299, 'it', 'it'],
  [404, 'it', undefined],
  [300, undefined, `${REFUSED}status 300`],
  [199, {}, `${REFUSED}status 199`],
  [403, { message: 'no' }, `${REFUSED}no`],
])('what is answered with %i and %j is %j', async (status, body, says) => {
  expect(await told({ status, body })).toBe(says);
});

test.each<[string | undefined, string]>([
  ['refused', 'the API server does not answer: refused'],
  [undefined, 'the API server does not answer: no reason given'],
])('who does not answer (%j) is asked once', async (error, says) => {
  const cluster = new FakeCluster({ responds: () => ({ status: 0, body: undefined, ...(error && { error }) }) });
  const objects = new ObjectReader(cluster);
  for (const path of ['/x', '/y']) expect(await objects.get(path).catch(({ message }: Error) => message)).toBe(says);
  expect(cluster.requests).toEqual(['GET /x']);
});

test('a refusal is told in the words of who refuses', () => {
  expect(refusal({ status: 422, body: { message: 'invalid' } })).toBe('invalid');
  expect(refusal({ status: 422, body: undefined })).toBe('status 422');
});
