import { expect, test } from 'vitest';
import type { Node } from '../../../src/sim/api/types/node.js';
import { stress } from '../../../src/sim/images/stress/stress.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import type { Program } from '../../../src/sim/kernel/sys.js';
import { coreutils } from '../../../src/sim/shell/coreutils/index.js';
import { pod, testNode } from './node.js';

const programs: Record<string, Program> = { ...coreutils, stress };

function started() {
  const node = testNode({ programs });
  node.advance(5);
  return node;
}

test('a program that takes more than its limit is killed, and the container says so', () => {
  const node = started();
  const resources = { limits: { memory: '50Mi' }, requests: { memory: '20Mi' } };
  node.create(pod('greedy', { ...wait(60), resources }, { restartPolicy: 'Never' }));
  node.advance(10);
  const { status } = node.pod('greedy');
  expect(status?.phase).toBe('Failed');
  expect(status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
});

test('a container sees its limits and what it uses in its own control group', () => {
  const node = started();
  const resources = { limits: { memory: '50Mi', cpu: '500m' }, requests: { memory: '20Mi', cpu: '250m' } };
  const command = [
    'sh',
    '-c',
    'cd /sys/fs/cgroup; cat memory.max cpu.max cpu.weight pids.max; cat /proc/self/cgroup /proc/self/oom_score_adj',
  ];
  node.create(pod('look', { command, resources }, { restartPolicy: 'Never' }));
  node.advance(10);
  const { metadata } = node.pod('look');
  const log = node.file(`/var/log/pods/default_look_${metadata.uid}/main/0.log`);
  const lines = log.split('\n').map((line) => line.split(' F ')[1]);
  expect(lines).toEqual(['52428800', '50000 100000', '10', 'max', '0::/', '995', undefined]);
});

/** The events about pods and the node whose reason is one of these. */
function told(node: ReturnType<typeof started>, ...reasons: string[]): string[] {
  return node.events().filter((line) => reasons.some((reason) => line.startsWith(`${reason}: `)));
}

const wait = (mebibytes: number) => ({
  image: 'polinux/stress',
  command: ['stress', '--vm', '1', '--vm-bytes', `${mebibytes}M`, '--vm-hang', '0'],
});

test.each([
  ['cpu', '5', 'OutOfcpu', "Node didn't have enough resource: cpu, requested: 5000, used: 0, capacity: 2000"],
  [
    'memory',
    '64Gi',
    'OutOfmemory',
    /^Node didn't have enough resource: memory, requested: 68719476736, used: 0, capacity: \d+$/,
  ],
  [
    'ephemeral-storage',
    '1Ti',
    'OutOfephemeral-storage',
    /^Node didn't have enough resource: ephemeral-storage, requested: 1099511627776, used: 0, capacity: 18556039957$/,
  ],
])('a pod that asks for more %s than there is is turned away', (resource, amount, reason, message) => {
  const node = started();
  node.create(pod('large', { ...wait(1), resources: { requests: { [resource]: amount } } }));
  node.advance(2);
  const { status } = node.pod('large');
  expect(status).toMatchObject({ phase: 'Failed', reason });
  const words = status?.message?.replace('Pod was rejected: ', '') ?? '';
  expect(words).toMatch(message);
  expect(status?.message).toBe(`Pod was rejected: ${words}`);
  expect(told(node, reason)).toEqual([`${reason}: ${words}`]);
  expect(status?.containerStatuses).toBeUndefined();
});

test('a pod that does not match the node is turned away', () => {
  const node = started();
  node.create(pod('picky', wait(1), { nodeSelector: { disk: 'ssd' } }));
  node.advance(2);
  expect(node.pod('picky').status).toMatchObject({
    phase: 'Failed',
    reason: 'NodeAffinity',
    message: "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
  });
});

test('others make room for a critical pod', () => {
  const node = started();
  node.create(
    pod('usual', { ...wait(1), resources: { requests: { cpu: '1500m' } } }, { terminationGracePeriodSeconds: 1 }),
  );
  node.advance(5);
  const critical = { priority: 2_000_001_000, priorityClassName: 'system-node-critical' };
  node.create(pod('critical', { ...wait(1), resources: { requests: { cpu: '1' } } }, critical));
  node.advance(10);
  expect(node.pod('critical').status?.phase).toBe('Running');
  const { status } = node.pod('usual');
  expect(status).toMatchObject({
    phase: 'Failed',
    reason: 'Preempting',
    message: 'Preempted in order to admit critical pod',
  });
  expect(status?.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
    status: 'True',
    reason: 'TerminationByKubelet',
    message: 'Pod was preempted by Kubelet to accommodate a critical pod.',
  });
});

test('a node that runs out of memory puts a pod out, and says that it is under pressure', () => {
  const node = started();
  node.create(pod('modest', { ...wait(10), resources: { requests: { memory: '100Mi' } } }));
  node.create(pod('greedy', wait(3630)));
  node.advance(45);
  expect(node.pod('modest').status?.phase).toBe('Running');
  const { status } = node.pod('greedy');
  expect(status).toMatchObject({ phase: 'Failed', reason: 'Evicted' });
  expect(status?.message).toMatch(
    /^The node was low on resource: memory\. Threshold quantity: 100Mi, available: \d+Ki\. Container main was using \d+(Ki|Mi), request is 0, has larger consumption of memory\. $/,
  );
  expect(told(node, 'EvictionThresholdMet')).toEqual(['EvictionThresholdMet: Attempting to reclaim memory']);
  const condition = (type: string) =>
    node.get<Node>('nodes', 'node01', '').status?.conditions?.find((each) => each.type === type);
  expect(condition('MemoryPressure')).toMatchObject({ status: 'True', reason: 'KubeletHasInsufficientMemory' });
  expect(told(node, 'NodeHasInsufficientMemory')).toEqual([
    'NodeHasInsufficientMemory: Node node01 status is now: NodeHasInsufficientMemory',
  ]);
  node.create(pod('late', wait(1)));
  node.advance(2);
  expect(node.pod('late').status).toMatchObject({
    reason: 'Evicted',
    message: 'Pod was rejected: The node had condition: [MemoryPressure]. ',
  });
  node.advance(320);
  expect(condition('MemoryPressure')).toMatchObject({ status: 'False', reason: 'KubeletHasSufficientMemory' });
});

