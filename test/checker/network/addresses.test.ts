import { expect, test } from 'vitest';
import { addressesOf } from '../../../src/checker/network/addresses.js';
import { ObjectReader } from '../../../src/checker/objects.js';
import type { Destination } from '../../../src/checker/places.js';
import type { CheckContext } from '../../../src/checker/subject.js';
import { FakeCluster } from '../fake-cluster.js';

const node = (name: string, status: object | undefined) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status,
});
const pod = (name: string, status: object | undefined) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: 'web' } },
  status,
});
const addresses = [
  { type: 'Hostname', address: 'my-node01' },
  { type: 'InternalIP', address: '172.30.2.2' },
];
const OBJECTS = [
  node('my-node01', { addresses }),
  node('my-node02', { addresses: addresses.slice(0, 1) }),
  node('my-node03', undefined),
  node('my-node04', {}),
  pod('a', { podIP: '10.244.1.1' }),
  pod('b', {}),
  pod('c', undefined),
];

test.each<[Destination, string[]]>([
  [{ address: 'web.shop', port: 80 }, ['web.shop']],
  [{ host: 'node01', port: 80 }, ['172.30.2.2']],
  // Where the cluster does not tell an address, the name must do.
  [{ host: 'node02', port: 80 }, ['my-node02']],
  [{ host: 'node03', port: 80 }, ['my-node03']],
  [{ host: 'node04', port: 80 }, ['my-node04']],
  [{ host: 'node05', port: 80 }, ['my-node05']],
  [{ service: { namespace: 'shop', name: 'web' }, port: 80 }, ['web.shop.svc.cluster.local']],
  [{ pods: { namespace: 'shop', selector: 'app=web' }, port: 80 }, ['10.244.1.1']],
  [{ pods: { namespace: 'shop', selector: 'app=db' }, port: 80 }, []],
])('%j: %j', async (to, found) => {
  const objects = new ObjectReader(new FakeCluster({ objects: OBJECTS }));
  const context = { objects, host: (base: string) => `my-${base}` } as unknown as CheckContext;
  expect(await addressesOf(to, context)).toEqual(found);
});
