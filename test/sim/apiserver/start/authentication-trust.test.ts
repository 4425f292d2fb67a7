import { describe, expect, test } from 'vitest';
import { type AuthenticationTrust, combinedTrust } from '../../../../src/sim/apiserver/start/authentication-trust.js';
import { createClient } from '../../../../src/sim/client/create-client.js';
import { selfSigned } from '../../../../src/sim/client/pki/authority.js';
import { connectTransport } from '../../../../src/sim/client/transport.js';
import type { Sys } from '../../../../src/sim/kernel/sys.js';
import { MINUTE, SECOND } from '../../../../src/sim/kernel/time.js';
import { ADDRESS, TestCluster } from '../cluster.js';

const NOW = Date.UTC(2026, 0, 1) * 1000;
const certificate = (name: string, since = NOW) =>
  selfSigned(name, { name, subject: { commonName: name }, usages: ['client'] }, since).certificate();
const [OURS, PROXY, OTHER] = ['ours', 'proxy', 'other'].map((name) => certificate(name)) as [string, string, string];
const LONG_OVER = certificate('over', Date.UTC(1999, 0, 1) * 1000);
const TRUST: AuthenticationTrust = {
  authorities: { 'client-ca-file': OURS, 'requestheader-client-ca-file': PROXY },
  lists: {
    'requestheader-username-headers': ['X-Remote-User'],
    'requestheader-uid-headers': [],
    'requestheader-group-headers': ['X-Remote-Group'],
    'requestheader-extra-headers-prefix': ['X-Remote-Extra-'],
    'requestheader-allowed-names': ['front-proxy-client'],
  },
};
/** What kube-apiserver v1.36.0 writes for these flags, its lists in this very form. */
const WRITTEN = {
  'client-ca-file': OURS,
  'requestheader-allowed-names': '["front-proxy-client"]',
  'requestheader-client-ca-file': PROXY,
  'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
  'requestheader-group-headers': '["X-Remote-Group"]',
  'requestheader-username-headers': '["X-Remote-User"]',
};

describe('what others are told to trust (rules of cluster_authentication_trust_controller, v1.36.0)', () => {
  const none = { 'client-ca-file': '', 'requestheader-client-ca-file': '' };
  test.each<[string, Record<string, string>, Record<string, string> | undefined, Partial<AuthenticationTrust>?]>([
    ['nothing yet', {}, WRITTEN],
    ['it is there already', WRITTEN, WRITTEN],
    ['what is no part of it goes', { ...WRITTEN, other: 'x' }, WRITTEN],
    [
      "another server's part stays",
      { ...WRITTEN, 'client-ca-file': OTHER },
      { ...WRITTEN, 'client-ca-file': OTHER + OURS },
    ],
    [
      'and stands first',
      { 'requestheader-allowed-names': '["b"]' },
      { ...WRITTEN, 'requestheader-allowed-names': '["b","front-proxy-client"]' },
    ],
    ['a certificate that is long over goes', { 'client-ca-file': LONG_OVER }, WRITTEN],
    ['no bundle', { 'client-ca-file': 'rubbish' }, undefined],
    ['no list', { 'requestheader-username-headers': 'garbage' }, undefined],
    ['no authority of proxies', {}, { 'client-ca-file': OURS }, { authorities: { ...none, 'client-ca-file': OURS } }],
    ['no authority', {}, {}, { authorities: none }],
  ])('%s', (_title, before, after, trust = {}) => {
    expect(combinedTrust(before, { ...TRUST, ...trust }, NOW)).toEqual(after);
  });
});

test('a server writes it when it starts, again when it is deleted, and within a minute when it was changed', () => {
  const type = { group: '', version: 'v1', resource: 'configmaps', kind: 'ConfigMap', namespaced: true };
  const [name, namespace] = ['extension-apiserver-authentication', 'kube-system'];
  const cluster = new TestCluster();
  cluster.startBoth();
  const admin = cluster.pki.client('super-admin', 'kubernetes-super-admin', ['system:masters']);
  const authorities = cluster.pki.ca.self.certificate();
  const tls = { authorities, certificate: admin.certificate(), key: admin.privateKey() };
  const server = `https://${ADDRESS}:6443`;
  const told = cluster.script(function* (sys: Sys) {
    const client = createClient(connectTransport(sys, { server, tls }));
    const data = function* () {
      return (yield* client.get(type, name, namespace))['data'];
    };
    const first = yield* data();
    yield* client.delete(type, name, namespace);
    yield* sys.sleep(SECOND);
    const again = yield* data();
    const changed = yield* client.get(type, name, namespace);
    yield* client.update(type, { ...changed, data: {} });
    yield* sys.sleep(SECOND);
    const soon = yield* data();
    yield* sys.sleep(MINUTE);
    return [first, again, soon, yield* data()];
  });
  const whole = { 'client-ca-file': authorities };
  expect(told).toEqual([whole, whole, undefined, whole]);
});
