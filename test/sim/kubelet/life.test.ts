import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject, KubeObject } from '../../../src/sim/api/object.js';
import { bash } from '../../../src/sim/shell/bash.js';
import { coreutils } from '../../../src/sim/shell/coreutils/index.js';
import { pod, testNode } from './node.js';

const HOST = { volumes: [{ name: 'h', hostPath: { path: '/tmp/told', type: 'DirectoryOrCreate' } }] };
const LOOP = 'while :; do sleep 1; done';

/** A container that runs a script and may tell things in files of the host. */
function sh(name: string, script: string, more: JsonObject = {}): JsonObject {
  const volumeMounts = [{ name: 'h', mountPath: '/h' }];
  return { name, image: 'busybox:1.37', command: ['sh', '-c', script], volumeMounts, ...more };
}

/** Writes a word when it begins and another when it is told to end. */
function teller(name: string, last = ''): string {
  return `echo ${name} >> /h/order; trap "${last}echo ${name}-end >> /h/order; exit 0" TERM; ${LOOP}`;
}

const always = { restartPolicy: 'Always' };
const onCode = (action: string, code: number) => ({
  restartPolicy: 'Never',
  restartPolicyRules: [{ action, exitCodes: { operator: 'In', values: [code] } }],
});

/** What runs beside each other on one node: a main container and what else its pod is. */
const PODS: Readonly<Record<string, readonly [main: JsonObject, spec?: JsonObject]>> = {
  order: [
    sh('main', teller('main', 'sleep 2; ')),
    {
      initContainers: [
        sh('first', `touch /tmp/up; ${teller('first')}`, {
          ...always,
          startupProbe: { exec: { command: ['test', '-f', '/tmp/up'] }, periodSeconds: 1 },
        }),
        sh('init', 'echo init >> /h/order'),
        sh('second', teller('second'), always),
      ],
    },
  ],
  rules: [
    sh('main', 'echo x >> /h/rules; test $(wc -l < /h/rules) -ge 2 && exit 0; exit 42', onCode('Restart', 42)),
    { restartPolicy: 'Never' },
  ],
  all: [
    sh('main', `echo x >> /h/all; test $(wc -l < /h/all) -ge 2 && sleep 1000; exit 43`, {
      ...onCode('RestartAllContainers', 43),
    }),
    { restartPolicy: 'Never', initContainers: [sh('init', 'echo x >> /h/inits')] },
  ],
  words: [sh('main', 'echo last words > /dev/termination-log; exit 3'), { restartPolicy: 'Never' }],
  log: [
    sh('main', 'echo out; echo err >&2; exit 3', { terminationMessagePolicy: 'FallbackToLogsOnError' }),
    { restartPolicy: 'Never' },
  ],
  late: [sh('main', 'sleep 1000'), { activeDeadlineSeconds: 4, terminationGracePeriodSeconds: 1 }],
  hook: [
    sh('main', `trap "exit 0" TERM; ${LOOP}`, {
      lifecycle: { preStop: { exec: { command: ['sh', '-c', 'exit 7'] } } },
    }),
  ],
  beside: [
    sh('main', 'sleep 1'),
    { restartPolicy: 'Never', initContainers: [sh('side', `trap "exit 0" TERM; ${LOOP}`, always)] },
  ],
  failed: [sh('main', 'sleep 1000'), { restartPolicy: 'Never', initContainers: [sh('init', 'exit 5')] }],
  'not-alive': [
    sh('main', `trap "" TERM; ${LOOP}`, {
      livenessProbe: {
        exec: { command: ['false'] },
        periodSeconds: 1,
        failureThreshold: 2,
        terminationGracePeriodSeconds: 3,
      },
    }),
  ],
};

