import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import { withProcesses } from '../fake-host.js';
import { judged, saying } from '../graded.js';

const process = (wanted: object): Subject => ({ process: { host: 'node01', ...wanted } });
const group = (id: string): string => `0::/kubepods.slice/cri-containerd-${id}.scope`;
const RUN = {
  run: withProcesses([
    { pid: 1, argv: ['/sbin/init'] },
    { pid: 7, argv: ['/usr/bin/kubelet', '--config=/x y'] },
    { pid: 8, user: 'nobody', argv: ['python3', '-m', 'http.server'], group: group('aaa') },
    { pid: 9, user: 'root', argv: ['sleep', '3600'], group: group('bbb') },
    { pid: 2, user: 'kthread', argv: [] },
    { pid: 11, user: '', argv: ['gone'] },
    { pid: 10, user: '65532', argv: ['/coredns', '-conf', 'x'], group: group('ccc') },
  ]),
};

test.each<[object, string]>([
  [{ name: 'kubelet' }, '✓ process kubelet on cka1-node1 / /usr/bin/kubelet --config=/x y as root'],
  [{ name: 'kubele' }, '✗ process kubele on cka1-node1 / no such process on cka1-node1'],
  [{ name: 'bin' }, '✗ process bin on cka1-node1 / no such process on cka1-node1'],
  [{ name: 'kubelet', running: false }, '✗ no process kubelet on cka1-node1 / /usr/bin/kubelet --config=/x y as root'],
  [{ name: 'miner', running: false }, '✓ no process miner on cka1-node1 / no such process on cka1-node1'],
  [{ argv: 'http\\.server$' }, '✓ process matching http\\.server$ on cka1-node1 / python3 -m http.server as nobody'],
  [{ argv: '^http' }, '✗ process matching ^http on cka1-node1 / no such process on cka1-node1'],
  [{ name: 'python3', user: 'nobody' }, '✓ process python3 as nobody on cka1-node1 / python3 -m http.server as nobody'],
  [{ name: 'python3', user: 'root' }, '✗ process python3 as root on cka1-node1 / python3 -m http.server as nobody'],
  [
    { name: 'python3', user: 'root', running: false },
    '✓ no process python3 as root on cka1-node1 / no such process on cka1-node1',
  ],
  // A thread of the kernel has no command line; of what has ended meanwhile nobody knows whose it was.
  [{ user: 'kthread' }, '✗ process as kthread on cka1-node1 / /sbin/init as root'],
  [{ name: 'gone' }, '✓ process gone on cka1-node1 / gone as unknown'],
  [{ argv: '(', running: false }, '✓ no process matching ( on cka1-node1 / no such process on cka1-node1'],
  [{ name: 'sleep', argv: '36' }, '✓ process sleep matching 36 on cka1-node1 / sleep 3600 as root'],
  [{ name: 'sleep', argv: '37' }, '✗ process sleep matching 37 on cka1-node1 / no such process on cka1-node1'],
])('%j: %s', async (wanted, says) => {
  expect(await saying(process(wanted), RUN)).toBe(says);
});

test('the processes of a host that cannot be listed leave it undecided', async () => {
  const { result } = await judged(process({ name: 'miner', running: false }), {
    run: () => ({ code: 1, stderr: 'gone\n' }),
  });
  expect(result).toMatchObject({ undecided: true, found: 'the processes of cka1-node1 cannot be listed: gone' });
});

const pod = (name: string, containers: Record<string, string>, nodeName: string | undefined = 'n1') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name[0] as string } },
  spec: { nodeName },
  status: {
    containerStatuses: Object.entries(containers).map(([container, id]) => ({
      name: container,
      ...(id ? { containerID: `containerd://${id}` } : {}),
    })),
  },
});
const PODS = {
  ...RUN,
  objects: [
    pod('a1', { web: 'aaa', side: 'bbb' }),
    pod('b1', { web: 'aaa' }),
    pod('b2', { web: 'bbb' }),
    pod('c1', { web: '' }),
    { ...pod('e1', {}), status: undefined },
    { ...pod('f1', { web: 'aaa' }), spec: undefined },
    { ...pod('g1', {}), status: {} },
  ],
};
const inPods = (app: string, wanted: object): Subject => ({
  process: { pods: { namespace: 'shop', selector: `app=${app}` }, ...wanted },
});
test.each<[Subject, string]>([
  [inPods('a', { name: 'sleep' }), '✓ process sleep in a1 / sleep 3600 as root'],
  [inPods('a', { name: 'sleep', container: 'side' }), '✓ process sleep in a1 / sleep 3600 as root'],
  [inPods('a', { name: 'sleep', container: 'web' }), '✗ process sleep in a1 / no such process in a1'],
  [
    inPods('a', { user: 'root', container: 'web', running: false }),
    '✓ no process as root in a1 / no such process in a1',
  ],
  [inPods('b', { name: 'python3' }), '✗ process python3 in b2 / no such process in b2'],
  [inPods('b', { name: 'kubelet', running: false }), '✓ no process kubelet in b1 / no such process in b1'],
  [inPods('c', { name: 'sleep', running: false }), '✗ no process sleep in c1 / c1 has no running container'],
  [inPods('e', { name: 'sleep' }), '✗ process sleep in e1 / e1 has no running container'],
  [inPods('f', { name: 'sleep' }), '✗ process sleep in f1 / f1 has no running container'],
  [inPods('g', { name: 'sleep' }), '✗ process sleep in g1 / g1 has no running container'],
  [
    inPods('d', { name: 'sleep', running: false }),
    '✗ no process sleep in Pod with app=d in shop / no Pod with app=d in shop',
  ],
  [inPods('d', { name: 'sleep' }), '✗ process sleep in Pod with app=d in shop / no Pod with app=d in shop'],
])('%j: %s', async (subject, says) => {
  expect(await saying(subject, PODS)).toBe(says);
});

test('the processes of a node are listed once', async () => {
  const { cluster } = await judged(inPods('b', { name: 'kubelet', running: false }), PODS);
  expect(cluster.runs).toHaveLength(1);
});

test.each<[object, string]>([
  [{ name: 'x' }, '/process: says not where it runs: on a host, or in pods'],
  [{ host: 'x' }, '/process: says not which process: name, argv or user'],
  [
    { host: 'x', name: 'y', pods: { namespace: 'a', name: 'b' } },
    '/process/pods: stands beside host; a check looks in one place',
  ],
  [{ host: 'x', name: 'y', container: 'z' }, '/process/container: belongs to pods'],
  [{ name: 'y', pods: { namespace: 'a' } }, '/process/pods: name or selector is missing: which pods'],
  [{ host: 'x', argv: '(' }, '/process/argv: missing closing ): `(`'],
  [{ host: 'x', argv: '{{pattern}}(' }, ''],
  [{ host: 'x', user: 'root' }, ''],
  [{ pods: { namespace: 'a', selector: '' }, argv: 'b', container: 'c' }, ''],
])('lint %j: %s', (wanted, says) => {
  const problems: string[] = [];
  lintSubject({ process: wanted }, '', (path, message) => problems.push(`${path}: ${message}`));
  expect(problems.join('\n')).toBe(says);
});
