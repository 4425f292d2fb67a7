import { expect, test } from 'vitest';
import { holdsKey } from '../../../src/checker/etcd/snapshot.js';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import { judged, saying } from '../graded.js';

const snapshot = (more: object): Subject => ({ etcd: { host: 'node01', snapshot: '/backup.db', ...more } });
const FILES = { 'cka1-node1:/backup.db': '\0\x01/registry/a\0/registry/b-2\0' };
const WHOLE = { code: 0, stdout: '{"hash":1,"revision":9,"totalKey":120,"totalSize":1}' };

test.each<[object, object, string]>([
  [{}, WHOLE, '✓ a whole snapshot / 120 keys'],
  [{ keys_min: 120 }, WHOLE, '✓ a whole snapshot / 120 keys'],
  [{ keys_min: 121 }, WHOLE, '✗ at least 121 keys / 120 keys'],
  [{ revision_min: 9 }, WHOLE, '✓ a whole snapshot / 120 keys'],
  [{ revision_min: 10 }, WHOLE, '✗ revision 10 at least / revision 9'],
  [
    { keys: ['/registry/none'], keys_absent: ['/registry/a'] },
    WHOLE,
    '✗ holds /registry/none, not /registry/a / /registry/none not in it; /registry/a in it',
  ],
  [{ keys: ['/registry/a'] }, WHOLE, '✓ holds /registry/a / they are in it'],
  // /registry/b-2 is in it, and begins like /registry/b.
  [{ keys: ['/registry/a', '/registry/b'] }, WHOLE, '✗ holds /registry/a, /registry/b / /registry/b not in it'],
  [{ keys_absent: ['/registry/b'] }, WHOLE, '✓ not /registry/b / they are not in it'],
  [{ keys_absent: ['/registry/a'] }, WHOLE, '✗ not /registry/a / /registry/a in it'],
  [
    { keys: ['/registry/b-2'], keys_absent: ['/registry/c'] },
    WHOLE,
    '✓ holds /registry/b-2, not /registry/c / they are in it',
  ],
  [
    {},
    { code: 1, stderr: 'x\nsnapshot file integrity check failed\n' },
    '✗ a whole snapshot in /backup.db / snapshot file integrity check failed',
  ],
  [{}, { code: 1 }, '✗ a whole snapshot in /backup.db / it cannot be read'],
  [{}, { code: 127 }, '✗ to be found out / there is no etcdutl on cka1-node1 that could read /backup.db'],
])('a snapshot %j: %j: %s', async (more, outcome, says) => {
  expect(await saying(snapshot(more), { files: FILES, run: () => outcome })).toBe(says);
});

const HELD: Readonly<Record<string, string>> = {
  '/registry/secrets/a': 'k8s:enc:aescbc:v1:key1:\x81\x02',
  '/registry/secrets/b': 'k8s:enc:aescbc:v1:key1:\x81\x03',
  '/registry/mixed/a': 'k8s:enc:secretbox:v1:key2:\x81',
  '/registry/mixed/b': 'k8s\0secret',
  '/registry/plain/a': 'k8s\0secret',
};
const encoded = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const run = (_: string, argv: readonly string[]) => {
  const key = argv[argv.indexOf('get') + 1] as string;
  const kvs = Object.entries(HELD)
    .filter(([name]) => (argv.includes('--prefix') ? name.startsWith(key) : name === key))
    .map(([name, value]) => ({ key: encoded(name), value: encoded(value) }));
  return { stdout: JSON.stringify(kvs.length > 0 ? { header: {}, kvs } : { header: {} }) };
};
const live = (more: object): Subject => ({ etcd: { host: 'node01', ...more } });
const at = (key: string, condition: object) => ({ values: [{ key, ...condition }] });

