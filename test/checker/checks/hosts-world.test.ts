import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { grade } from '../../../src/checker/grade.js';
import type { Check, CheckResult, Subject } from '../../../src/checker/rubric.js';
import { openSimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import { EPOCH } from '../../../src/labs/session/machine-options.js';

const HOSTS = { controlplane: 'cks7' };
const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64');
const RELEASE = {
  name: 'web',
  version: 2,
  info: { status: 'deployed' },
  chart: { metadata: { name: 'nginx', version: '15.0.1' } },
};
const OBJECTS = `
apiVersion: v1
kind: Pod
metadata: {name: talker, namespace: default, labels: {app: talker}}
spec:
  tolerations: [{operator: Exists}]
  containers:
    - {name: talk, image: "busybox:1.36", command: [sh, -c, "echo started; echo denied; sleep 3600", talk, --level=debug]}
---
apiVersion: v1
kind: Secret
metadata: {name: sh.helm.release.v1.web.v2, namespace: default, labels: {owner: helm, name: web, version: "2"}}
type: helm.sh/release.v1
data: {release: ${base64(base64(gzipSync(JSON.stringify(RELEASE))))}}
`;
/** Releases as a lab's world makes them: one that lives, one that somebody was killed at, one that failed. */
const RELEASES = `cd /root
helm create site >/dev/null
helm install live ./site -n shop --create-namespace --set replicaCount=0
helm upgrade live ./site -n shop --set replicaCount=0,service.type=NodePort
timeout -s KILL 1 helm install stuck ./site --set image.tag=does-not-exist --wait || true
helm install late ./site --set image.tag=does-not-exist --wait --timeout 1s || true`;
const on = { host: 'controlplane' };
const api = (name: string) => ({ ...on, component: 'kube-apiserver', name });
const PKI = '/etc/kubernetes/pki';
const talker = { namespace: 'default', selector: 'app=talker' };
const grown = { log: { ...on, path: '/tmp/grown', since: 'action' } };
const echo = { before: [{ run: 'echo new >> /tmp/grown', as: 'root' }] };

/** What holds on a machine nobody has touched, and what of the same kind does not, with what is said of it. */
const ROWS: readonly [holds: Subject, fails: Subject, found: string | RegExp][] = [
  [
    { flag: api('authorization-mode'), equals: ['Node', 'RBAC'] },
    { flag: api('profiling'), equals: false, missing: true },
    'no --profiling',
  ],
  [
    { flag: { ...on, unit: 'kubelet', name: 'config' }, equals: '/var/lib/kubelet/config.yaml' },
    { flag: api('audit-log-path') },
    'no --audit-log-path',
  ],
  [
    { flag: { pods: talker, name: 'level' }, equals: 'debug' },
    { flag: { pods: talker, name: 'level' }, equals: 'info' },
    '--level=debug',
  ],
  [
    { log: { pods: talker, lines: [{ contains: 'denied' }] }, equals: 1 },
    { log: { pods: talker, lines: [{ contains: 'denied' }] }, equals: 0 },
    '1 of 2 lines: denied',
  ],
  [
    { log: { ...on, unit: 'kubelet', lines: [{ contains: 'kubelet' }] } },
    { log: { ...on, unit: 'nothing' }, atMost: 0 },
    'there is no journal of nothing',
  ],
  [{ ...grown, equals: 1, ...echo }, { ...grown, equals: 2, ...echo }, '1 of 1 lines'],
  [
    { process: { ...on, name: 'etcd', user: 'root' } },
    { process: { ...on, name: 'etcd', running: false } },
    /^etcd --/,
  ],
  [
    { process: { pods: talker, name: 'sleep' } },
    { process: { pods: talker, name: 'miner' } },
    'no such process in talker',
  ],
  [
    { port: { ...on, number: 6443, address: '*', by: 'kube-apiserver' } },
    { port: { ...on, number: 10248, address: '*' } },
    'kubelet listens on 127.0.0.1',
  ],
  [
    { unit: { ...on, name: 'kubelet', active: true, enabled: true } },
    { unit: { ...on, name: 'kubelet', masked: true } },
    'kubelet enabled',
  ],
  [
    {
      cert: {
        ...on,
        path: `${PKI}/apiserver.crt`,
        common_name: 'kube-apiserver',
        names: ['kubernetes.default.svc', '10.96.0.1'],
        usages: ['server auth'],
        signed_by: { ...on, path: `${PKI}/ca.crt` },
        key: { ...on, path: `${PKI}/apiserver.key` },
        days_min: 360,
      },
    },
    { cert: { ...on, path: `${PKI}/apiserver.crt`, signed_by: { ...on, path: `${PKI}/etcd/ca.crt` } } },
    'signed by another (kubernetes)',
  ],
  [
    { cert: { ...on, path: '/etc/kubernetes/controller-manager.conf', common_name: 'system:kube-controller-manager' } },
    { cert: { ...on, path: '/etc/kubernetes/admin.conf', days_min: 4000 } },
    /^36\d days, until /,
  ],
  [
    { image: { ...on, tag: 'busybox:1.36', size_max: '100Mi' } },
    { image: { ...on, tag: 'alpine', runtime: 'podman', there: false } },
    /^the images of podman on cks7 cannot be listed: .*podman/,
  ],
  [
    { helm: { namespace: 'default', release: 'web', chart: 'nginx', version: '15.0.1', revision: 2 } },
    { helm: { namespace: 'default', release: 'web', installed: false } },
    'nginx 15.0.1, revision 2, deployed',
  ],
  [
    {
      helm: { namespace: 'shop', release: 'live', chart: 'site', version: '0.1.0', app_version: '1.16.0', revision: 2 },
    },
    { helm: { namespace: 'shop', release: 'live', status: 'failed' } },
    'status deployed',
  ],
  [
    { helm: { namespace: 'shop', release: 'live', jsonpath: '$.service.type' }, equals: 'NodePort' },
    { helm: { namespace: 'shop', release: 'live', jsonpath: '$.service.port' }, equals: 81 },
    '$.service.port 80',
  ],
  [
    { helm: { namespace: 'default', release: 'stuck', status: 'pending-install' } },
    { helm: { namespace: 'default', release: 'stuck' } },
    'status pending-install',
  ],
  [
    { helm: { namespace: 'default', release: 'late', status: 'failed' } },
    { helm: { namespace: 'default', release: 'late', revision: 2, status: 'failed' } },
    'revision 1',
  ],
  [
    { etcd: { ...on, keys: ['/registry/pods/default/talker'], plain: { prefix: '/registry/secrets/' } } },
    { etcd: { ...on, encrypted: { prefix: '/registry/secrets/' } } },
    /^\/registry\/secrets\/.* is not encrypted$/,
  ],
  [
    { file: { ...on, path: `${PKI}/ca.key`, mode_max: '0600', owner: 'root:root', type: 'file' } },
    {
      file: {
        ...on,
        path: '/var/lib/kubelet/config.yaml',
        content: [{ jsonpath: '$.authentication.anonymous.enabled', equals: true }],
      },
    },
    'false',
  ],
  [
    {
      script: { ...on, run: 'read x; echo "$x$x"', stdin: 'ab\n', output: { equals: 'abab' }, errors: { equals: '' } },
    },
    { script: { ...on, run: 'sleep 9', timeout_seconds: 2 } },
    'exit code 124 (2 s were over)',
  ],
];

test('each check of hosts holds on a machine as it should be, and fails on it where it should', async () => {
  const cluster = await openSimCluster(
    {
      world: {
        base: 'single-node',
        hosts: HOSTS,
        steps: [
          { manifests: OBJECTS },
          { run: { host: 'controlplane', as: 'root', script: RELEASES } },
          { settle: true },
        ],
      },
      seed: '1',
      salt: '',
      epoch: EPOCH,
      timing: 'brisk',
    },
    { thread: 'same' },
  );
  const checks = ROWS.flatMap(([holds, fails], index) => [
    { id: `holds-${index}`, says: 'it', points: 1, ...holds } as Check,
    { id: `fails-${index}`, says: 'it', points: 1, ...fails } as Check,
  ]);
  // A script has a copy to itself, except the last one where the cluster is spent: one at a time, nothing is copied.
  const acting = checks.filter((check) => 'script' in check);
  const results: CheckResult[] = [];
  for (const round of [checks.filter((check) => !acting.includes(check)), ...acting.map((check) => [check])]) {
    const report = await grade(cluster, { checks: round, baseline: {}, hosts: HOSTS, spend: true });
    results.push(...report.checks);
  }
  await cluster.close();
  const outcome = (id: string) => results.find((result) => result.id === id);
  for (const [index, [holds, fails, found]] of ROWS.entries()) {
    expect.soft(outcome(`holds-${index}`), JSON.stringify(holds)).toMatchObject({ passed: true });
    expect.soft(outcome(`fails-${index}`), JSON.stringify(fails)).toMatchObject({ passed: false });
    expect
      .soft(outcome(`fails-${index}`)?.found)
      .toEqual(typeof found === 'string' ? expect.stringContaining(found) : expect.stringMatching(found));
  }
}, 120_000);