describe('lives of pods', () => {
  const node = testNode({ programs: { ...coreutils, bash } });
  const statusOf = (key: string) => node.pod(key).status;
  let events: KubeObject[] = [];
  const told = (key: string) =>
    events
      .filter(({ involvedObject }) => (involvedObject as { name: string }).name === key)
      .map(({ reason, message }) => `${reason}: ${message}`);
  const terminated = (key: string) => statusOf(key)?.containerStatuses?.[0]?.state?.terminated;

  beforeAll(() => {
    node.advance(5);
    for (const [key, [main, spec]] of Object.entries(PODS)) node.create(pod(key, main, { ...HOST, ...spec }));
    node.advance(20);
    for (const name of ['order', 'hook']) node.delete(name, 10);
    node.advance(5);
    const list = node.server.request({
      target: '/api/v1/events',
      headers: { accept: 'application/vnd.kubedrill.object' },
    }).object as { items: KubeObject[] };
    events = list.items;
  });

  test('sidecars start in their turn, each when the one before is up, and end after main containers, last first', () => {
    const order = node.file('/tmp/told/order').trim().split('\n');
    expect(order).toEqual(['first', 'init', 'second', 'main', 'main-end', 'second-end', 'first-end']);
    expect(
      told('order')
        .filter((event) => event.startsWith('Killing'))
        .sort(),
    ).toEqual([
      'Killing: Stopping container first',
      'Killing: Stopping container main',
      'Killing: Stopping container second',
    ]);
  });

  test('a rule starts a container again that is not to be, until it ends well', () => {
    expect(statusOf('rules')).toMatchObject({ phase: 'Succeeded', containerStatuses: [{ restartCount: 1 }] });
  });

  test('a rule starts all containers again, init containers too', () => {
    expect(node.file('/tmp/told/inits')).toBe('x\nx\n');
    const before = { terminated: { exitCode: 137, reason: 'RestartingAllContainers' } };
    expect(statusOf('all')).toMatchObject({
      phase: 'Running',
      containerStatuses: [{ restartCount: 1, ready: true, lastState: before }],
      initContainerStatuses: [{ restartCount: 1, lastState: before }],
    });
    const condition = statusOf('all')?.conditions?.find(({ type }) => type === 'AllContainersRestarting');
    expect(condition?.status).toBe('False');
  });

  test('last words come from their file, or from the log', () => {
    expect(terminated('words')).toMatchObject({ exitCode: 3, reason: 'Error', message: 'last words\n' });
    expect(terminated('log')).toMatchObject({ message: 'out\nerr\n' });
  });

  test('a pod that is active for too long fails, and says so', () => {
    expect(statusOf('late')).toMatchObject({
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    });
    expect(told('late')).toContain('DeadlineExceeded: Pod was active on the node longer than the specified deadline');
  });

  test('a hook that fails before the end keeps nobody from it', () => {
    expect(node.pod('hook')).toMatchObject({ reason: 'NotFound' });
    expect(told('hook')).toContain('FailedPreStopHook: PreStopHook failed');
  });

  test('a sidecar ends with the work', () => {
    expect(statusOf('beside')).toMatchObject({
      phase: 'Succeeded',
      initContainerStatuses: [{ name: 'side', state: { terminated: { exitCode: 0 } } }],
    });
  });

  test('an init container that fails for good fails its pod', () => {
    expect(statusOf('failed')).toMatchObject({
      phase: 'Failed',
      initContainerStatuses: [{ state: { terminated: { exitCode: 5 } } }],
      containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
    });
  });

  test('a probe has a grace period of its own', () => {
    expect(statusOf('not-alive')?.containerStatuses?.[0]?.restartCount).toBeGreaterThanOrEqual(2);
    expect(told('not-alive')).toContain('Killing: Container main failed liveness probe, will be restarted');
  });
});

test('a pod gets other resources while it runs, or when there is room, or with another start', () => {
  const node = testNode({ programs: { ...coreutils, bash } });
  const amounts = (cpu: string) => ({ resources: { requests: { cpu }, limits: { cpu } } });
  const policy = [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }];
  const resize = (name: string, cpu: string) =>
    node.server.request({
      method: 'PATCH',
      target: `/api/v1/namespaces/default/pods/${name}/resize`,
      headers: { 'content-type': 'application/strategic-merge-patch+json' },
      object: { spec: { containers: [{ name: 'main', ...amounts(cpu) }] } },
    });
  const status = (name: string) => node.pod(name).status?.containerStatuses?.[0];
  const conditions = () => node.pod('a').status?.conditions?.filter(({ type }) => type.startsWith('PodResize'));
  node.advance(5);
  node.create(pod('a', { command: ['sleep', '1000'], ...amounts('100m') }));
  node.create(
    pod(
      'b',
      { command: ['sleep', '1000'], ...amounts('500m'), resizePolicy: policy },
      { terminationGracePeriodSeconds: 2 },
    ),
  );
  node.advance(3);
  resize('a', '200m');
  resize('b', '600m');
  node.advance(5);
  expect(status('a')).toMatchObject({ restartCount: 0, allocatedResources: { cpu: '200m' }, ...amounts('200m') });
  expect(status('b')).toMatchObject({ restartCount: 1, ...amounts('600m') });
  resize('a', '1500m');
  node.advance(1);
  expect(status('a')).toMatchObject({ allocatedResources: { cpu: '200m' }, ...amounts('200m') });
  expect(conditions()).toMatchObject([{ type: 'PodResizePending', reason: 'Deferred', observedGeneration: 3 }]);
  node.delete('b', 1);
  node.advance(4);
  expect(status('a')).toMatchObject({ restartCount: 0, ...amounts('1500m') });
  expect(conditions()).toEqual([]);
  const summary = (cpu: string) =>
    `{"containers":[{"name":"main","resources":{"limits":{"cpu":"${cpu}"},"requests":{"cpu":"${cpu}"}}}],"generation"`;
  expect(node.events()).toEqual(
    expect.arrayContaining([
      `ResizeStarted: Pod resize started: ${summary('200m')}:2}`,
      `ResizeCompleted: Pod resize completed: ${summary('200m')}:2}`,
      'Killing: Container main resize requires restart',
      `ResizeDeferred: Pod resize OutOfcpu: ${summary('1500m')}:3,"error":"Node didn't have enough resource: cpu, requested: 1500, used: 600, capacity: 2000"}`,
      `ResizeCompleted: Pod resize completed: ${summary('1500m')}:3}`,
    ]),
  );
});
