import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiSide, openApiSide } from '../../../src/clusters/real/api-side.js';
import { applyManifests } from '../../../src/clusters/real/manifests.js';
import { noteState } from '../../../src/clusters/real/note-state.js';
import { removeObjects } from '../../../src/clusters/real/remove-objects.js';
import { restoreSnapshot, type Snapshot, takeSnapshot } from '../../../src/clusters/real/restore.js';
import { fingerprint } from '../../../src/clusters/real/snapshot.js';
import { realClients } from '../../clients/real-kubectl.js';
import { type ServedWorld, serveWorld } from '../../clients/serve/served-world.js';

const clients = realClients();

const BEFORE = `
apiVersion: v1
kind: Namespace
metadata: {name: kept}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: kept, labels: {app: web}}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: kept}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: kept}
data: {colour: blue}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: for-ever, namespace: kept}
immutable: true
data: {colour: blue}
`;

/** A kind, an object of it with a finalizer that nobody heeds, in a namespace that nobody made. */
const NEW = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: boats.sea.example.com}
spec:
  group: sea.example.com
  scope: Namespaced
  names: {kind: Boat, plural: boats, singular: boat}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
---
apiVersion: sea.example.com/v1
kind: Boat
metadata: {name: meridian, namespace: harbour, finalizers: [sea.example.com/hold]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: new, namespace: kept}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: sailor}
`;

describe.skipIf(clients.kubectl === undefined)(`a cluster (${clients.reason ?? 'served'})`, { timeout: 90_000 }, () => {
  let world: ServedWorld;
  let side: ApiSide;
  let before: Snapshot;
  const get = (path: string) => side.request({ method: 'GET', path });
  const steps: string[] = [];
  const how = { onStep: ({ says }: { says: string }) => void steps.push(says) };

  beforeAll(async () => {
    world = await serveWorld('single-node', {}, 5);
    side = await openApiSide({
      kubectl: clients.kubectl as string,
      kubeconfig: world.kubeconfig,
      environment: { ...process.env, HOME: world.folder },
    });
    await applyManifests(side, BEFORE);
    before = await takeSnapshot(side);
  });
  afterAll(async () => {
    await side?.close();
    await world?.stop();
  });

  test('is what it was after whatever was made, changed and deleted', async () => {
    await applyManifests(side, NEW);
    expect((await get('/apis/sea.example.com/v1/namespaces/harbour/boats/meridian')).status).toBe(200);
    const [merge, kept] = ['application/merge-patch+json', '/api/v1/namespaces/kept'];
    const change = (path: string, body: object) => side.request({ method: 'PATCH', path, contentType: merge, body });
    await change(`${kept}/configmaps/settings`, { data: { colour: 'red' } });
    await change('/apis/apps/v1/namespaces/kept/deployments/web', { spec: { replicas: 3 } });
    await change('/api/v1/nodes/controlplane', {
      metadata: { labels: { disk: 'ssd' } },
      spec: { unschedulable: true },
    });
    await side.request({ method: 'DELETE', path: `${kept}/services/web` });
    await side.request({ method: 'DELETE', path: `${kept}/configmaps/for-ever` });
    await side.request({
      method: 'POST',
      path: `${kept}/configmaps`,
      body: { metadata: { name: 'for-ever' }, immutable: true, data: { colour: 'red' } },
    });
    expect(await restoreSnapshot(side, before, how)).toEqual([]);
    expect(steps).toEqual([
      'looking for what is new',
      'deleting what is new',
      'making again what is gone',
      'putting back what was changed',
    ]);
    const prints = ({ kinds }: Snapshot) =>
      kinds
        .flatMap(({ objects }) => objects.map(fingerprint))
        .filter(Boolean)
        .sort();
    expect(prints(await takeSnapshot(side))).toEqual(prints(before));
    expect((await get('/api/v1/namespaces/harbour')).status).toBe(404);
    expect((await get('/apis/sea.example.com/v1')).status).toBe(404);
  });

  test('with nothing changed is left alone', async () => {
    const version = async () =>
      ((await get('/api/v1/namespaces/kept/services/web')).body as { metadata: object }).metadata;
    const present = await version();
    expect(await restoreSnapshot(side, before, how)).toEqual([]);
    expect(await version()).toEqual(present);
  });

  test('of which only a part is noted is put back in that part alone', async () => {
    const holds = (kind: string, name: string) =>
      kind === 'clusterroles.rbac.authorization.k8s.io' && name === 'captain';
    const putBack = await noteState(side, { namespaces: ['kept'], holds });
    const make = (path: string, name: string, more = {}) =>
      side.request({ method: 'POST', path, body: { metadata: { name }, ...more } });
    await make('/api/v1/namespaces/kept/configmaps', 'new');
    await make('/api/v1/namespaces/default/configmaps', 'of-others');
    await make('/apis/rbac.authorization.k8s.io/v1/clusterroles', 'captain', { rules: [] });
    await make('/apis/rbac.authorization.k8s.io/v1/clusterroles', 'cook', { rules: [] });
    expect(await putBack({ inside: false })).toEqual({ changed: true, left: [] });
    expect(await putBack({ inside: false })).toEqual({ changed: false, left: [] });
    const there = [
      '/api/v1/namespaces/kept/configmaps/new',
      '/api/v1/namespaces/default/configmaps/of-others',
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/captain',
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/cook',
    ];
    expect(await Promise.all(there.map(async (path) => (await get(path)).status))).toEqual([404, 200, 404, 200]);
  });

  test('has other pods where somebody may have been in them, or they were restarted', async () => {
    const pods = async () => {
      const { items } = (await get('/api/v1/namespaces/kept/pods')).body as { items: { metadata: { uid: string } }[] };
      return items.map(({ metadata }) => metadata.uid);
    };
    await side.settle(60, { namespaces: ['kept'] });
    const putBack = await noteState(side, { namespaces: ['kept'], holds: () => false });
    const before = await pods();
    expect(before).toHaveLength(1);
    expect(await putBack({ inside: false })).toEqual({ changed: false, left: [] });
    expect(await pods()).toEqual(before);
    expect(await putBack({ inside: true })).toEqual({ changed: true, left: [] });
    const after = await pods();
    expect(after.filter((uid) => before.includes(uid))).toEqual([]);
  });

  test('tells what cannot go', async () => {
    const finalizers = ['kubernetes.io/pvc-protection'];
    const path = '/api/v1/namespaces/kept/configmaps';
    await side.request({ method: 'POST', path, body: { metadata: { name: 'stuck', finalizers } } });
    const resource = {
      group: '',
      version: 'v1',
      name: 'configmaps',
      kind: 'ConfigMap',
      namespaced: true,
      verbs: new Set<string>(),
    };
    const target = { resource, name: 'stuck', namespace: 'kept' };
    expect(await removeObjects(side.request, [target], { patienceSeconds: 0.1 })).toEqual([
      'ConfigMap kept/stuck is still being deleted: its finalizers (kubernetes.io/pvc-protection) are not removed',
    ]);
    await side.request({
      method: 'PATCH',
      path: `${path}/stuck`,
      contentType: 'application/merge-patch+json',
      body: { metadata: { finalizers: [] } },
    });
  });

  test.each([
    ['kind: [', /^manifests: /],
    ['apiVersion: v1\nkind: Widget\nmetadata: {name: one}', 'manifests: Widget one: refused'],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: bad, namespace: kept}\nspec: {containers: []}',
      /^manifests: Pod kept\/bad: Pod "bad" is invalid: spec.containers: Required value/,
    ],
  ])('refuses %j by name', async (text, words) => {
    const refuses = ({ kind }: { kind: string }) => (kind === 'Widget' ? 'refused' : undefined);
    await expect(applyManifests(side, text, { refuses })).rejects.toThrow(words);
  });
});
