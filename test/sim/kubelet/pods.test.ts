import { expect, test } from 'vitest';
import { ALLOW, type Authorizer } from '../../../src/sim/apiserver/authorization/authorizer.js';
import { nginxEntrypoint } from '../../../src/sim/images/nginx/entrypoint.js';
import { nginx } from '../../../src/sim/images/nginx/nginx.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import type { Program } from '../../../src/sim/kernel/sys.js';
import { crictl } from '../../../src/sim/programs/crictl/index.js';
import { bash } from '../../../src/sim/shell/bash.js';
import { coreutils } from '../../../src/sim/shell/coreutils/index.js';
import { pod, testNode } from './node.js';

const programs: Record<string, Program> = { ...coreutils, bash, nginx, 'nginx-entrypoint': nginxEntrypoint };

/** Runs a program on the node and gives what it wrote. */
function run(node: ReturnType<typeof testNode>, program: Program, args: string[]): string {
  const written: string[] = [];
  startProcess(
    node.host.kernel,
    function* caller(sys) {
      const { read, write } = sys.pipe();
      const descriptors = new Map([
        [1, write],
        [2, write],
      ]);
      (node.kernel.programs as Map<string, Program>).set('under-test', program);
      const pid = sys.spawn('/usr/bin/under-test', args, { descriptors });
      sys.close(write);
      for (;;) {
        const bytes = yield* sys.read(read);
        if (bytes.length === 0) break;
        written.push(Buffer.from(bytes).toString('utf8'));
      }
      yield* sys.wait(pid);
      return 0;
    },
    ['caller'],
  );
  node.advance(1);
  return written.join('');
}

test('nginx serves its page, and readiness follows it', () => {
  const node = testNode({ programs });
  node.advance(5);
  const readinessProbe = { httpGet: { path: '/', port: 80 }, periodSeconds: 2 };
  node.create(pod('web', { image: 'nginx', readinessProbe }));
  node.advance(4);
  const { status, metadata } = node.pod('web');
  expect(status?.containerStatuses?.[0]).toMatchObject({ ready: true, image: 'docker.io/library/nginx:latest' });
  expect(node.file(`/var/log/pods/default_web_${metadata.uid}/main/0.log`)).toMatch(
    /stdout F 172\.30\.1\.3 - - \[21\/Nov\/2026:00:00:\d\d \+0000\] "GET \/ HTTP\/1\.1" 200 615 "-" "kube-probe\/1\.36" "-"\n/,
  );
});

test('a liveness probe that fails restarts the container; its words name the cause', () => {
  const node = testNode({ programs });
  node.advance(5);
  const livenessProbe = { httpGet: { path: '/', port: 81 }, periodSeconds: 1, failureThreshold: 2 };
  node.create(pod('web', { image: 'nginx', livenessProbe }, { terminationGracePeriodSeconds: 2 }));
  node.advance(9);
  const { status } = node.pod('web');
  expect(status?.containerStatuses?.[0]?.restartCount).toBeGreaterThan(0);
  const ip = status?.podIP;
  expect(node.events()).toEqual(
    expect.arrayContaining([
      `Unhealthy: Liveness probe failed: Get "http://${ip}:81/": dial tcp ${ip}:81: connect: connection refused`,
      'Killing: Container main failed liveness probe, will be restarted',
    ]),
  );
});

test('init containers come first, one after another', () => {
  const node = testNode({ programs });
  node.advance(5);
  const initContainers = [
    {
      name: 'first',
      image: 'busybox:1.37',
      command: ['sh', '-c', 'echo one >> /shared/log'],
      volumeMounts: [{ name: 'work', mountPath: '/shared' }],
    },
    {
      name: 'second',
      image: 'busybox:1.37',
      command: ['sh', '-c', 'sleep 2; echo two >> /shared/log'],
      volumeMounts: [{ name: 'work', mountPath: '/shared' }],
    },
  ];
  const main = {
    command: ['sh', '-c', 'cat /shared/log; sleep 1000'],
    volumeMounts: [{ name: 'work', mountPath: '/shared' }],
  };
  node.create(pod('steps', main, { initContainers, volumes: [{ name: 'work', emptyDir: {} }] }));
  node.advance(2);
  const waiting = node.pod('steps').status;
  expect(waiting?.phase).toBe('Pending');
  expect(waiting?.conditions?.find(({ type }) => type === 'Initialized')).toMatchObject({
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: 'containers with incomplete status: [second]',
  });
  expect(waiting?.containerStatuses?.[0]?.state?.waiting?.reason).toBe('PodInitializing');
  node.advance(3);
  const { status, metadata } = node.pod('steps');
  expect(status?.phase).toBe('Running');
  expect(node.file(`/var/log/pods/default_steps_${metadata.uid}/main/0.log`)).toMatch(/F one\n.* F two\n$/);
});

