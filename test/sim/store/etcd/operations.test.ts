import { describe, expect, test } from 'vitest';
import { decodeText, encodeText } from '../../../../src/sim/kernel/bytes.js';
import { type Member, OPERATIONS, runOperation } from '../../../../src/sim/store/etcd/operations.js';
import { restoreSnapshot } from '../../../../src/sim/store/snapshot.js';
import { Store } from '../../../../src/sim/store/store.js';

function member(): Member {
  const store = new Store();
  store.put('/registry/pods/default/a', { kind: 'Pod', metadata: { name: 'a' } });
  store.put('/registry/pods/default/b', { kind: 'Pod', metadata: { name: 'b' } });
  store.put('/registry/minions/n', { kind: 'Node' });
  return { store, name: 'm', peerUrls: ['https://1.1.1.1:2380'], clientUrls: ['https://1.1.1.1:2379'], quotaBytes: 0 };
}

describe('what etcdctl asks for', () => {
  test('ranges by prefix, keys only, with limits and counts', () => {
    const one = member();
    const keys = OPERATIONS.range(one, { key: '/registry/pods/', prefix: true, keysOnly: true });
    expect(keys.kvs.map((kv) => [kv.key, kv.value.length])).toEqual([
      ['/registry/pods/default/a', 0],
      ['/registry/pods/default/b', 0],
    ]);
    expect(OPERATIONS.range(one, { key: '', fromKey: true, limit: 1 })).toMatchObject({ more: true, count: 3 });
    expect(OPERATIONS.range(one, { key: '', fromKey: true, countOnly: true })).toMatchObject({ kvs: [], count: 3 });
    expect(
      decodeText(OPERATIONS.range(one, { key: '/registry/minions/n' }).kvs[0]?.value ?? new Uint8Array()),
    ).toContain('Node');
  });

  test('put, delete and transactions change the revision the header tells', () => {
    const one = member();
    expect(OPERATIONS.put(one, { key: 'k', value: encodeText('v') }).header.revision).toBe(5);
    expect(OPERATIONS.delete(one, { key: '/registry/pods/', prefix: true })).toMatchObject({
      deleted: 2,
      header: { revision: 6 },
    });
    const compare = [{ key: 'k', target: 'version' as const, equals: 1 }];
    const writes = { success: [{ type: 'delete' as const, key: 'k' }], failure: [] };
    expect(OPERATIONS.txn(one, { compare, ...writes })).toMatchObject({ succeeded: true, header: { revision: 7 } });
    expect(OPERATIONS.txn(one, { compare, ...writes })).toMatchObject({ succeeded: false, header: { revision: 7 } });
  });

  test('watches give what happens to the range until they are cancelled', () => {
    const one = member();
    const watch = OPERATIONS.watch(one, { key: 'k', prefix: true });
    one.store.put('k1', encodeText('v'));
    one.store.put('other', encodeText('v'));
    one.store.delete('k1');
    expect(watch.events.tryReceive()).toMatchObject({ type: 'PUT', kv: { key: 'k1', modRevision: 5 } });
    expect(watch.events.tryReceive()).toMatchObject({ type: 'DELETE', kv: { key: 'k1', modRevision: 7 } });
    watch.cancel();
    expect(watch.events.tryReceive()).toBe('end');
  });

  test('a snapshot holds what the member knows', () => {
    const one = member();
    expect(restoreSnapshot(OPERATIONS.snapshot(one, undefined).bytes).content()).toEqual(one.store.content());
  });

  test.each([
    ['range', { key: 'k', revision: 99 }, 'etcdserver: mvcc: required revision is a future revision'],
    ['compact', { revision: 99 }, 'etcdserver: mvcc: required revision is a future revision'],
    ['put', { key: '', value: new Uint8Array() }, 'etcdserver: key is not provided'],
    ['nothing', {}, 'unknown method nothing'],
  ])('%s %o is refused', (operation, request, error) => {
    expect(runOperation(member(), operation, request)).toEqual({ error });
  });
});
