import { expect, test } from 'vitest';
import type { Program } from '../../../src/sim/kernel/sys.js';
import { coreutils } from '../../../src/sim/shell/coreutils/index.js';
import { pod, testNode } from './node.js';

/** Takes as many MiB as it is told, then waits. */
const sleeper: Program = function* sleeper(sys) {
  sys.holdMemory(Number(sys.args[1] ?? 0) * 1024 * 1024);
  yield* sys.sleep(3_600_000_000);
  return 0;
};
const programs: Record<string, Program> = { ...coreutils, sleep: sleeper };

function started() {
  const node = testNode({ programs });
  node.advance(5);
  return node;
}

test('a program that takes more than its limit is killed, and the container says so', () => {
  const node = started();
  const resources = { limits: { memory: '50Mi', cpu: '100m' }, requests: { memory: '20Mi', cpu: '50m' } };
  node.create(pod('greedy', { command: ['tail', '/dev/zero'], resources }, { restartPolicy: 'Never' }));
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
