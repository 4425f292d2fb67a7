import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import {
  CA,
  JANE,
  JANE_KEY,
  LEAF,
  MIDDLE,
  NAMELESS,
  NO_SUBJECT,
  OTHER_CA,
  OTHER_KEY,
  ROOT,
} from '../certificates/certificates.js';
import type { FakeContent } from '../fake-cluster.js';
import { judged, saying } from '../graded.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const KUBECONFIG = JSON.stringify({
  'current-context': 'jane@it',
  contexts: [{ name: 'jane@it', context: { user: 'jane' } }],
  users: [
    { name: 'nobody', user: { token: 'x' } },
    { name: 'jane', user: { 'client-certificate-data': base64(JANE), 'client-key-data': base64(JANE_KEY) } },
    { name: 'filed', user: { 'client-certificate': 'pki/jane.crt' } },
    { name: 'far', user: { 'client-certificate': '/home/pki/jane.crt' } },
  ],
});
const secret = (name: string, data: object) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'shop' },
  data,
});
const request = (name: string, status: object | undefined) => ({
  apiVersion: 'certificates.k8s.io/v1',
  kind: 'CertificateSigningRequest',
  metadata: { name },
  status,
});
const CONTENT: FakeContent = {
  now: Date.UTC(2026, 11, 22) * 1000,
  files: Object.fromEntries(
    Object.entries({
      '/ca.crt': CA,
      '/other.crt': OTHER_CA,
      '/home/pki/jane.crt': JANE,
      '/jane.key': JANE_KEY,
      '/other.key': OTHER_KEY,
      '/home/config': KUBECONFIG,
      '/first.config': JSON.stringify({
        users: [{ name: 'jane', user: { 'client-certificate': '/home/pki/jane.crt' } }],
      }),
      '/empty.config': JSON.stringify({ users: [] }),
      '/root.crt': ROOT,
      '/leaf.crt': LEAF,
      '/chain.crt': `${LEAF}${MIDDLE}`,
      '/broken-chain.crt': `${LEAF}${MIDDLE.replaceAll('M', 'N')}`,
      '/nameless.crt': NAMELESS,
      '/no-subject.crt': NO_SUBJECT,
      '/text': 'hello',
      '/bad': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    })
      .map(([path, text]) => [`cka1-node1:${path}`, text])
      .concat([['controlplane:/ca.crt', CA]]),
  ),
  objects: [
    secret('tls', { 'tls.crt': base64(JANE), 'tls.key': base64(JANE_KEY), ca: base64(CA) }),
    request('granted', { certificate: base64(JANE) }),
    request('pending', {}),
    request('new', undefined),
  ],
};
const PATH = '/home/pki/jane.crt';
const at = (path: string) => ({ host: 'node01', path });
const cert = (more: object, path = PATH): Subject => ({ cert: { ...at(path), ...more } });
const WELL = (where = PATH): string =>
  `✓ a certificate in ${where} as it should be / O=ops, O=dev, CN=jane, until Jan  1 00:00:00 2027 GMT`;
const elsewhere = (where: object): Subject => ({ cert: { common_name: 'jane', ...where } });