test.each([
  [
    'an emptyDir',
    { volumeMounts: [{ name: 'work', mountPath: '/data' }] },
    { volumes: [{ name: 'work', emptyDir: { sizeLimit: '1Mi' } }] },
    'Usage of EmptyDir volume "work" exceeds the limit "1Mi". ',
  ],
  [
    'its layer',
    { resources: { limits: { 'ephemeral-storage': '1Mi' } } },
    {},
    'Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. ',
  ],
])('a pod that writes more into %s than it may is put out', (_, container, spec, message) => {
  const node = started();
  const command = ['sh', '-c', 'mkdir -p /data; head -c 2000000 /dev/zero > /data/file; sleep 1000'];
  node.create(pod('writer', { command, ...container }, spec));
  node.advance(30);
  expect(node.pod('writer').status).toMatchObject({ phase: 'Failed', reason: 'Evicted', message });
  expect(told(node, 'Evicted')).toEqual([`Evicted: ${message.trimEnd()} `]);
});

test.each([
  ['runc', undefined],
  ['kata', 'rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "kata" is configured'],
  [
    'runsc',
    /^rpc error: code = Unknown desc = failed to start sandbox "[0-9a-f]{64}": failed to create containerd task: failed to start shim: failed to resolve runtime path: runtime "io.containerd.runsc.v1" binary not installed "containerd-shim-runsc-v1": file does not exist$/,
  ],
])('a pod of a class whose handler is %s', (handler, problem) => {
  const config = `version = 3\n[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runsc]\n  runtime_type = "io.containerd.runsc.v1"\n`;
  const node = testNode({ programs, files: { '/etc/containerd/config.toml': config } });
  node.advance(5);
  node.server.request({
    method: 'POST',
    target: '/apis/node.k8s.io/v1/runtimeclasses',
    object: { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'special' }, handler },
  });
  node.create(pod('special', wait(1), { runtimeClassName: 'special' }));
  node.advance(3);
  expect(node.pod('special').status?.phase).toBe(problem === undefined ? 'Running' : 'Pending');
  const said = told(node, 'FailedCreatePodSandBox').map((line) =>
    line.replace(/^.*Failed to create pod sandbox: /, ''),
  );
  expect(said).toEqual(problem === undefined ? [] : [expect.stringMatching(problem)]);
});

test('what is measured is what processes hold and use', () => {
  const node = started();
  node.create(pod('measured', wait(100)));
  node.advance(5);
  const ask = (target: string): string => {
    let body = '';
    startProcess(
      node.host.kernel,
      function* caller(sys) {
        const connection = yield* sys.connect({ address: '172.30.1.3', port: 10250 });
        yield* connection.startTls({ insecure: true });
        const answer = yield* connection.request({ kind: 'http', method: 'GET', headers: {}, target });
        if (answer.kind === 'http-response') body = Buffer.from(answer.body ?? []).toString('utf8');
        return 0;
      },
      ['caller'],
    );
    node.advance(1);
    return body;
  };
  const metrics = ask('/metrics/resource');
  const labels = 'container="main",namespace="default",pod="measured"';
  const of = (name: string) => new RegExp(`^${name}\\{${labels}\\} (\\S+)`, 'm').exec(metrics)?.[1];
  expect(Number(of('container_memory_working_set_bytes'))).toBeGreaterThan(100 * 2 ** 20);
  expect(Number(of('container_memory_working_set_bytes'))).toBeLessThan(103 * 2 ** 20);
  expect(Number(of('container_cpu_usage_seconds_total'))).toBeGreaterThan(0);
  expect(metrics).toMatch(/^# TYPE pod_cpu_usage_seconds_total counter$/m);
  const summary = JSON.parse(ask('/stats/summary'));
  expect(summary.node.fs.capacityBytes).toBe(20_134_592 * 1024);
  expect(summary.pods[0]).toMatchObject({ podRef: { name: 'measured' }, process_stats: { process_count: 3 } });
});

test('a log that has become too long is put away, older ones are compressed, the oldest go', () => {
  const config = `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\ncontainerLogMaxSize: 1Ki\ncontainerLogMaxFiles: 3\n`;
  const node = testNode({ programs, files: { '/var/lib/kubelet/config.yaml': config } });
  node.advance(5);
  const command = ['sh', '-c', 'while :; do echo 0123456789012345678901234567890123456789; sleep 0.3; done'];
  node.create(pod('talker', { command }));
  node.advance(55);
  const folder = `/var/log/pods/default_talker_${node.pod('talker').metadata.uid}/main`;
  const names = node.host.files.readDirectory(folder, { uid: 0, gid: 0, groups: [] }).map(({ name }) => name);
  expect(names.sort()).toEqual([
    '0.log',
    expect.stringMatching(/^0\.log\.20261121-0000\d\d\.gz$/),
    expect.stringMatching(/^0\.log\.20261121-0000\d\d$/),
  ]);
});
