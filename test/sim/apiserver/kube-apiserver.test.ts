import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { createClient } from '../../../src/sim/client/create-client.js';
import { connectTransport } from '../../../src/sim/client/transport.js';
import type { ClientTls } from '../../../src/sim/kernel/network.js';
import type { Sys } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { ADDRESS, APISERVER_FLAGS, ETCD_FLAGS, TestCluster } from './cluster.js';

const CONFIG_MAPS = { group: '', version: 'v1', resource: 'configmaps', kind: 'ConfigMap', namespaced: true };
const NAMESPACES = { group: '', version: 'v1', resource: 'namespaces', kind: 'Namespace', namespaced: false };
const SERVICES = { group: '', version: 'v1', resource: 'services', kind: 'Service', namespaced: true };

function adminTls(cluster: TestCluster): ClientTls {
  const admin = cluster.pki.client('super-admin', 'kubernetes-super-admin', ['system:masters']);
  return { authorities: cluster.pki.ca.self.certificate(), certificate: admin.certificate(), key: admin.privateKey() };
}

const clientOf = (sys: Sys, tls: ClientTls) =>
  createClient(connectTransport(sys, { server: `https://${ADDRESS}:6443`, tls }));

const configMap = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data: {},
});

describe('a control plane of two processes', () => {
  test('an administrator writes and reads; namespaces and the kubernetes service are there', () => {
    const cluster = new TestCluster();
    cluster.startBoth();
    const tls = adminTls(cluster);
    const seen = cluster.script(function* (sys) {
      const client = clientOf(sys, tls);
      yield* client.create(CONFIG_MAPS, configMap('a'));
      const namespaces = yield* client.list(NAMESPACES);
      const service = yield* client.get<KubeObject>(SERVICES, 'kubernetes', 'default');
      return {
        namespaces: namespaces.items.map((item) => item.metadata.name),
        clusterIP: (service['spec'] as { clusterIP: string }).clusterIP,
      };
    });
    expect(seen).toEqual({
      namespaces: ['default', 'kube-node-lease', 'kube-public', 'kube-system'],
      clusterIP: '10.96.0.1',
    });
  });

  test("nobody is refused in words; a stranger's certificate is refused", () => {
    const cluster = new TestCluster();
    cluster.startBoth();
    const authorities = cluster.pki.ca.self.certificate();
    expect(() =>
      cluster.script((sys) => clientOf(sys, { authorities }).list(CONFIG_MAPS, { namespace: 'default' })),
    ).toThrow(
      'configmaps is forbidden: User "system:anonymous" cannot list resource "configmaps" in API group "" in the namespace "default"',
    );
    const stranger = cluster.pki.etcdCa.issue({ name: 's', subject: { commonName: 's' }, usages: ['client'] });
    const tls = { authorities, certificate: stranger.certificate(), key: stranger.privateKey() };
    expect(() => cluster.script((sys) => clientOf(sys, tls).list(CONFIG_MAPS))).toThrow('Unauthorized');
    expect(() => cluster.script((sys) => clientOf(sys, {}).list(CONFIG_MAPS))).toThrow(
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    );
  });

  test('what was written is there after both were started anew; without etcd the server gives up', () => {
    const cluster = new TestCluster();
    const { etcd, apiserver } = cluster.startBoth();
    const tls = adminTls(cluster);
    cluster.script((sys) => clientOf(sys, tls).create(CONFIG_MAPS, configMap('kept')));
    etcd.kill('KILL');
    expect(() => cluster.script((sys) => clientOf(sys, tls).get(CONFIG_MAPS, 'kept', 'default'))).toThrow(
      'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:2379: connect: connection refused"',
    );
    apiserver.kill('KILL');
    expect(() => cluster.script((sys) => clientOf(sys, tls).get(CONFIG_MAPS, 'kept', 'default'))).toThrow(
      `dial tcp ${ADDRESS}:6443: connect: connection refused`,
    );
    const alone = cluster.startApiserver();
    cluster.advance(30 * SECOND);
    expect(alone.status()).toBe(255);
    expect(alone.output()).toMatch(
      /F0101 .* instance\.go:233\] Error creating leases: error creating storage factory: context deadline exceeded\n$/,
    );
    cluster.startBoth();
    expect(
      cluster.script((sys) => clientOf(sys, tls).get<KubeObject>(CONFIG_MAPS, 'kept', 'default')).metadata.name,
    ).toBe('kept');
  });
});

