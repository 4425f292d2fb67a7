import { expect, test } from 'vitest';
import { createClient } from '../../../../src/sim/client/create-client.js';
import { connectTransport } from '../../../../src/sim/client/transport.js';
import { decodeText } from '../../../../src/sim/kernel/bytes.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { ADDRESS, APISERVER_FLAGS, TestCluster } from '../cluster.js';

const NAMESPACES = { group: '', version: 'v1', resource: 'namespaces', kind: 'Namespace', namespaced: false };
const POLICY = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules: [{level: Metadata}]\n';
const FOLDER = '/var/log/kubernetes/audit';
const FLAGS = [
  '--audit-policy-file=/etc/kubernetes/audit.yaml',
  `--audit-log-path=${FOLDER}/audit.log`,
  '--audit-log-maxsize=1',
  '--audit-log-maxbackup=2',
];

test('the server writes its audit log on its host, and puts it aside when it has become large', () => {
  const cluster = new TestCluster();
  cluster.script(function* (sys) {
    sys.writeFile('/etc/kubernetes/audit.yaml', POLICY);
  });
  cluster.startEtcd();
  cluster.startApiserver([...APISERVER_FLAGS, ...FLAGS]);
  cluster.advance(5 * SECOND);
  const admin = cluster.pki.client('super-admin', 'kubernetes-super-admin', ['system:masters']);
  const authorities = cluster.pki.ca.self.certificate();
  const tls = { authorities, certificate: admin.certificate(), key: admin.privateKey() };
  const { names, last } = cluster.script(function* (sys) {
    const client = createClient(connectTransport(sys, { server: `https://${ADDRESS}:6443`, tls }), {
      userAgent: `kubectl/${'x'.repeat(1000)}`,
    });
    for (let count = 0; count < 2500; count += 1) yield* client.get(NAMESPACES, 'default');
    const log = decodeText(sys.readFile(`${FOLDER}/audit.log`))
      .trim()
      .split('\n');
    return {
      names: sys.readDirectory(FOLDER).map(({ name }) => name),
      last: JSON.parse(log.at(-1) as string) as Record<string, unknown>,
    };
  });
  expect(last).toMatchObject({
    kind: 'Event',
    stage: 'ResponseComplete',
    verb: 'get',
    user: { username: 'kubernetes-super-admin', groups: ['system:masters', 'system:authenticated'] },
    objectRef: { resource: 'namespaces', namespace: 'default', name: 'default', apiVersion: 'v1' },
    responseStatus: { code: 200 },
    annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' },
  });
  expect(names.filter((name) => /^audit-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}\.log$/.test(name))).toHaveLength(2);
});
