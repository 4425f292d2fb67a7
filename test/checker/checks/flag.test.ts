import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { FakeContent } from '../fake-cluster.js';
import { withProcesses } from '../fake-host.js';
import { judged, saying } from '../graded.js';

const ARGV = [
  '/usr/local/bin/kube-apiserver',
  '--audit-log-path=/old',
  '--audit-log-path=/var/log/audit.log',
  '--audit-log-maxage',
  '30',
  '--profiling',
  'false',
  '--anonymous-auth=F',
  '--authorization-mode=Node,RBAC',
  '--enable-admission-plugins=NodeRestriction',
  '--enable-admission-plugins=PodSecurity',
  '--allow_privileged=true',
  '--empty=',
  '--',
  '--tls-min-version=VersionTLS12',
];
const flag = (name: string, condition: object = {}, more: object = {}): Subject => ({
  flag: { host: 'node01', component: 'kube-apiserver', name, ...more },
  ...condition,
});
const RUNS = {
  run: withProcesses([
    { pid: 9, argv: ['/pause'] },
    { pid: 19, argv: ARGV },
  ]),
};

test.each<[Subject, string]>([
  [
    flag('audit-log-path', { equals: '/var/log/audit.log' }),
    '✓ kube-apiserver with --audit-log-path=/var/log/audit.log / --audit-log-path=/var/log/audit.log',
  ],
  [
    flag('audit-log-path', { equals: '/old' }),
    '✗ kube-apiserver with --audit-log-path=/old / --audit-log-path=/var/log/audit.log',
  ],
  [flag('audit-log-path'), '✓ kube-apiserver with --audit-log-path / --audit-log-path=/var/log/audit.log'],
  [
    flag('--audit_log_path', { exists: true }),
    '✓ kube-apiserver with --audit_log_path / --audit_log_path=/var/log/audit.log',
  ],
  [
    flag('audit-log-path', { absent: true }),
    '✗ kube-apiserver without --audit-log-path / --audit-log-path=/var/log/audit.log',
  ],
  [flag('audit-log-maxage', { equals: 30 }), '✓ kube-apiserver with --audit-log-maxage=30 / --audit-log-maxage=30'],
  [flag('audit-log-maxage', { equals: '30' }), '✓ kube-apiserver with --audit-log-maxage=30 / --audit-log-maxage=30'],
  [
    flag('audit-log-maxage', { atLeast: 30 }),
    '✓ kube-apiserver with --audit-log-maxage at least 30 / --audit-log-maxage=30',
  ],
  [
    flag('audit-log-maxage', { atLeast: 31 }),
    '✗ kube-apiserver with --audit-log-maxage at least 31 / --audit-log-maxage=30',
  ],
  [
    flag('audit-log-maxage', { atMost: 29 }),
    '✗ kube-apiserver with --audit-log-maxage at most 29 / --audit-log-maxage=30',
  ],
  [flag('audit-log-maxage', { quantity: '30' }), '✓ kube-apiserver with --audit-log-maxage=30 / --audit-log-maxage=30'],
  // A boolean takes no argument of its own: `--profiling false` is true.
  [flag('profiling', { equals: false }), '✗ kube-apiserver with --profiling=false / --profiling=true'],
  [flag('profiling', { equals: 'true' }), '✓ kube-apiserver with --profiling=true / --profiling=true'],
  [
    flag('profiling', { equals: 'false' }, { as: 'text' }),
    '✓ kube-apiserver with --profiling=false / --profiling=false',
  ],
  [flag('anonymous-auth', { equals: false }), '✓ kube-apiserver with --anonymous-auth=false / --anonymous-auth=false'],
  [flag('anonymous-auth', { equals: true }), '✗ kube-apiserver with --anonymous-auth=true / --anonymous-auth=false'],
  [
    flag('allow-privileged', { equals: true }),
    '✓ kube-apiserver with --allow-privileged=true / --allow-privileged=true',
  ],
  [
    flag('authorization-mode', { contains: 'RBAC' }),
    '✓ kube-apiserver with --authorization-mode contains RBAC / --authorization-mode=Node,RBAC',
  ],
  [
    flag('authorization-mode', { contains: 'RB' }),
    '✗ kube-apiserver with --authorization-mode contains RB / --authorization-mode=Node,RBAC',
  ],
  [
    flag('authorization-mode', { equals: ['Node', 'RBAC'] }),
    '✓ kube-apiserver with --authorization-mode=Node,RBAC / --authorization-mode=Node,RBAC',
  ],
  [
    flag('authorization-mode', { equals: ['RBAC', 'Node'] }),
    '✗ kube-apiserver with --authorization-mode=RBAC,Node / --authorization-mode=Node,RBAC',
  ],
  [
    flag('authorization-mode', { equals: 'Node,RBAC' }),
    '✓ kube-apiserver with --authorization-mode=Node,RBAC / --authorization-mode=Node,RBAC',
  ],
  // Lists add up.
  [
    flag('enable-admission-plugins', { contains: 'NodeRestriction' }),
    '✓ kube-apiserver with --enable-admission-plugins contains NodeRestriction / --enable-admission-plugins=NodeRestriction,PodSecurity',
  ],
  [
    flag('enable-admission-plugins', { equals: 'PodSecurity' }),
    '✓ kube-apiserver with --enable-admission-plugins=PodSecurity / --enable-admission-plugins=PodSecurity',
  ],
  [flag('empty', { equals: '' }), '✓ kube-apiserver with --empty="" / --empty=""'],
  [flag('empty', { equals: [] }), '✓ kube-apiserver with --empty= / --empty='],
  // Nothing after -- is a flag.
  [
    flag('tls-min-version', { equals: 'VersionTLS12' }),
    '✗ kube-apiserver with --tls-min-version=VersionTLS12 / no --tls-min-version',
  ],
  [
    flag('kubelet-https', { equals: true, missing: true }),
    '✓ kube-apiserver with --kubelet-https=true / no --kubelet-https',
  ],
  [
    flag('kubelet-https', { equals: false, missing: true }),
    '✗ kube-apiserver with --kubelet-https=false / no --kubelet-https',
  ],
  [flag('insecure-port', { absent: true }), '✓ kube-apiserver without --insecure-port / no --insecure-port'],
  [flag('insecure-port'), '✗ kube-apiserver with --insecure-port / no --insecure-port'],
  [flag('x', { absent: true }, { component: 'etcd' }), '✗ etcd without --x / etcd does not run on cka1-node1'],
])('%j: %s', async (subject, says) => {
  expect(await saying(subject, RUNS)).toBe(says);
});