describe('what the server says when it cannot start', () => {
  const cases: [string, (flags: string[]) => string[], number, RegExp][] = [
    ['unknown flag', (flags) => [...flags, '--foo=bar'], 1, /^Error: unknown flag: --foo\n$/],
    [
      'no number',
      (flags) => [...flags, '--secure-port=abc'],
      1,
      /^Error: invalid argument "abc" for "--secure-port" flag: strconv.ParseInt: parsing "abc": invalid syntax\n$/,
    ],
    [
      'missing client CA',
      (flags) => flags.map((flag) => flag.replace('pki/ca.crt', 'pki/nope.crt')),
      1,
      /"command failed" err="open \/etc\/kubernetes\/pki\/nope\.crt: no such file or directory"\n$/,
    ],
    [
      'missing certificate',
      (flags) => flags.map((flag) => flag.replace('pki/apiserver.crt', 'pki/x.crt')),
      1,
      /"command failed" err="open \/etc\/kubernetes\/pki\/x\.crt: no such file or directory"\n$/,
    ],
    [
      'wrong key',
      (flags) => flags.map((flag) => flag.replace('pki/apiserver.key', 'pki/ca.key')),
      1,
      /err="tls: private key does not match public key"\n$/,
    ],
    [
      'unknown plug-in',
      (flags) => [...flags, '--enable-admission-plugins=Foo'],
      1,
      /err="enable-admission-plugins plugin \\"Foo\\" is unknown"\n$/,
    ],
    [
      'unknown mode',
      (flags) => [...flags, '--authorization-mode=Foo'],
      1,
      /err="authorization-mode \\"Foo\\" is not a valid mode"\n$/,
    ],
    [
      'no etcd',
      (flags) => flags.filter((flag) => !flag.startsWith('--etcd-servers')),
      1,
      /err="--etcd-servers must be specified"\n$/,
    ],
  ];
  test.each(cases)('%s', (_title, change, status, output) => {
    const cluster = new TestCluster();
    const server = cluster.startApiserver(change([...APISERVER_FLAGS]));
    cluster.advance(SECOND);
    expect(server.output()).toMatch(output);
    expect(server.status()).toBe(status);
  });
});

describe('what etcd says when it cannot start', () => {
  const cases: [string, (flags: string[]) => string[], number, RegExp][] = [
    ['unknown flag', (flags) => [...flags, '--foo=bar'], 2, /^flag provided but not defined: -foo\nUsage:\n/],
    [
      'missing certificate',
      (flags) => flags.map((flag) => flag.replace('etcd/server.crt', 'etcd/x.crt')),
      1,
      /"level":"fatal".*"msg":"discovery failed","error":"open \/etc\/kubernetes\/pki\/etcd\/x\.crt: no such file or directory"/,
    ],
    [
      'other name',
      (flags) => flags.map((flag) => flag.replace('--name=controlplane', '--name=other')),
      1,
      /couldn't find local name \\"other\\" in the initial cluster configuration/,
    ],
    [
      'no advertised URL',
      (flags) => flags.filter((flag) => !flag.startsWith('--advertise')),
      1,
      /--advertise-client-urls is required when --listen-client-urls is set explicitly/,
    ],
    [
      'address of another host',
      (flags) => flags.map((flag) => flag.replaceAll('172.30.1.2:2379', '172.30.9.9:2379')),
      1,
      /listen tcp 172\.30\.9\.9:2379: bind: cannot assign requested address/,
    ],
  ];
  test.each(cases)('%s', (_title, change, status, output) => {
    const cluster = new TestCluster();
    const server = cluster.startEtcd(change([...ETCD_FLAGS]));
    cluster.advance(SECOND);
    expect(server.output()).toMatch(output);
    expect(server.status()).toBe(status);
  });
});
