import { expect, test } from 'vitest';
import { judgeCertificate, type ShownCertificate } from '../../../src/checker/network/certificate.js';
import { ObjectReader } from '../../../src/checker/objects.js';
import type { CheckContext } from '../../../src/checker/subject.js';
import { CA, JANE, LEAF, MIDDLE, NO_SUBJECT, OTHER_CA } from '../certificates/certificates.js';
import { FakeCluster } from '../fake-cluster.js';

const kept = (kind: string, name: string, data: object) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'shop' },
  data,
});
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const CONTENT = {
  files: { 'cka1-node1:/ca.crt': CA, 'cka1-node1:/text': 'hello' },
  objects: [
    kept('Secret', 'ca', { 'ca.crt': base64(CA), other: base64(OTHER_CA) }),
    kept('ConfigMap', 'ca', { 'ca.crt': CA }),
  ],
};
/** Jane's certificate ends with the year 2026, at midnight. */
const END = Date.UTC(2027, 0, 1);
const DAY = 86_400_000;

async function said(wanted: ShownCertificate, pems: readonly string[] = [JANE], now = END - 10 * DAY): Promise<string> {
  const cluster = new FakeCluster({ ...CONTENT, now: now * 1000 });
  const context = {
    cluster,
    objects: new ObjectReader(cluster),
    host: (base: string) => `cka1-${base.replace('0', '')}`,
  };
  const { passed, expected, found } = await judgeCertificate(pems, wanted, context as unknown as CheckContext);
  return `${passed ? '✓' : '✗'} ${expected} / ${found}`;
}

const JANES = 'O=ops, O=dev, CN=jane';
const there = { namespace: 'shop', name: 'ca' };
const BY_CA = '✓ signed by CN=kubernetes / signed by CN=kubernetes';
const BY_ANOTHER = '✗ signed by CN=kubernetes / signed by CN=kubernetes with another key';

test.each<[ShownCertificate, string]>([
  [{}, `✓ its certificate / ${JANES}`],
  [{ subject: 'CN = jane' }, `✓ its certificate / ${JANES}`],
  [{ subject: 'CN=john' }, `✗ subject with CN=john / subject ${JANES}`],
  [{ issuer: 'CN=kubernetes' }, `✓ its certificate / ${JANES}`],
  [{ issuer: 'CN=jane' }, '✗ issuer with CN=jane / issuer CN=kubernetes'],
  [{ names: ['shop.example.com', '10.0.0.1'] }, `✓ its certificate / ${JANES}`],
  [{ names: ['shop.example.com', 'a.com'] }, '✗ valid for a.com / DNS:shop.example.com, IP Address:10.0.0.1'],
  [{ names: ['10.0.0.2'] }, '✗ valid for 10.0.0.2 / DNS:shop.example.com, IP Address:10.0.0.1'],
  [{ days_left_min: 10 }, `✓ its certificate / ${JANES}`],
  [{ days_left_min: 11 }, '✗ at least 11 days left / 10 days'],
  [{ days_left_max: 10 }, `✓ its certificate / ${JANES}`],
  [{ days_left_max: 9 }, '✗ at most 9 days left / 10 days'],
  [{ days_left_min: 1, days_left_max: 9 }, '✗ at most 9 days left / 10 days'],
  [{ verified_by: { secret: there } }, BY_CA],
  [{ verified_by: { configMap: there } }, BY_CA],
  [{ verified_by: { file: { host: 'node01', path: '/ca.crt' } } }, BY_CA],
  [{ verified_by: { secret: { ...there, key: 'other' } } }, BY_ANOTHER],
  [{ subject: 'CN=john', verified_by: { secret: there } }, `✗ subject with CN=john / subject ${JANES}`],
])('%j: %s', async (wanted, says) => {
  expect(await said(wanted)).toBe(says);
});

test('no certificate, and one without names', async () => {
  expect(await said({}, [])).toBe('✗ a certificate / it shows none');
  expect(await said({ names: ['a.com'] }, [CA])).toBe('✗ valid for a.com / CN=kubernetes');
});

test.each([
  [END, '✗ at least 1 days left / 0 days'],
  [END - 1, '✗ at least 1 days left / 0 days'],
  [END - DAY, `✓ its certificate / ${JANES}`],
  [END + 1, '✗ at least 1 days left / it has expired'],
])('at %i: %s', async (now, says) => {
  expect(await said({ days_left_min: 1 }, [JANE], now)).toBe(says);
});

test('an authority that came along does not stand for the one that is asked for', async () => {
  expect(await said({ verified_by: { secret: { ...there, key: 'other' } } }, [JANE, CA])).toBe(BY_ANOTHER);
  expect(await said({ verified_by: { secret: { ...there, key: 'other' } } }, [JANE, OTHER_CA])).toBe(BY_ANOTHER);
  expect(await said({ verified_by: { secret: there } }, [CA])).toBe(BY_CA);
  expect(await said({ verified_by: { secret: there } }, [LEAF, MIDDLE])).toBe(
    '✗ signed by CN=kubernetes / signed by CN=root',
  );
  expect(await said({ subject: 'CN=x' }, [NO_SUBJECT])).toBe('✗ subject with CN=x / subject no name');
});

test.each<[NonNullable<ShownCertificate['verified_by']>, string]>([
  [{ secret: { ...there, key: 'none' } }, 'secret/ca in shop'],
  [{ configMap: { ...there, name: 'none' } }, 'configmap/none in shop'],
  [{ file: { host: 'node01', path: '/text' } }, '/text'],
  [{ file: { host: 'node01', path: '/none' } }, '/none'],
])('%j is no authority to compare with', async (where, place) => {
  const reason = await said({ verified_by: where }).catch((error: Error) => error.message);
  expect(reason).toBe(`${place} holds no certificate of an authority to compare with`);
});
