import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WatchHub } from '../../../src/sim/apiserver/verbs/watch-hub.js';
import { MINUTE, SECOND } from '../../../src/sim/kernel/time.js';
import { testServer } from './harness.js';
import { CONFIG_MAPS, configMap, events, ready } from './objects.js';

describe('lists', () => {
  test('pages are one revision; the count of what is left is told', () => {
    const { client, run, request } = ready();
    for (const name of ['a', 'b', 'c', 'd', 'e']) run(client.create(CONFIG_MAPS, configMap(name)));
    const first = run(client.list(CONFIG_MAPS, { namespace: 'default', limit: 2 }));
    expect(first.items.map((item) => item.metadata.name)).toEqual(['a', 'b']);
    expect(first.metadata.remainingItemCount).toBe(3);
    run(client.delete(CONFIG_MAPS, 'c', 'default'));
    run(client.create(CONFIG_MAPS, configMap('bb')));
    const second = run(client.list(CONFIG_MAPS, { namespace: 'default', limit: 3, continue: first.metadata.continue }));
    expect(second.items.map((item) => item.metadata.name)).toEqual(['c', 'd', 'e']);
    expect(second.metadata).toEqual({ resourceVersion: first.metadata.resourceVersion });
    expect(request({ target: '/api/v1/namespaces/default/configmaps?continue=x' }).status).toBe(400);
  });

  test('a page whose revision was compacted away says so, with a token to go on without it', () => {
    const server = ready();
    const { client, run, store } = server;
    for (const name of ['a', 'b', 'c']) run(client.create(CONFIG_MAPS, configMap(name)));
    const first = run(client.list(CONFIG_MAPS, { limit: 1 }));
    run(client.create(CONFIG_MAPS, configMap('d')));
    store.compact(store.revision);
    try {
      run(client.list(CONFIG_MAPS, { limit: 9, continue: first.metadata.continue }));
      expect.unreachable();
    } catch (error) {
      const { status } = error as {
        status: { code: number; reason: string; message: string; metadata: { continue: string } };
      };
      expect(status).toMatchObject({ code: 410, reason: 'Expired' });
      expect(status.message).toMatch(
        /^The provided continue parameter is too old to display a consistent list result\./,
      );
      const rest = run(client.list(CONFIG_MAPS, { limit: 9, continue: status.metadata.continue }));
      expect(rest.items.map((item) => item.metadata.name)).toEqual(['b', 'c', 'd']);
    }
  });

  test('selectors by label, field and name', () => {
    const { client, run } = ready();
    run(client.create(CONFIG_MAPS, configMap('a', { metadata: { labels: { app: 'x' } } })));
    run(client.create(CONFIG_MAPS, configMap('b', { metadata: { labels: { app: 'y' } } })));
    const names = (options: object) => run(client.list(CONFIG_MAPS, options)).items.map((item) => item.metadata.name);
    expect(names({ labelSelector: 'app in (x)' })).toEqual(['a']);
    expect(names({ fieldSelector: 'metadata.name=b' })).toEqual(['b']);
    expect(names({ namespace: 'default', fieldSelector: 'metadata.name!=b' })).toEqual(['a']);
    expect(names({ namespace: 'default', fieldSelector: 'metadata.name=a', labelSelector: 'app=y' })).toEqual([]);
  });

  test('a revision that is still to come is waited for, then refused', () => {
    const server = ready();
    const before = server.clock;
    expect(() => server.run(server.client.list(CONFIG_MAPS, { resourceVersion: '999999' }))).toThrow(
      /^Timeout: Too large resource version: 999999, current: \d+$/,
    );
    expect(server.clock - before).toBe(3 * SECOND);
  });
});