const manifest = (...command: string[]) => ({
  files: {
    'cka1-node1:/etc/kubernetes/manifests/kube-apiserver.yaml': JSON.stringify({ spec: { containers: [{ command }] } }),
  },
});
const RUNNING = withProcesses([{ pid: 1, argv: ['kube-apiserver', '--a=1'] }]);
test.each<[FakeContent, string]>([
  [manifest('kube-apiserver', '--a=1'), '✓ kube-apiserver with --a=1 / --a=1'],
  [
    manifest('kube-apiserver', '--a=2'),
    '✓ kube-apiserver with --a=1 / kube-apiserver runs with --a=1; its manifest says --a=2',
  ],
  [
    manifest('kube-apiserver'),
    '✓ kube-apiserver with --a=1 / kube-apiserver runs with --a=1; its manifest says no --a',
  ],
  [
    { files: { 'cka1-node1:/etc/kubernetes/manifests/kube-apiserver.yaml': 'spec: {containers: [{args: [--a=2]}]}' } },
    '✓ kube-apiserver with --a=1 / kube-apiserver runs with --a=1; its manifest says --a=2',
  ],
  ...[
    'spec: {containers: 1}',
    'spec: {containers: []}',
    'spec: {containers: [null]}',
    'spec: {containers: [1]}',
    'spec: {containers: [{command: kube-apiserver --a=2}]}',
    'spec: {containers: [{command: [kube-apiserver, {--a: 2}]}]}',
    'spec: {containers: [{command: [kube-apiserver], args: [--a=2, 3]}]}',
    'spec: {containers: [{command: [kube-apiserver, --a=2], env: 1}]}',
    'spec: {containers: [{command: [kube-apiserver, --a=2], env: [null]}]}',
  ].map((text): [FakeContent, string] => [
    { files: { 'cka1-node1:/etc/kubernetes/manifests/kube-apiserver.yaml': text } },
    '✓ kube-apiserver with --a=1 / --a=1',
  ]),
  [
    { files: { 'cka1-node1:/etc/kubernetes/manifests/kube-apiserver.yaml': 'a: [' } },
    '✓ kube-apiserver with --a=1 / --a=1',
  ],
])('a manifest %j: %s', async (content, says) => {
  expect(await saying(flag('a', { equals: 1 }), { ...content, run: RUNNING })).toBe(says);
});

