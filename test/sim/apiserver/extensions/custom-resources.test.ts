import { describe, expect, it } from 'vitest';
import { localEtcd } from '../../../../src/sim/apiserver/storage/etcd-access.js';
import { encodeText } from '../../../../src/sim/kernel/bytes.js';
import { Store } from '../../../../src/sim/store/store.js';
import { type TestServer, testServer } from '../harness.js';
import { crontabs } from './definitions.js';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const OBJECTS = '/apis/stable.example.com/v1/namespaces/default/crontabs';

function ask(server: TestServer, method: string, target: string, body?: unknown): { status: number; body: unknown } {
  const response = server.request({
    method,
    target,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: encodeText(JSON.stringify(body)) }),
  });
  const text = new TextDecoder().decode(response.body ?? new Uint8Array());
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

const crontab = (name: string, spec: object = { cronSpec: '* * * * *' }) => ({
  apiVersion: 'stable.example.com/v1',
  kind: 'CronTab',
  metadata: { name },
  spec,
});

function served(): TestServer {
  const server = testServer();
  ask(server, 'POST', '/api/v1/namespaces', { metadata: { name: 'default' } });
  ask(server, 'POST', DEFINITIONS, crontabs());
  return server;
}

describe('custom resources', () => {
  it('are kept where the real server keeps them', () => {
    const server = served();
    expect(ask(server, 'POST', OBJECTS, crontab('one')).status).toBe(201);
    expect(server.store.get('/registry/stable.example.com/crontabs/default/one')?.value).toMatchObject({
      apiVersion: 'stable.example.com/v1',
      spec: { image: 'busybox', replicas: 1 },
    });
  });

  it('are there again after etcd was restored', () => {
    const before = served();
    ask(before, 'POST', OBJECTS, crontab('one'));
    const after = testServer({ etcd: localEtcd(new Store(before.store.content())) });
    expect(ask(after, 'GET', `${OBJECTS}/one`)).toMatchObject({ status: 200, body: { spec: { image: 'busybox' } } });
    expect(ask(after, 'GET', '/apis/stable.example.com').status).toBe(200);
  });

  it('change with their definition at once', () => {
    const server = served();
    ask(server, 'POST', OBJECTS, crontab('one'));
    const found = ask(server, 'GET', `${DEFINITIONS}/crontabs.stable.example.com`).body as ReturnType<typeof crontabs>;
    const text = JSON.stringify(found).replace('"default":"busybox"', '"default":"alpine"');
    expect(ask(server, 'PUT', `${DEFINITIONS}/crontabs.stable.example.com`, JSON.parse(text)).status).toBe(200);
    const made = ask(server, 'POST', OBJECTS, crontab('two')).body;
    expect(made).toMatchObject({ spec: { image: 'alpine' } });
  });

  it('go with their definition, and whoever watches is told', () => {
    const server = served();
    ask(server, 'POST', OBJECTS, crontab('one'));
    const { stream } = server.request({ target: `${OBJECTS}?watch=true` });
    ask(server, 'DELETE', `${DEFINITIONS}/crontabs.stable.example.com`);
    const events: string[] = [];
    for (let item = stream?.items.tryReceive(); item && item !== 'end'; item = stream?.items.tryReceive()) {
      events.push((JSON.parse(new TextDecoder().decode(item as Uint8Array)) as { type: string }).type);
    }
    expect(events).toEqual(['ADDED', 'DELETED']);
    expect(ask(server, 'GET', OBJECTS)).toEqual({ status: 404, body: '404 page not found\n' });
  });
});