describe('watches', () => {
  test('what comes into a selector is added, what leaves it is deleted', () => {
    const { client, run } = ready();
    const watch = run(client.watch(CONFIG_MAPS, { labelSelector: 'app=x' }));
    const made = run(client.create(CONFIG_MAPS, configMap('a')));
    run(
      client.patch(CONFIG_MAPS, 'a', 'default', 'application/merge-patch+json', { metadata: { labels: { app: 'x' } } }),
    );
    run(client.patch(CONFIG_MAPS, 'a', 'default', 'application/merge-patch+json', { data: { k: 'v' } }));
    run(client.patch(CONFIG_MAPS, 'a', 'default', 'application/merge-patch+json', { metadata: { labels: null } }));
    run(client.delete(CONFIG_MAPS, 'a', 'default'));
    expect(made.metadata.name).toBe('a');
    expect(events(watch)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
  });

  test('from a revision that is gone: an error event with 410, then the end', () => {
    const { client, run, store } = ready();
    for (const name of ['a', 'b', 'c']) run(client.create(CONFIG_MAPS, configMap(name)));
    store.compact(store.revision);
    const watch = run(client.watch(CONFIG_MAPS, { resourceVersion: '3' }));
    const event = watch.events.tryReceive();
    expect(event).toMatchObject({
      type: 'ERROR',
      object: {
        kind: 'Status',
        code: 410,
        reason: 'Expired',
        message: `too old resource version: 3 (${store.revision})`,
      },
    });
    expect(watch.events.tryReceive()).toBe('end');
  });

  test('bookmarks come with the minutes, and a watch ends at its time', () => {
    const server = ready();
    const target = '/api/v1/namespaces/default/configmaps?watch=true&allowWatchBookmarks=true';
    const { stream } = server.request({ target });
    const { watches } = server.parts;
    expect(watches.due(server.clock)).toBe(server.clock + MINUTE);
    watches.tick(server.clock + MINUTE);
    expect(String(stream?.items.tryReceive())).toContain('"type":"BOOKMARK"');
    watches.tick(server.clock + 61 * MINUTE);
    expect(stream?.items.tryReceive()).toBe('end');
    expect(watches.count).toBe(0);
  });

  test('whoever is inside the machine is told of the last bookmark when the watch ends, unless something came after it', () => {
    const server = ready();
    const { watches } = server.parts;
    const told = server.run(server.client.watch(CONFIG_MAPS, {}));
    const other = server.run(server.client.watch(CONFIG_MAPS, { namespace: 'kube-system' }));
    watches.tick(server.clock + MINUTE);
    expect([events(told), events(other)]).toEqual([[], []]);
    server.run(server.client.create(CONFIG_MAPS, configMap('a')));
    watches.tick(server.clock + 61 * MINUTE);
    expect([events(told), events(other)]).toEqual([
      ['ADDED a', 'end'],
      ['BOOKMARK', 'end'],
    ]);
  });

  test('a watch ends when it is due, not later, and is told where it stands two seconds before', () => {
    const watches = new WatchHub();
    const told: string[] = [];
    const deadline = 10 * SECOND;
    let forget = (): void => {};
    const close = (): void => {
      told.push('close');
      forget();
    };
    forget = watches.add({ deadline, bookmark: () => told.push('bookmark'), close }, 0);
    expect(watches.due(0)).toBe(8 * SECOND);
    watches.tick(8 * SECOND);
    expect(told).toEqual(['bookmark']);
    expect(watches.due(8 * SECOND)).toBe(deadline);
    watches.tick(deadline);
    expect([told, watches.count]).toEqual([['bookmark', 'close'], 0]);
  });

  test('initial events end with a marked bookmark', () => {
    const { client, run, request } = ready();
    run(client.create(CONFIG_MAPS, configMap('a')));
    const query = 'watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    const { stream } = request({ target: `/api/v1/configmaps?${query}` });
    const text = () => Buffer.from(stream?.items.tryReceive() as Uint8Array).toString('utf8');
    expect(JSON.parse(text())).toMatchObject({ type: 'ADDED', object: { kind: 'ConfigMap', metadata: { name: 'a' } } });
    expect(JSON.parse(text())).toMatchObject({
      type: 'BOOKMARK',
      object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
    });
  });
});

describe('against a simple model', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('create' as const), name, value: fc.nat(3) }),
    fc.record({ kind: fc.constant('update' as const), name, value: fc.nat(3), stale: fc.boolean() }),
    fc.record({ kind: fc.constant('patch' as const), name, value: fc.nat(3) }),
    fc.record({ kind: fc.constant('delete' as const), name }),
    fc.record({ kind: fc.constant('dry' as const), name, value: fc.nat(3) }),
  );

  test('objects, versions and events are what a map and a counter say', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { client, run, store } = testServer();
        const model = new Map<string, { value: string; version: string }>();
        const expected: string[] = [];
        const watch = run(client.watch(CONFIG_MAPS, {}));
        for (const item of steps) {
          const known = model.get(item.name);
          const before = store.revision;
          const data = 'value' in item ? { v: String(item.value) } : {};
          const attempt = (work: () => void) => {
            try {
              work();
              return undefined;
            } catch (error) {
              return (error as { status?: { reason: string } }).status?.reason ?? String(error);
            }
          };
          if (item.kind === 'create') {
            const reason = attempt(() => run(client.create(CONFIG_MAPS, configMap(item.name, { data }))));
            expect(reason).toBe(known ? 'AlreadyExists' : undefined);
            if (!known) expected.push(`ADDED ${item.name}`);
            if (!known) model.set(item.name, { value: data.v as string, version: String(before + 1) });
          } else if (item.kind === 'update') {
            const resourceVersion = item.stale ? '1' : known?.version;
            const changed = configMap(item.name, { data, metadata: resourceVersion ? { resourceVersion } : {} });
            const reason = attempt(() => run(client.update(CONFIG_MAPS, changed)));
            expect(reason).toBe(!known ? 'NotFound' : item.stale ? 'Conflict' : undefined);
            if (known && !item.stale) change(item.name, data.v as string);
          } else if (item.kind === 'patch') {
            const reason = attempt(() =>
              run(client.patch(CONFIG_MAPS, item.name, 'default', 'application/merge-patch+json', { data })),
            );
            expect(reason).toBe(known ? undefined : 'NotFound');
            if (known) change(item.name, data.v as string);
          } else if (item.kind === 'dry') {
            attempt(() => run(client.create(CONFIG_MAPS, configMap(item.name, { data }), { dryRun: true })));
            attempt(() =>
              run(
                client.patch(
                  CONFIG_MAPS,
                  item.name,
                  'default',
                  'application/merge-patch+json',
                  { data },
                  { dryRun: true },
                ),
              ),
            );
            expect(store.revision).toBe(before);
          } else {
            const reason = attempt(() => run(client.delete(CONFIG_MAPS, item.name, 'default')));
            expect(reason).toBe(known ? undefined : 'NotFound');
            if (known) expected.push(`DELETED ${item.name}`);
            model.delete(item.name);
          }
          function change(changed: string, value: string): void {
            if (model.get(changed)?.value === value) {
              expect(store.revision).toBe(before);
              return;
            }
            expected.push(`MODIFIED ${changed}`);
            model.set(changed, { value, version: String(before + 1) });
          }
        }
        const found = run(client.list(CONFIG_MAPS)).items.map((item) => [
          item.metadata.name,
          (item['data'] as { v: string }).v,
          item.metadata.resourceVersion,
        ]);
        const wanted = [...model]
          .map(([key, { value, version }]) => [key, value, version])
          .sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1));
        expect(found).toEqual(wanted);
        expect(events(watch)).toEqual(expected);
      }),
    );
  });
});
