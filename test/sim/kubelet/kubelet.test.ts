import { describe, expect, test } from 'vitest';
import type { Program } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { readManifest } from '../../../src/sim/kubelet/pods/manifest.js';
import { pod, testNode } from './node.js';

const echo: Program = function* (sys) {
  yield* sys.write(1, `${sys.args.slice(1).join(' ')}\n`);
  return 0;
};
const sleep: Program = function* (sys) {
  yield* sys.sleep(Number(sys.args[1]) * SECOND);
  return 0;
};
const fail: Program = function* (sys) {
  yield* sys.write(2, 'no\n');
  return 3;
};
const programs = { echo, sleep, false: fail };

const MANIFEST = `apiVersion: v1
kind: Pod
metadata: {name: hello, namespace: kube-system}
spec:
  hostNetwork: true
  containers:
  - {name: main, image: "busybox:1.37", command: [sleep, "1000"]}
`;

test('a static pod runs with its log, and the API shows its mirror', () => {
  const node = testNode({ programs, files: { '/etc/kubernetes/manifests/hello.yaml': MANIFEST } });
  node.advance(6);
  const mirror = node.pod('hello-node01', 'kube-system');
  expect(mirror.status?.phase).toBe('Running');
  expect(mirror.metadata.annotations?.['kubernetes.io/config.source']).toBe('file');
  expect(mirror.status?.containerStatuses?.[0]).toMatchObject({ name: 'main', ready: true, restartCount: 0 });
  expect(mirror.status?.podIP).toBe('172.30.1.3');
  node.host.files.unlink('/etc/kubernetes/manifests/hello.yaml', { uid: 0, gid: 0, groups: [] });
  node.advance(60);
  expect(node.pod('hello-node01', 'kube-system')).toMatchObject({ kind: 'Status', reason: 'NotFound' });
});

test('a static pod whose manifest goes and is back before it has ended runs once more, under the same UID', () => {
  const path = '/etc/kubernetes/manifests/hello.yaml';
  const node = testNode({ programs, files: { [path]: MANIFEST } });
  node.advance(4);
  const before = node.pod('hello-node01', 'kube-system').metadata.annotations?.['kubernetes.io/config.hash'];
  const root = { uid: 0, gid: 0, groups: [] };
  node.host.files.rename(path, '/etc/hello.yaml', root);
  node.advance(0.01);
  node.host.files.rename('/etc/hello.yaml', path, root);
  node.advance(35);
  const { metadata, status } = node.pod('hello-node01', 'kube-system');
  expect(status).toMatchObject({ phase: 'Running', containerStatuses: [{ ready: true, restartCount: 1 }] });
  expect(metadata.annotations?.['kubernetes.io/config.hash']).toBe(before);
});

describe('manifests that cannot be run', () => {
  const path = '/etc/kubernetes/manifests/hello.yaml';
  const frame = (why: string) => `${path}: couldn't parse as pod(${why}), please check config file`;
  const mount = 'image: busybox, volumeMounts: [{name: k8s-certz, mountPath: /certs}]';
  test.each([
    [
      MANIFEST.replace('hostNetwork: true', 'hostNetwork: maybe'),
      frame('json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool'),
    ],
    [
      MANIFEST.replace('image: "busybox:1.37"', mount),
      'invalid pod: [spec.containers[0].volumeMounts[0].name: Not found: "k8s-certz"]',
    ],
    [
      'apiVersion: v1\nkind: Pod\n metadata: x\n',
      frame('yaml: line 3: mapping values are not allowed in this context'),
    ],
    ['', frame("Object 'Kind' is missing in 'null'")],
    [MANIFEST.replace('name: hello, ', ''), 'invalid pod: name is needed for the pod'],
    [
      MANIFEST.replace('kind: Pod', 'kind: Pot'),
      frame('no kind "Pot" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"'),
    ],
    [MANIFEST.replace('spec:', 'spec:\n  serviceAccountName: x'), 'static pods may not reference serviceaccounts'],
  ])('%j', (text, message) => {
    const origin = { path, nodeName: 'node01', seen: '' };
    expect(() => readManifest(text, origin)).toThrow(message);
  });

  test('what ran goes on until the folder is listed, and the journal says why each time', () => {
    const node = testNode({ programs, files: { [path]: MANIFEST } });
    node.advance(3);
    node.host.files.put(path, MANIFEST.replace('hostNetwork: true', 'hostNetwork: maybe'));
    node.advance(2);
    expect(node.pod('hello-node01', 'kube-system').status?.phase).toBe('Running');
    const journal = () => node.log.join('');
    expect(journal()).toContain(
      `"Unable to process watch event" err="can't process config file \\"${path}\\": ${path}: `,
    );
    node.advance(48);
    expect(journal().match(/"Could not process manifest file"/g)).toHaveLength(2);
    expect(node.pod('hello-node01', 'kube-system')).toMatchObject({ reason: 'NotFound' });
  });
});

