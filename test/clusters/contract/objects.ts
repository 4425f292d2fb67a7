import { strict as assert } from 'node:assert';
import type { ContractCase } from './contract.js';
import { created, make, remove } from './made.js';

const MERGE = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const APPLY = 'application/apply-patch+yaml';

/** Objects: made, read, changed in every way, refused in the API server's words. */
export const OBJECT_CASES: readonly ContractCase[] = [
  {
    title: 'an object is made, read, listed, replaced and deleted',
    async run({ cluster, namespace }) {
      const path = `/api/v1/namespaces/${namespace}/configmaps`;
      const body = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings', labels: { of: 'contract' } },
        data: { colour: 'blue' },
      };
      assert.equal((await cluster.request({ method: 'POST', path, body })).status, 201);
      const list = await cluster.request({ method: 'GET', path: `${path}?labelSelector=of%3Dcontract` });
      assert.deepEqual(namesIn(list.body), ['settings']);
      const replaced = await cluster.request({
        method: 'PUT',
        path: `${path}/settings`,
        body: { ...body, data: { colour: 'grün 🟢' } },
      });
      assert.equal(replaced.status, 200);
      assert.deepEqual(dataOf((await cluster.request({ method: 'GET', path: `${path}/settings` })).body), {
        colour: 'grün 🟢',
      });
      assert.equal((await cluster.request({ method: 'DELETE', path: `${path}/settings` })).status, 200);
      assert.equal((await cluster.request({ method: 'GET', path: `${path}/settings` })).status, 404);
    },
  },
  {
    title: 'an object is changed by all three patches and by apply',
    async run({ cluster, namespace }) {
      const path = await make(cluster, namespace, 'configmaps', {
        metadata: { name: 'patched' },
        data: { kept: 'yes', gone: 'no' },
      });
      const patch = async (contentType: string, body: unknown, query = ''): Promise<unknown> => {
        const answer = await cluster.request({ method: 'PATCH', path: `${path}${query}`, contentType, body });
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        return dataOf(answer.body);
      };
      assert.deepEqual(await patch(MERGE, { data: { gone: null, merged: '1' } }), { kept: 'yes', merged: '1' });
      assert.deepEqual(await patch(JSON_PATCH, [{ op: 'replace', path: '/data/merged', value: '2' }]), {
        kept: 'yes',
        merged: '2',
      });
      assert.deepEqual(await patch(STRATEGIC, { data: { strategic: '3' } }), {
        kept: 'yes',
        merged: '2',
        strategic: '3',
      });
      const applied = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'patched' }, data: { applied: '4' } };
      const all = { kept: 'yes', merged: '2', strategic: '3', applied: '4' };
      assert.deepEqual(await patch(APPLY, applied, '?fieldManager=contract'), all);
      const conflict = { ...applied, data: { kept: 'changed' } };
      const refused = await cluster.request({
        method: 'PATCH',
        path: `${path}?fieldManager=contract`,
        contentType: APPLY,
        body: conflict,
      });
      assert.equal(refused.status, 409);
      assert.deepEqual(await patch(APPLY, conflict, '?fieldManager=contract&force=true'), {
        kept: 'changed',
        merged: '2',
        strategic: '3',
      });
      await remove(cluster, path);
    },
  },
  {
    title: 'what the API server refuses is an answer in its words',
    async run({ cluster, namespace }) {
      const path = `/api/v1/namespaces/${namespace}/configmaps`;
      const none = await cluster.request({ method: 'GET', path: `${path}/nothing` });
      assert.deepEqual([none.status, messageOf(none.body)], [404, 'configmaps "nothing" not found']);
      const bad = await cluster.request({ method: 'POST', path, body: { metadata: { name: 'Not_A_Name' } } });
      assert.equal(bad.status, 422);
      assert.match(messageOf(bad.body), /^ConfigMap "Not_A_Name" is invalid: metadata\.name: Invalid value/);
      const kind = await cluster.request({ method: 'GET', path: `/apis/apps/v1/namespaces/${namespace}/widgets` });
      assert.equal(kind.status, 404);
      const twice = await make(cluster, namespace, 'configmaps', { metadata: { name: 'twice' } });
      assert.equal(
        (await cluster.request({ method: 'POST', path, body: { metadata: { name: 'twice' } } })).status,
        409,
      );
      await remove(cluster, twice);
    },
  },
  {
    title: 'the administrator acts as somebody else',
    async run({ cluster, namespace }) {
      const path = `/api/v1/namespaces/${namespace}/configmaps`;
      const refused = await cluster.request({ method: 'GET', path, as: { user: 'eve', groups: ['guests', 'others'] } });
      assert.equal(refused.status, 403);
      const words = `configmaps is forbidden: User "eve" cannot list resource "configmaps" in API group "" in the namespace "${namespace}"`;
      assert.equal(messageOf(refused.body), words);
      const self = await cluster.request({
        method: 'POST',
        path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        body: {},
        as: { user: 'eve', groups: ['guests', 'others'] },
      });
      const { username, groups } = (self.body as { status: { userInfo: { username: string; groups: string[] } } })
        .status.userInfo;
      assert.deepEqual([username, groups], ['eve', ['guests', 'others', 'system:authenticated']]);
    },
  },
  {
    title: 'what the API server warns of is told',
    async run({ cluster, namespace }) {
      await created(cluster, namespace);
      const path = `/api/v1/namespaces/${namespace}/pods?dryRun=All`;
      const containers = [
        {
          name: 'one',
          image: 'busybox:1.36',
          env: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
        },
      ];
      const answer = await cluster.request({
        method: 'POST',
        path,
        body: { metadata: { name: 'warned' }, spec: { containers } },
      });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      assert.deepEqual(answer.warnings, [
        'spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
      ]);
      const plain = await cluster.request({ method: 'GET', path: '/version' });
      assert.equal(plain.warnings, undefined);
    },
  },
  {
    title: 'a long answer comes whole',
    async run({ cluster, namespace }) {
      const data = { long: 'ä'.repeat(300_000) };
      const path = await make(cluster, namespace, 'configmaps', { metadata: { name: 'long' }, data });
      assert.deepEqual(dataOf((await cluster.request({ method: 'GET', path })).body), data);
      await remove(cluster, path);
    },
  },
  {
    title: 'a list is followed from now on, until nobody wants it any more',
    async run({ cluster, namespace }) {
      const list = `/api/v1/namespaces/${namespace}/configmaps`;
      const before = await make(cluster, namespace, 'configmaps', { metadata: { name: 'before' } });
      const heard: string[] = [];
      const stop = await cluster.watch(
        `${list}?fieldSelector=metadata.name!%3Dkube-root-ca.crt`,
        ({ type, object }) => {
          const { metadata, data } = object as { metadata: { name: string }; data?: { n?: string } };
          heard.push(`${type} ${metadata.name}${data?.n ?? ''}`);
        },
      );
      const path = await make(cluster, namespace, 'configmaps', { metadata: { name: 'watched' }, data: { n: '1' } });
      for (const n of ['2', '3', '4'])
        await cluster.request({ method: 'PATCH', path, contentType: MERGE, body: { data: { n } } });
      await remove(cluster, path);
      const wanted = [
        'ADDED watched1',
        'MODIFIED watched2',
        'MODIFIED watched3',
        'MODIFIED watched4',
        'DELETED watched4',
      ];
      for (let tried = 0; heard.length < wanted.length && tried < 50; tried += 1) await cluster.wait(0.1);
      assert.deepEqual(heard, wanted);
      stop();
      await remove(cluster, before);
      await cluster.wait(0.5);
      assert.deepEqual(heard, wanted);
      await assert.rejects(() => cluster.watch('/apis/nowhere.example.com/v1/widgets', () => {}));
    },
  },
  {
    title: 'time passes, and a cluster at rest is told from one that is not',
    async run({ cluster, namespace }) {
      const before = await cluster.now();
      assert.ok(before > 1.7e15, 'microseconds since 1970');
      await cluster.wait(2);
      const passed = (await cluster.now()) - before;
      assert.ok(passed >= 1e6 && passed < 20e6, `2 seconds were ${passed / 1e6}`);
      assert.equal(await cluster.settle(0.2), false, 'nothing is at rest at once after a change');
      await created(cluster, namespace);
      assert.equal(await cluster.settle(120), true);
    },
  },
];

function namesIn(body: unknown): string[] {
  return (body as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name);
}

function dataOf(body: unknown): unknown {
  return (body as { data?: unknown }).data;
}

function messageOf(body: unknown): string {
  return (body as { message?: string }).message ?? '';
}