test('a mounted ConfigMap follows its object, and a missing one holds the pod up', () => {
  const node = testNode({ programs });
  node.advance(5);
  const mount = {
    volumeMounts: [{ name: 'config', mountPath: '/config' }],
    command: ['sh', '-c', 'while :; do cat /config/a; sleep 1; done'],
  };
  node.create(pod('reader', mount, { volumes: [{ name: 'config', configMap: { name: 'settings' } }] }));
  node.advance(3);
  expect(node.pod('reader').status?.phase).toBe('Pending');
  expect(node.events()).toContain(
    'FailedMount: MountVolume.SetUp failed for volume "config" : configmap "settings" not found',
  );
  const settings = (a: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace: 'default' },
    data: { a },
  });
  node.create(settings('before\n'), 'configmaps');
  node.advance(8);
  node.server.request({
    method: 'PUT',
    target: '/api/v1/namespaces/default/configmaps/settings',
    object: settings('after\n'),
  });
  node.advance(6);
  const log = node.file(`/var/log/pods/default_reader_${node.pod('reader').metadata.uid}/main/0.log`);
  expect(log).toMatch(/ before\n/);
  expect(log).toMatch(/ after\n$/);
});

test('a ConfigMap whose last pod went is forgotten, and read anew for the next one', () => {
  const asked: string[] = [];
  const authorizer: Authorizer = {
    mode: 'AlwaysAllow',
    authorize({ info }) {
      if (info.resource === 'configmaps') asked.push(info.verb);
      return ALLOW;
    },
  };
  const node = testNode({ programs, server: { authorizers: [authorizer] } });
  node.advance(5);
  const metadata = { name: 'settings', namespace: 'default' };
  node.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'b' } }, 'configmaps');
  asked.length = 0;
  const reader = { command: ['sleep', '1d'], envFrom: [{ configMapRef: { name: 'settings' } }] };
  const comes = (name: string): string => {
    node.create(pod(name, reader));
    node.advance(4);
    return `${node.pod(name).status?.phase}: ${asked.splice(0).join(' ')}`;
  };
  expect(comes('first')).toBe('Running: list watch');
  expect(comes('second')).toBe('Running: ');
  for (const name of ['first', 'second']) node.delete(name, 0);
  node.advance(4);
  expect(comes('third')).toBe('Running: list watch');
});

test.each([
  ['the outer first', (mounts: unknown[]) => mounts],
  ['the inner first', (mounts: unknown[]) => mounts.toReversed()],
])('volumes in volumes, %s in the pod', (_, ordered) => {
  const node = testNode({ programs });
  node.advance(5);
  const data = (name: string, key: string) => ({ metadata: { name, namespace: 'default' }, data: { [key]: 'eA==' } });
  node.create({ apiVersion: 'v1', kind: 'ConfigMap', ...data('webhook', 'config') }, 'configmaps');
  node.create({ apiVersion: 'v1', kind: 'Secret', ...data('certs', 'tls.crt') }, 'secrets');
  const volumes = [
    { name: 'webhook', configMap: { name: 'webhook' } },
    { name: 'certs', secret: { secretName: 'certs' } },
    { name: 'scratch', emptyDir: {} },
  ];
  const volumeMounts = ordered([
    { name: 'webhook', mountPath: '/etc/webhook' },
    { name: 'certs', mountPath: '/etc/webhook/certs/' },
    { name: 'scratch', mountPath: '/x' },
    { name: 'webhook', mountPath: '/x/y' },
  ]);
  const script = 'ls /etc/webhook /etc/webhook/certs /x /x/y; sleep 100';
  node.create(pod('nested', { command: ['sh', '-c', script], volumeMounts }, { volumes }));
  node.advance(4);
  const { uid } = node.pod('nested').metadata;
  const lines = node.file(`/var/log/pods/default_nested_${uid}/main/0.log`).split('\n');
  expect(lines.map((line) => line.split(' ')[3]).join(' ')).toBe(
    '/etc/webhook: certs config  /etc/webhook/certs: tls.crt  /x: y  /x/y: certs config ',
  );
});

