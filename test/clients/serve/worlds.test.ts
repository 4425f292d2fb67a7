import { afterEach, expect, test } from 'vitest';
import { ask, create, follow } from './node-client.js';
import { type ServedWorld, serveWorld } from './served-world.js';

const PODS = '/api/v1/namespaces/default/pods';
const POD = { metadata: { name: 'one' }, spec: { containers: [{ name: 'main', image: 'nginx' }] } };

let world: ServedWorld | undefined;
afterEach(async () => {
  await world?.stop();
  world = undefined;
});

interface Named {
  readonly metadata: { readonly name: string };
}

async function names(served: ServedWorld, path: string, headers = {}): Promise<string[]> {
  const list = (await ask(served, path, { headers })).json() as { items: Named[] };
  return list.items.map(({ metadata }) => metadata.name).sort();
}

test('single-node: one node, on which pods run', async () => {
  world = await serveWorld('single-node');
  expect(await names(world, '/api/v1/nodes')).toEqual(['controlplane']);
  await create(world, PODS, POD);
  const watch = follow(world, `${PODS}?watch=true&fieldSelector=metadata.name=one`);
  expect(await watch.until((text) => text.includes('"ready":true'))).toContain('"nodeName":"controlplane"');
  watch.close();
});

test('empty: everything but nodes, and pods wait for one', async () => {
  world = await serveWorld('empty');
  expect(await names(world, '/api/v1/nodes')).toEqual([]);
  expect(await names(world, '/api/v1/pods')).toEqual([]);
  expect(await names(world, '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases')).toEqual([
    'kube-controller-manager',
    'kube-scheduler',
  ]);
  await create(world, PODS, POD);
  const watch = follow(world, `${PODS}?watch=true`);
  await watch.until((text) => text.includes('"message":"no nodes available to schedule pods"'));
  watch.close();
});

test('test-cmd: a node that is an object, controllers, no scheduler, and a token that may do all', async () => {
  world = await serveWorld('test-cmd');
  expect(world.token).toBe('admin-token');
  expect(world.tls.cert).toBeUndefined();
  const headers = { authorization: 'Bearer admin-token', 'content-type': 'application/json' };
  const node = (await ask(world, '/api/v1/nodes/127.0.0.1', { headers })).json();
  expect([node.status.capacity, node.spec.taints]).toEqual([{ memory: '1Gi' }, undefined]);
  expect(node.status.conditions).toMatchObject([{ type: 'Ready', status: 'True' }]);
  const deployment = {
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: POD.spec } },
  };
  const path = '/apis/apps/v1/namespaces/default/deployments';
  const made = await ask(world, path, { method: 'POST', headers, body: JSON.stringify(deployment) });
  expect(made.status).toBe(201);
  await expect.poll(() => names(world as ServedWorld, PODS, headers)).toHaveLength(1);
  const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases';
  expect(await names(world, leases, headers)).toEqual(['kube-controller-manager']);
  // Where everybody may do everything, nobody gets in without a name.
  expect((await ask(world, PODS)).status).toBe(401);
  expect((await ask(world, PODS, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
});
