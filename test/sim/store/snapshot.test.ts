import { expect, test } from 'vitest';
import { encodeText } from '../../../src/sim/kernel/bytes.js';
import { crc32c } from '../../../src/sim/store/crc32c.js';
import { restoreSnapshot, saveSnapshot, snapshotStatus } from '../../../src/sim/store/snapshot.js';
import { Store } from '../../../src/sim/store/store.js';

function filled(): Store {
  const store = new Store();
  store.put('/registry/pods/default/a', { kind: 'Pod', metadata: { name: 'a' } });
  store.put('/registry/pods/default/a', { kind: 'Pod', metadata: { name: 'a', labels: { x: 'ü' } } });
  store.put('/mine', new Uint8Array(encodeText('bytes\0of my own')));
  return store;
}

test('the published check value of CRC-32C', () => {
  expect(crc32c(encodeText('123456789'))).toBe(0xe3069283);
});

test('a restored store goes on where the snapshot was taken', () => {
  const before = filled();
  const after = restoreSnapshot(saveSnapshot(before));
  expect(after.content()).toEqual(before.content());
  expect(after.put('/new', {}).modRevision).toBe(before.revision + 1);
  expect(() => after.watch('/', 3, () => {})).toThrow('compacted');
});

test('status tells hash, revision, keys and size; the hash follows the content', () => {
  const store = filled();
  const status = snapshotStatus(saveSnapshot(store));
  expect(status).toMatchObject({ revision: 4, totalKey: 2, totalSize: 20480 });
  expect(snapshotStatus(saveSnapshot(filled())).hash).toBe(status.hash);
  store.put('/mine', encodeText('other'));
  expect(snapshotStatus(saveSnapshot(store)).hash).not.toBe(status.hash);
});

test('damage is found by the hash', () => {
  const bytes = saveSnapshot(filled());
  const damaged = Uint8Array.from(bytes);
  damaged[200] = (damaged[200] as number) ^ 1;
  expect(() => restoreSnapshot(damaged)).toThrow(/^expected sha256 \[\d+( \d+){31}\], got \[\d+/);
  expect(() => restoreSnapshot(bytes.subarray(0, -32))).toThrow('snapshot missing hash but --skip-hash-check=false');
  expect(restoreSnapshot(bytes.subarray(0, -32), { skipHashCheck: true }).revision).toBe(4);
  expect(() => restoreSnapshot(encodeText('no database'), { skipHashCheck: true })).toThrow('invalid database');
});