test.each<[object, string]>([
  [{ keys: ['/registry/plain/a'] }, '✓ holds /registry/plain/a / they are in it'],
  [{ keys: ['/registry/plain'] }, '✗ holds /registry/plain / /registry/plain not in it'],
  [{ keys_absent: ['/registry/plain/a'] }, '✗ not /registry/plain/a / /registry/plain/a in it'],
  [
    at('/registry/plain/a', { contains: 'secret' }),
    '✓ /registry/plain/a contains secret / /registry/plain/a k8s\\u0000secret',
  ],
  [
    at('/registry/secrets/a', { equals: 'aescbc:v1:key1' }),
    '✓ /registry/secrets/a aescbc:v1:key1 / /registry/secrets/a aescbc:v1:key1',
  ],
  [at('/registry/secrets/z', { exists: true }), '✗ /registry/secrets/z exists / /registry/secrets/z nothing'],
  [{ encrypted: { prefix: '/registry/secrets/' } }, '✓ all below /registry/secrets/ encrypted / 2 of 2 so'],
  [
    { encrypted: { prefix: '/registry/secrets/', with: 'aescbc' } },
    '✓ all below /registry/secrets/ encrypted with aescbc / 2 of 2 so',
  ],
  [
    { encrypted: { prefix: '/registry/secrets/', with: 'aes' } },
    '✗ all below /registry/secrets/ encrypted with aes / /registry/secrets/a is aescbc:v1:key1',
  ],
  [
    { encrypted: { prefix: '/registry/secrets/', with: 'aescbc:v1:key1' } },
    '✓ all below /registry/secrets/ encrypted with aescbc:v1:key1 / 2 of 2 so',
  ],
  [
    { encrypted: { prefix: '/registry/secrets/', with: 'aescbc:v1:key2' } },
    '✗ all below /registry/secrets/ encrypted with aescbc:v1:key2 / /registry/secrets/a is aescbc:v1:key1',
  ],
  [
    { encrypted: { prefix: '/registry/mixed/' } },
    '✗ all below /registry/mixed/ encrypted / /registry/mixed/b is not encrypted',
  ],
  [
    { encrypted: { prefix: '/registry/none/' } },
    '✗ all below /registry/none/ encrypted / no key below /registry/none/',
  ],
  [{ plain: { prefix: '/registry/plain/' } }, '✓ nothing encrypted below /registry/plain/ / 1 of 1 so'],
  [
    { plain: { prefix: '/registry/mixed/' } },
    '✗ nothing encrypted below /registry/mixed/ / /registry/mixed/a is secretbox:v1:key2',
  ],
  [
    { keys: ['/registry/plain/a'], encrypted: { prefix: '/registry/plain/' } },
    '✗ all below /registry/plain/ encrypted / /registry/plain/a is not encrypted',
  ],
])('the running etcd %j: %s', async (more, says) => {
  expect(await saying(live(more), { run })).toBe(says);
});

test('a key without a value is held too', async () => {
  const kvs = [{ key: encoded('/empty') }];
  const content = { run: () => ({ stdout: JSON.stringify({ kvs }) }) };
  expect(await saying(live(at('/empty', { equals: '' })), content)).toBe('✓ /empty "" / /empty ""');
});

test.each<[string, string, boolean]>([
  ['/a', '/a', true],
  ['/a\0', '/a', true],
  ['/ab', '/a', false],
  ['x/ab\0y/a\0', '/a', true],
  ['x\0/ab', '/a', false],
  ['', '/a', false],
])('the bytes %j hold %s: %s', (bytes, key, holds) => {
  expect(holdsKey(Buffer.from(bytes), key)).toBe(holds);
});

test('an etcd that does not answer leaves it undecided', async () => {
  const down = { run: () => ({ code: 1, stderr: 'Error: context deadline exceeded\n' }) };
  const { result } = await judged(live({ keys_absent: ['/x'] }), down);
  expect(result).toMatchObject({
    undecided: true,
    found: 'etcd on cka1-node1 does not answer: Error: context deadline exceeded',
  });
});

test.each<[object, string]>([
  [{}, '/etcd: says nothing of etcd: snapshot, keys, keys_absent, values, encrypted or plain'],
  [{ keys: ['/a'], keys_min: 3 }, '/etcd/keys_min: belongs to snapshot'],
  [{ snapshot: '/x', plain: { prefix: '/a' } }, '/etcd/plain: belongs to the running etcd, not to a snapshot'],
  [
    { values: [{ key: '/a', equals: 1, exists: true }] },
    '/etcd/values/0/exists: stands beside equals; a check has one condition',
  ],
  [{ snapshot: '/x' }, ''],
  [{ keys_absent: ['/x'] }, ''],
])('lint %j: %s', (more, says) => {
  const problems: string[] = [];
  lintSubject(live(more), '', (path, message) => problems.push(`${path}: ${message}`));
  expect(problems.join('\n')).toBe(says);
});
