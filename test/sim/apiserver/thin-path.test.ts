import { expect, test } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { testServer } from './harness.js';

const CONFIG_MAPS = { group: '', version: 'v1', resource: 'configmaps', kind: 'ConfigMap', namespaced: true };

const configMap = (name: string, data: Record<string, string> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data,
});

test('a config map is created, read, listed, watched, changed and deleted through the client', () => {
  const server = testServer();
  const { client, run } = server;
  const watch = run(client.watch(CONFIG_MAPS, { namespace: 'default' }));
  const created = run(client.create(CONFIG_MAPS, configMap('a', { k: '1' })));
  expect(created).toMatchObject({
    data: { k: '1' },
    metadata: { name: 'a', namespace: 'default', resourceVersion: '2' },
  });
  expect(created.metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(created.metadata.creationTimestamp).toBe('2026-01-01T00:00:00Z');
  expect(run(client.get(CONFIG_MAPS, 'a', 'default'))).toBe(created);
  run(client.create(CONFIG_MAPS, configMap('b')));
  const list = run(client.list(CONFIG_MAPS, { namespace: 'default' }));
  expect(list.items.map((item) => item.metadata.name)).toEqual(['a', 'b']);
  expect(list.metadata.resourceVersion).toBe('3');
  const updated = run(client.update(CONFIG_MAPS, { ...created, data: { k: '2' } }));
  expect(updated.metadata.resourceVersion).toBe('4');
  const patched = run(
    client.patch(CONFIG_MAPS, 'a', 'default', 'application/merge-patch+json', { data: { k: null, l: 'x' } }),
  );
  expect(patched).toMatchObject({ data: { l: 'x' }, metadata: { resourceVersion: '5' } });
  expect(run(client.delete(CONFIG_MAPS, 'b', 'default'))).toMatchObject({
    kind: 'Status',
    status: 'Success',
    details: { name: 'b', kind: 'configmaps' },
  });
  const seen: string[] = [];
  for (
    let event = watch.events.tryReceive();
    event !== undefined && event !== 'end';
    event = watch.events.tryReceive()
  ) {
    seen.push(`${event.type} ${event.object.metadata.name}@${event.object.metadata.resourceVersion}`);
  }
  expect(seen).toEqual(['ADDED a@2', 'ADDED b@3', 'MODIFIED a@4', 'MODIFIED a@5', 'DELETED b@6']);
});

test('what is refused throws the Status', () => {
  const { client, run } = testServer();
  expect(() => run(client.get(CONFIG_MAPS, 'nope', 'default'))).toThrow('configmaps "nope" not found');
  const created = run(client.create(CONFIG_MAPS, configMap('a')));
  expect(() => run(client.create(CONFIG_MAPS, configMap('a')))).toThrow('configmaps "a" already exists');
  run(client.update(CONFIG_MAPS, { ...created, data: { k: '2' } }));
  expect(() => run(client.update(CONFIG_MAPS, { ...created, data: { k: '3' } }))).toThrow(
    'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
  );
});