test('a manifest that says the right thing is not enough', async () => {
  const content = { ...manifest('kube-apiserver', '--a=2'), run: RUNNING };
  expect(await saying(flag('a', { equals: 2 }), content)).toBe(
    '✗ kube-apiserver with --a=2 / kube-apiserver runs with --a=1; its manifest says --a=2',
  );
});

const unit = (name: string, condition: object): Subject => ({
  flag: { host: 'node01', unit: 'kubelet', name },
  ...condition,
});
const bare = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'g-1', namespace: 'shop', labels: { app: 'g' } } };
const kubelet = (pid: string) => ({
  run: withProcesses([{ pid: 6, argv: ['/usr/bin/kubelet', '--node-ip=10.0.0.1'] }], () => ({ stdout: `${pid}\n` })),
});
test.each<[Subject, FakeContent, string]>([
  [unit('node-ip', { equals: '10.0.0.1' }), kubelet('6'), '✓ kubelet with --node-ip=10.0.0.1 / --node-ip=10.0.0.1'],
  [unit('node-ip', { matches: '^192' }), kubelet('6'), '✗ kubelet with --node-ip matches ^192 / --node-ip=10.0.0.1'],
  [unit('node-ip', { exists: true }), kubelet('0'), '✗ kubelet with --node-ip / kubelet does not run on cka1-node1'],
  [unit('node-ip', { absent: true }), kubelet('7'), '✗ kubelet without --node-ip / kubelet does not run on cka1-node1'],
  [
    unit('node-ip', {}),
    { run: () => ({ code: 1, stderr: 'no /proc\n' }) },
    '✗ kubelet with --node-ip / kubelet does not run on cka1-node1',
  ],
  [
    flag('a'),
    { run: () => ({ code: 1, stderr: 'no /proc\n' }) },
    '✗ to be found out / the processes of cka1-node1 cannot be listed: no /proc',
  ],
])('a unit %j: %#', async (subject, content, says) => {
  expect(await saying(subject, content)).toBe(says);
});