test('a pod of the API runs, tells what happened, and goes within its grace period', () => {
  const node = testNode({ programs });
  node.advance(5);
  node.create(pod('web', { command: ['sleep', '1000'] }));
  node.advance(2);
  const running = node.pod('web');
  expect(running.status?.phase).toBe('Running');
  expect(running.status?.podIP).toMatch(/^10\.244\.1\.\d+$/);
  expect(running.status?.conditions?.map(({ type, status }) => `${type}=${status}`)).toEqual([
    'PodReadyToStartContainers=True',
    'Initialized=True',
    'Ready=True',
    'ContainersReady=True',
    'PodScheduled=True',
  ]);
  expect(node.events()).toEqual(
    expect.arrayContaining([
      'Pulling: Pulling image "busybox:1.37"',
      expect.stringMatching(
        /^Pulled: Successfully pulled image "busybox:1.37" in \d+ms \(\d+ms including waiting\)\. Image size: 2223685 bytes\.$/,
      ),
      'Created: Container created',
      'Started: Container started',
    ]),
  );
  node.delete('web', 3);
  node.advance(2);
  expect(node.pod('web').metadata.deletionTimestamp).toBeDefined();
  node.advance(3);
  expect(node.pod('web')).toMatchObject({ reason: 'NotFound' });
});

describe('containers that do not run', () => {
  test.each([
    [
      'no command',
      { command: ['nope'] },
      8,
      'RunContainerError|CrashLoopBackOff',
      /exec: "nope": executable file not found in \$PATH|back-off/,
    ],
    [
      'no image',
      { image: 'ngnix' },
      4,
      'ErrImagePull|ImagePullBackOff',
      /failed to pull and unpack image "docker.io\/library\/ngnix:latest": failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed$/,
    ],
    [
      'no tag',
      { image: 'nginx:9.99' },
      4,
      'ErrImagePull|ImagePullBackOff',
      /docker.io\/library\/nginx:9.99: not found$/,
    ],
    [
      'no config map',
      { command: ['sleep', '9'], env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'cm', key: 'a' } } }] },
      4,
      'CreateContainerConfigError',
      /^configmap "cm" not found$/,
    ],
  ])('%s', (_, container, seconds, reason, message) => {
    const node = testNode({ programs });
    node.advance(5);
    node.create(pod('x', container));
    node.advance(seconds);
    const { waiting } = node.pod('x').status?.containerStatuses?.[0]?.state ?? {};
    expect(waiting?.reason).toMatch(new RegExp(`^(?:${reason})$`));
    expect(waiting?.message).toMatch(message);
    const told = `"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"main\\" with ${waiting?.reason}: `;
    expect(node.log.join('')).toContain(told);
    const { uid } = node.pod('x').metadata;
    expect(node.log.join('')).toContain(`\\"" pod="default/x" podUID="${uid}"\n`);
  });
});

test('a container that crashes shows how it ended until its back-off is over', () => {
  const node = testNode({ programs });
  node.advance(5);
  node.create(pod('x', { command: ['false'] }));
  node.advance(8);
  const status = node.pod('x').status?.containerStatuses?.[0];
  expect(status).toMatchObject({ restartCount: 1, state: { terminated: { exitCode: 1, reason: 'Error' } } });
  expect(node.events().filter((event) => event.startsWith('BackOff: Back-off restarting failed container'))).toEqual([
    `BackOff: Back-off restarting failed container main in pod x_default(${node.pod('x').metadata.uid})`,
  ]);
  expect(node.log.join('')).toContain('with CrashLoopBackOff: \\"back-off 10s restarting failed container=main');
  node.advance(9);
  expect(node.pod('x').status?.containerStatuses?.[0]?.restartCount).toBe(2);
});

test('a pod that is done says so and stays', () => {
  const node = testNode({ programs });
  node.advance(5);
  node.create(pod('job', { command: ['echo', 'hi'] }, { restartPolicy: 'Never' }));
  node.advance(4);
  const { status, metadata } = node.pod('job');
  expect(status?.phase).toBe('Succeeded');
  expect(status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
  expect(node.file(`/var/log/pods/default_job_${metadata.uid}/main/0.log`)).toMatch(
    /^2026-11-21T00:00:\d\d\.\d{9}Z stdout F hi\n$/,
  );
  node.delete('job', 30);
  node.advance(2);
  expect(node.pod('job')).toMatchObject({ reason: 'NotFound' });
});

test('without its configuration kubelet ends with 1 and says why', () => {
  const node = testNode({ programs, kubeletArgs: ['--config=/nowhere.yaml'] });
  node.advance(1);
  expect(node.exit()).toBe(1);
  expect(node.log.join('')).toMatch(
    /"command failed" err="failed to load kubelet config file, path: \/nowhere\.yaml, error: failed to load Kubelet config file \/nowhere\.yaml, error failed to read kubelet config file \\"\/nowhere\.yaml\\", error: open \/nowhere\.yaml: no such file or directory"/,
  );
});

test('a healthy node is quiet: nothing but its lease is written', () => {
  const node = testNode({ programs });
  node.advance(5);
  node.create(
    pod('web', { command: ['sleep', '1000'], livenessProbe: { exec: { command: ['echo', 'ok'] }, periodSeconds: 5 } }),
  );
  node.advance(30);
  const before = node.server.store.revision;
  node.advance(60);
  expect(node.server.store.revision - before).toBeLessThanOrEqual(7);
});