test('each minute dead containers go but for the last, and links to logs that are gone', () => {
  const node = testNode({ programs });
  node.advance(5);
  node.create(pod('crash', { command: ['false'] }));
  node.create(pod('web', { command: ['sleep', '1000'] }));
  node.advance(50);
  const root = { uid: 0, gid: 0, groups: [] };
  const links = () => node.host.files.readDirectory('/var/log/containers', root).map(({ name }) => name.split('_')[0]);
  const { uid } = node.pod('crash').metadata;
  const logs = () =>
    node.host.files.readDirectory(`/var/log/pods/default_crash_${uid}/main`, root).map(({ name }) => name);
  expect(links().sort()).toEqual(['crash', 'crash', 'crash', 'crash', 'web']);
  node.advance(15);
  expect(links().sort()).toEqual(['crash', 'web']);
  expect(logs()).toEqual(['3.log']);
  const status = node.pod('crash').status?.containerStatuses?.[0];
  expect(status).toMatchObject({ restartCount: 3, lastState: { terminated: { exitCode: 1 } } });
  node.delete('web', 0);
  node.advance(62);
  expect(links()).not.toContain('web');
  expect(node.pod('crash').status?.containerStatuses?.[0]?.restartCount).toBe(4);
});

test('variables, names and addresses reach the container', () => {
  const node = testNode({ programs });
  node.advance(5);
  const env = [
    { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    { name: 'GREETING', value: 'on $(NODE) $$(NODE) $(NOBODY)' },
  ];
  node.create(
    pod(
      'env',
      { command: ['sh', '-c', 'echo "$GREETING"; cat /etc/resolv.conf /etc/hostname'], env },
      { restartPolicy: 'Never' },
    ),
  );
  node.advance(3);
  const { metadata } = node.pod('env');
  const log = node.file(`/var/log/pods/default_env_${metadata.uid}/main/0.log`).replace(/^\S+ stdout F /gm, '');
  expect(log).toBe(
    'on node01 $(NODE) $(NOBODY)\nsearch default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\nenv\n',
  );
});

test('crictl shows what runs, in its columns', () => {
  const node = testNode({ programs });
  node.advance(5);
  node.create(pod('web', { command: ['sleep', '1000'] }));
  node.advance(3);
  const lines = run(node, crictl.run, ['crictl', 'ps']).split('\n');
  expect(lines[0]).toBe(
    'CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD                 NAMESPACE',
  );
  expect(lines[1]).toMatch(
    /^[0-9a-f]{13} {7}[0-9a-f]{13} {7}\d seconds ago {7}Running {13}main {16}0 {19}[0-9a-f]{13} {7}web {17}default$/,
  );
  expect(run(node, crictl.run, ['crictl', 'pods'])).toMatch(/Ready {15}web {17}default {13}0 {19}\(default\)\n$/);
});

/** Layout and words of crictl 1.36's source. */
test('crictl looks into containers, pods and images', () => {
  const node = testNode({ programs });
  node.advance(5);
  node.create(pod('web', { command: ['sleep', '1000'] }));
  node.advance(3);
  const crictlSays = (...words: string[]): string => run(node, crictl.run, ['crictl', ...words]);
  const id = crictlSays('ps', '-q').trim();
  expect(crictlSays('inspect', id)).toMatch(/^{\n {2}"info": {\n {4}"config": {/);
  expect(JSON.parse(crictlSays('inspect', id))).toMatchObject({ status: { id, metadata: { name: 'main' } } });
  expect(crictlSays('inspectp', '-o', 'yaml')).toMatch(/\n {2}metadata:\n {4}attempt: 0\n {4}name: web\n/);
  const [image] = JSON.parse(crictlSays('images', '-o', 'json')).images;
  const looked = JSON.parse(crictlSays('inspecti', image.repoTags[0]));
  expect(looked).toMatchObject({ info: { imageSpec: { os: 'linux' } }, status: { id: image.id } });
  expect(JSON.parse(crictlSays('inspecti', '-q', image.id))).toEqual({ status: looked.status });
});

test.each([
  [['inspecti', 'none'], 'FATA[0000] no such image "none" present \n'],
  [
    ['inspect', 'none'],
    'FATA[0000] get the status of containers: get container status: rpc error: code = NotFound desc = an error occurred when try to find container "none": not found \n',
  ],
])('crictl %j says that there is none', (words, said) => {
  const node = testNode({ programs });
  node.advance(5);
  expect(run(node, crictl.run, ['crictl', ...words])).toBe(said);
});

test('a pod that ignores TERM is killed when its grace period is over', () => {
  const node = testNode({ programs });
  node.advance(5);
  node.create(pod('deaf', { command: ['sleep', '1000'] }));
  node.advance(3);
  node.delete('deaf', 5);
  node.advance(4);
  expect(node.pod('deaf').status?.phase).toBe('Running');
  node.advance(3);
  expect(node.pod('deaf')).toMatchObject({ reason: 'NotFound' });
  expect(node.events()).toContain('Killing: Stopping container main');
});