const pod = (name: string, state: object, args: string[], more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name[0] as string } },
  spec: {
    containers: [
      { name: 'first', command: ['app'], args, ...more },
      { name: 'second', args: ['--second'] },
    ],
  },
  status: {
    containerStatuses: [
      { name: 'first', state },
      { name: 'second', state: { running: {} } },
    ],
  },
});
const PODS = {
  objects: [
    pod('a-1', { running: {} }, ['--level=$(LEVEL)', '--price=$$(LEVEL)', '--raw=$(NONE)'], {
      env: [{ name: 'LEVEL', value: 'debug' }],
    }),
    pod('b-1', { running: {} }, ['--level=debug']),
    pod('b-2', { running: {} }, ['--level=info']),
    pod('e-1', { terminated: { reason: 'Error' } }, []),
    pod('f-1', {}, []),
    bare,
    { ...bare, metadata: { ...bare.metadata, name: 'h-1', labels: { app: 'h' } }, spec: {} },
    { ...pod('i-1', {}, []), status: { phase: 'Pending' } },
    { ...pod('j-1', {}, []), status: undefined },
    {
      ...bare,
      metadata: { ...bare.metadata, name: 'k-1', labels: { app: 'k' } },
      spec: { initContainers: [{ name: 'init', args: ['--a=1'] }] },
      status: { initContainerStatuses: [{ name: 'init', state: { running: {} } }] },
    },
    pod('l-1', { running: {} }, ['--level=$(LEVEL)', '--none=$(NONE)'], {
      env: [{ name: 'LEVEL', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, { name: 'NONE' }],
    }),
    pod('c-1', { waiting: { reason: 'CrashLoopBackOff' } }, ['--level=debug']),
  ],
};
const inPods = (app: string, name: string, condition: object, more: object = {}): Subject => ({
  flag: { pods: { namespace: 'shop', selector: `app=${app}` }, name, ...more },
  ...condition,
});
const who = (app: string): string => `Pod with app=${app} in shop`;
test.each<[Subject, string]>([
  [inPods('a', 'level', { equals: 'debug' }), `✓ ${who('a')} with --level=debug / --level=debug`],
  [inPods('a', 'price', { equals: '$(LEVEL)' }), `✓ ${who('a')} with --price=$(LEVEL) / --price=$(LEVEL)`],
  [inPods('a', 'raw', { equals: '$(NONE)' }), `✓ ${who('a')} with --raw=$(NONE) / --raw=$(NONE)`],
  [inPods('b', 'level', { equals: 'debug' }), `✗ ${who('b')} with --level=debug / --level=info`],
  [
    inPods('c', 'level', { equals: 'debug' }),
    `✗ ${who('c')} with --level=debug / first of c-1 does not run: CrashLoopBackOff`,
  ],
  [inPods('e', 'level', {}), `✗ ${who('e')} with --level / first of e-1 does not run: Error`],
  [inPods('f', 'level', {}), `✗ ${who('f')} with --level / first of f-1 does not run: no status`],
  [inPods('g', 'level', {}), `✗ ${who('g')} with --level / g-1 has no container`],
  [inPods('h', 'level', {}), `✗ ${who('h')} with --level / h-1 has no container`],
  [inPods('i', 'level', {}), `✗ ${who('i')} with --level / first of i-1 does not run: Pending`],
  [inPods('j', 'level', {}), `✗ ${who('j')} with --level / first of j-1 does not run: no status`],
  [inPods('k', 'a', { equals: 1 }, { container: 'init' }), `✓ ${who('k')} with --a=1 / --a=1`],
  // What a variable has from somewhere else is not looked up.
  [inPods('l', 'level', { equals: '$(LEVEL)' }), `✓ ${who('l')} with --level=$(LEVEL) / --level=$(LEVEL)`],
  [inPods('l', 'none', { equals: '' }), `✓ ${who('l')} with --none="" / --none=""`],
  [inPods('d', 'level', { absent: true }), `✗ ${who('d')} without --level / no ${who('d')}`],
  [
    inPods('b', 'second', { equals: true }, { container: 'second' }),
    `✓ ${who('b')} with --second=true / --second=true`,
  ],
  [
    inPods('b', 'x', { absent: true }, { container: 'third' }),
    `✗ ${who('b')} without --x / b-1 has no container third`,
  ],
])('pods %j: %s', async (subject, says) => {
  expect(await saying(subject, PODS)).toBe(says);
});

test('an API server that is down leaves a flag of pods undecided, and one of a host not', async () => {
  expect((await judged(inPods('a', 'level', {}), { down: 'refused' })).result.undecided).toBe(true);
  expect((await judged(flag('audit-log-path'), { ...RUNS, down: 'refused' })).result.passed).toBe(true);
});

test.each<[Subject, string]>([
  [{ flag: { name: 'a' } }, '/flag: says not whose flag: component or unit on a host, or pods'],
  [{ flag: { name: 'a', unit: 'kubelet' } }, '/flag: host is missing: where it runs'],
  [
    { flag: { name: 'a', host: 'x', unit: 'kubelet', component: 'etcd' } },
    '/flag/unit: stands beside component; a flag has one owner',
  ],
  [{ flag: { name: 'a', host: 'x', unit: 'kubelet', container: 'y' } }, '/flag/container: belongs to pods'],
  [{ flag: { name: 'a', pods: { namespace: 'x' } } }, '/flag/pods: name or selector is missing: which pods'],
  [
    { flag: { name: 'a', pods: { namespace: 'x', name: 'y' } }, equals: 1, contains: 2 },
    '/contains: stands beside equals; a check has one condition',
  ],
  [{ flag: { name: 'a', pods: { namespace: 'x', selector: '' }, container: 'y' }, missing: 1, equals: 1 }, ''],
])('lint %j: %s', (subject, says) => {
  const problems: string[] = [];
  lintSubject(subject, '', (path, message) => problems.push(`${path}: ${message}`));
  expect(problems.join('\n')).toBe(says);
});