test.each<[Subject, string]>([
  [cert({ common_name: 'jane', organizations: ['dev', 'ops'], issuer: 'kubernetes' }), WELL()],
  [cert({ organizations: ['ops', 'dev'] }), WELL()],
  [cert({ common_name: 'john' }), '✗ CN=john / CN=jane'],
  [cert({ organizations: ['ops'] }), '✗ O=ops / O=ops, O=dev'],
  [cert({ organizations: ['ops', 'system:masters'] }), '✗ O=ops, O=system:masters / O=ops, O=dev'],
  [cert({ organizations: ['x'] }, '/ca.crt'), '✗ O=x / no O'],
  [cert({ common_name: 'x' }, '/nameless.crt'), '✗ CN=x / CN='],
  [cert({ issuer: 'x' }, '/nameless.crt'), '✗ issued by x / issued by nobody'],
  [cert({ signed_by: at('/ca.crt') }, '/nameless.crt'), '✗ signed by /ca.crt / signed by another (nobody)'],
  [cert({ usages: ['server auth'] }, '/nameless.crt'), '✗ for server auth / for client auth, 1.2.3.4'],
  [
    cert({ names: ['a.example'], signed_by: at('/root.crt') }, '/no-subject.crt'),
    '✓ a certificate in /no-subject.crt as it should be / no name, until Jan  1 00:00:00 2036 GMT',
  ],
  [cert({ issuer: 'etcd-ca' }), '✗ issued by etcd-ca / issued by kubernetes'],
  [cert({ names: ['10.0.0.1', 'shop.example.com'] }), WELL()],
  [cert({ names: ['shop.example.com', 'www.example.com'] }), '✗ for www.example.com / for shop.example.com, 10.0.0.1'],
  [cert({ names: ['a'] }, '/ca.crt'), '✗ for a / for no names'],
  [cert({ usages: ['client auth'], authority: false }), WELL()],
  [cert({ usages: ['client auth', 'server auth'] }), '✗ for server auth / for client auth'],
  [cert({ usages: ['server auth'] }, '/ca.crt'), '✗ for server auth / for no usage'],
  [cert({ authority: true }), '✗ an authority / no authority'],
  [cert({ authority: false }, '/ca.crt'), '✗ no authority / an authority'],
  [cert({ days_min: 10, days_max: 10 }), WELL()],
  [cert({ days_min: 11 }), '✗ valid for at least 11 days / 10 days, until Jan  1 00:00:00 2027 GMT'],
  [cert({ days_max: 9 }), '✗ valid for at most 9 days / 10 days, until Jan  1 00:00:00 2027 GMT'],
  [cert({ signed_by: at('/ca.crt'), key: at('/jane.key') }), WELL()],
  [cert({ signed_by: at('/other.crt') }), '✗ signed by /other.crt / signed by another (kubernetes)'],
  [
    cert({ signed_by: at('/root.crt') }, '/chain.crt'),
    '✓ a certificate in /chain.crt as it should be / CN=leaf, until Jan  1 00:00:00 2036 GMT',
  ],
  [cert({ signed_by: at('/root.crt') }, '/leaf.crt'), '✗ signed by /root.crt / signed by another (middle)'],
  [cert({ signed_by: at('/root.crt') }, '/broken-chain.crt'), '✗ signed by /root.crt / signed by another (middle)'],
  [cert({ signed_by: at('/ca.crt') }, '/chain.crt'), '✗ signed by /ca.crt / signed by another (root)'],
  [cert({ signed_by: at('/none') }), '✗ signed by /none / no file /none'],
  [cert({ signed_by: at('/bad') }), '✗ signed by /bad / no certificate in /bad'],
  [cert({ key: at('/other.key') }), '✗ the key in /other.key fits / it belongs to another'],
  [cert({ key: at('/ca.crt') }), '✗ the key in /ca.crt fits / no private key in /ca.crt'],
  [cert({ key: at('/none') }), '✗ the key in /none fits / no file /none'],
  [cert({}, '/none'), '✗ a certificate / no file /none'],
  [cert({}, '/bad'), '✗ a certificate / no certificate in /bad'],
  [cert({}, '/text'), '✗ a certificate / /text is neither PEM nor a kubeconfig'],
  // Kubeconfigs, Secrets, requests.
  [cert({ common_name: 'jane', key: at('/home/config') }, '/home/config'), WELL('/home/config')],
  [cert({ user: 'filed' }, '/home/config'), WELL('/home/config')],
  [cert({ user: 'far' }, '/home/config'), WELL('/home/config')],
  [cert({ common_name: 'jane' }, '/first.config'), WELL('/first.config')],
  [cert({}, '/empty.config'), '✗ a certificate / /empty.config has no user'],
  [elsewhere({ path: '/ca.crt' }), '✗ CN=jane / CN=kubernetes'],
  [elsewhere({}), '✗ a certificate / no file '],
  [cert({ signed_by: {} }), '✗ signed by nothing / no file '],
  [cert({ user: 'nobody' }, '/home/config'), '✗ a certificate / nobody has no client-certificate in /home/config'],
  [cert({ user: 'john' }, '/home/config'), '✗ a certificate / /home/config has no user john'],
  [
    elsewhere({ secret: { namespace: 'shop', name: 'tls' }, key: { secret: { namespace: 'shop', name: 'tls' } } }),
    WELL('secret/tls in shop'),
  ],
  [elsewhere({ secret: { namespace: 'shop', name: 'tls', key: 'ca' } }), '✗ CN=jane / CN=kubernetes'],
  [elsewhere({ secret: { namespace: 'shop', name: 'tls', key: 'x' } }), '✗ a certificate / secret/tls has no x'],
  [elsewhere({ secret: { namespace: 'shop', name: 'none' } }), '✗ a certificate / no secret/none in shop'],
  [elsewhere({ request: 'granted' }), WELL('certificatesigningrequest/granted')],
  [elsewhere({ request: 'pending' }), '✗ a certificate / certificatesigningrequest/pending has no certificate yet'],
  [elsewhere({ request: 'new' }), '✗ a certificate / certificatesigningrequest/new has no certificate yet'],
  [elsewhere({ request: 'none' }), '✗ a certificate / no certificatesigningrequest/none'],
])('%j: %s', async (subject, says) => {
  expect(await saying(subject, CONTENT)).toBe(says);
});

test.each<[string, number, string]>([
  ['from its first moment', Date.UTC(2026, 0, 1), WELL()],
  ['to its last', Date.UTC(2027, 0, 1), WELL()],
  ['before its time', Date.UTC(2025, 11, 31), '✗ valid now / not before Jan  1 00:00:00 2026 GMT'],
  ['after its time', Date.UTC(2027, 0, 2), '✗ valid now / expired Jan  1 00:00:00 2027 GMT'],
])('a certificate %s', async (_, now, says) => {
  expect(await saying(cert({ common_name: 'jane' }), { ...CONTENT, now: now * 1000 })).toBe(says);
});

test('a Secret cannot be looked at while the API server is down; a file can', async () => {
  const down = { ...CONTENT, down: 'refused' };
  expect((await judged(elsewhere({ secret: { namespace: 'shop', name: 'tls' } }), down)).result.undecided).toBe(true);
  expect((await judged(cert({}), down)).result.passed).toBe(true);
});

test.each<[object, string]>([
  [{}, '/cert: says not where it is: path on a host, or secret'],
  [{ path: '/a' }, '/cert: host is missing: whose file it is'],
  [{ host: 'x', path: '/a', request: 'b' }, '/cert/request: stands beside path; it is in one place'],
  [{ request: 'b', key: {} }, '/cert/key: says not where it is: path on a host, or secret'],
  [{ request: 'b', signed_by: { path: '/a' } }, '/cert/signed_by: host is missing: whose file it is'],
  [{ secret: { namespace: 'a', name: 'b' } }, ''],
])('lint %j: %s', (wanted, says) => {
  const problems: string[] = [];
  lintSubject({ cert: wanted }, '', (path, message) => problems.push(`${path}: ${message}`));
  expect(problems.join('\n')).toBe(says);
});
