import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { createClient } from '../../../src/sim/client/create-client.js';
import { InformerFactory } from '../../../src/sim/client/informer-factory.js';
import { ObjectCache } from '../../../src/sim/client/object-cache.js';
import { connectTransport } from '../../../src/sim/client/transport.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { ADDRESS, TestCluster } from '../apiserver/cluster.js';

const CONFIG_MAPS = { group: '', version: 'v1', resource: 'configmaps', kind: 'ConfigMap', namespaced: true };
const object = (name: string, rest: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default', ...rest },
});

describe('a cache', () => {
  test('indexes follow changes; handlers hear of them', () => {
    const cache = new ObjectCache();
    const heard: string[] = [];
    cache.addIndex('app', ({ metadata }) => (metadata.labels?.['app'] ? [metadata.labels['app']] : []));
    cache.addHandlers({
      added: ({ metadata }) => heard.push(`+${metadata.name}`),
      updated: (before, after) => heard.push(`${before.metadata.labels?.['app']}>${after.metadata.labels?.['app']}`),
      deleted: ({ metadata }) => heard.push(`-${metadata.name}`),
    });
    cache.replace([object('a', { labels: { app: 'x' } }), object('b')]);
    expect(cache.byIndex('app', 'x').map((found) => found.metadata.name)).toEqual(['a']);
    cache.put(object('a', { labels: { app: 'y' } }));
    expect(cache.byIndex('app', 'x')).toEqual([]);
    expect(cache.byIndex('app', 'y')).toHaveLength(1);
    cache.replace([object('a', { labels: { app: 'y' } })]);
    expect(cache.list('default').map((found) => found.metadata.name)).toEqual(['a']);
    expect(heard).toEqual(['+a', '+b', 'x>y', 'y>y', '-b']);
    expect(() => cache.byIndex('none', 'x')).toThrow('there is no index none');
  });
});

describe('an informer over the network', () => {
  test('follows changes, and finds what it missed when the server was away', () => {
    const cluster = new TestCluster();
    const { apiserver } = cluster.startBoth();
    const admin = cluster.pki.client('super-admin', 'kubernetes-super-admin', ['system:masters']);
    const tls = {
      authorities: cluster.pki.ca.self.certificate(),
      certificate: admin.certificate(),
      key: admin.privateKey(),
    };
    const config = { server: `https://${ADDRESS}:6443`, tls };
    const seen: string[] = [];
    const failures: string[] = [];
    cluster.start(
      function* (sys) {
        const client = createClient(connectTransport(sys, config));
        const factory = new InformerFactory(sys, client, (_type, step, error) =>
          failures.push(`${step}: ${(error as Error).message}`),
        );
        const informer = factory.informer(CONFIG_MAPS, { namespace: 'default' });
        informer.addHandlers({
          added: ({ metadata }) => seen.push(`+${metadata.name}`),
          deleted: ({ metadata }) => seen.push(`-${metadata.name}`),
        });
        factory.start();
        yield* factory.waitForCaches();
        seen.push('synced');
        for (;;) yield {};
      },
      ['watcher'],
    );
    const act = (name: string) =>
      cluster.script((sys) => createClient(connectTransport(sys, config)).create(CONFIG_MAPS, object(name)));
    cluster.advance(SECOND);
    act('a');
    expect(seen).toEqual(['synced', '+a']);
    apiserver.kill('KILL');
    cluster.advance(10 * SECOND);
    expect(failures.at(-1)).toBe(`watch: dial tcp ${ADDRESS}:6443: connect: connection refused`);
    cluster.startApiserver();
    cluster.advance(2 * SECOND);
    act('b');
    cluster.script((sys) => createClient(connectTransport(sys, config)).delete(CONFIG_MAPS, 'a', 'default'));
    cluster.advance(60 * SECOND);
    expect(seen).toEqual(['synced', '+a', '+b', '-a']);
  });
});
