import { describe, expect, test } from 'vitest';
import { formatTime } from '../../../../src/sim/api/time.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import {
  averageReplicas,
  perReplicaReplicas,
  type Question,
  totalReplicas,
  utilizationReplicas,
} from '../../../../src/sim/controllers/horizontal-pod-autoscaler/replica-calculator.js';
import { createRandom } from '../../../../src/sim/kernel/random.js';
import { MINUTE, SECOND } from '../../../../src/sim/kernel/time.js';
import { type NaivePod, naiveReplicas, type Target } from './naive.js';

const NOW = Date.UTC(2026, 0, 15) * 1000;
const TIMING = { now: NOW, cpuInitializationPeriod: 5 * MINUTE, initialReadinessDelay: 30 * SECOND };
const TENTH = { down: 0.1, up: 0.1 };

/** A pod as the API has it; one that is not ready has never been. */
function podOf({ name, request, state }: NaivePod): Pod {
  const started = NOW - 10 * MINUTE;
  const ready = state === 'not ready' ? 'False' : 'True';
  const phase = state === 'pending' ? 'Pending' : state === 'failed' ? 'Failed' : 'Running';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(state === 'deleting' ? { deletionTimestamp: formatTime(NOW) } : {}) },
    spec: { containers: [{ name: 'app', resources: { requests: { cpu: `${request}m` } } }] },
    status: {
      phase,
      startTime: formatTime(started),
      conditions: [{ type: 'Ready', status: ready, lastTransitionTime: formatTime(started + 10 * SECOND) }],
    },
  } as unknown as Pod;
}

function questionOf(current: number, pods: readonly NaivePod[], tolerances: Question['tolerances']): Question {
  const metrics = new Map(
    pods.flatMap(({ name, usage }) =>
      usage === undefined ? [] : [[name, { timestamp: NOW - SECOND, window: 15 * SECOND, value: usage }] as const],
    ),
  );
  return { currentReplicas: current, tolerances, pods: pods.map(podOf), metrics, timing: TIMING };
}

function ours(current: number, pods: readonly NaivePod[], target: Target, percents: { down: number; up: number }) {
  const question = questionOf(current, pods, { down: percents.down / 100, up: percents.up / 100 });
  try {
    return 'each' in target
      ? averageReplicas(question, target.each, 'cpu').replicas
      : utilizationReplicas(question, { percent: target.percent, resource: 'cpu', container: '' }).replicas;
  } catch (error) {
    expect((error as Error).message).toMatch(/^(did not receive metrics for targeted pods|no pods returned)/);
    return undefined;
  }
}

const STATES = ['ready', 'ready', 'ready', 'ready', 'not ready', 'pending', 'failed', 'deleting'] as const;

function drawn(seed: number) {
  const random = createRandom(`autoscaler/${seed}`);
  const count = 1 + random.below(9);
  const pods = Array.from({ length: count }, (_, at): NaivePod => {
    const request = 50 * (1 + random.below(10));
    const state = STATES[random.below(STATES.length)] ?? 'ready';
    const isKnown = random.below(5) > 0 && state !== 'pending';
    return { name: `pod-${at}`, state, request, usage: isKnown ? random.below(3 * request) : undefined };
  });
  const target: Target = random.below(2) === 0 ? { percent: 10 + random.below(140) } : { each: 20 + random.below(600) };
  const percents = { down: random.below(20), up: random.below(20) };
  return { current: 1 + random.below(12), pods, target, percents };
}

describe('replicas that pods ask for', () => {
  test.each(Array.from({ length: 150 }, (_, seed) => seed))('agrees with the naive calculator on draw %i', (seed) => {
    const { current, pods, target, percents } = drawn(seed);
    expect(ours(current, pods, target, percents)).toBe(naiveReplicas(current, pods, target, percents));
  });

  test('the draws go everywhere: up, down, nowhere, and where nobody can say', () => {
    const ends = Array.from({ length: 150 }, (_, seed) => {
      const { current, pods, target, percents } = drawn(seed);
      const replicas = naiveReplicas(current, pods, target, percents);
      return replicas === undefined ? 'nobody' : Math.sign(replicas - current);
    });
    expect([...new Set(ends)].map(String).sort()).toEqual(['-1', '0', '1', 'nobody']);
  });
});

const ready = (name: string, usage: number, request = 100): NaivePod => ({ name, usage, request, state: 'ready' });

/** Worked out by hand from what Kubernetes documents. */
describe('what is told of use', () => {
  test.each([
    ['whole percent, rounded down', [ready('a', 33), ready('b', 34)], 50, 2, 33, 33],
    ['within a tenth nothing is done', [ready('a', 54), ready('b', 54)], 50, 2, 54, 54],
    ['beyond it everybody counts', [ready('a', 60), ready('b', 60)], 50, 3, 60, 60],
    ['requests weigh', [ready('a', 200, 400), ready('b', 90)], 50, 3, 58, 145],
  ])('%s', (_, pods, percent, replicas, used, average) => {
    const question = questionOf(2, pods, TENTH);
    const proposal = utilizationReplicas(question, { percent, resource: 'cpu', container: '' });
    expect(proposal).toEqual({ replicas, percent: used, average });
  });

  test.each([
    [100, 3, 3, 3],
    [200, 3, 3, 6],
    [109, 3, 3, 3],
    [50, 4, 3, 2],
    [50, 0, 0, 1],
    [0, 0, 0, 0],
    [350, 0, 0, 4],
  ])(
    '%i of 100 for all together, at %i replicas of which %i are ready, asks for %i',
    (usage, current, count, wanted) => {
      const pods = Array.from({ length: count }, (_, at) => podOf(ready(`pod-${at}`, 1)));
      expect(totalReplicas({ currentReplicas: current, tolerances: TENTH, pods }, usage, 100)).toBe(wanted);
    },
  );

  test.each([
    [3, 300, 100, { replicas: 3, average: 100 }],
    [3, 320, 100, { replicas: 3, average: 107 }],
    [3, 331, 100, { replicas: 4, average: 111 }],
    [3, 100, 100, { replicas: 1, average: 34 }],
  ])('%i replicas that use %i of %i each', (current, usage, target, proposal) => {
    expect(perReplicaReplicas(current, TENTH, usage, target)).toEqual(proposal);
  });

  test('who asks for nothing is named', () => {
    const of = (resource: string, container: string) => () =>
      utilizationReplicas(questionOf(1, [ready('a', 1)], TENTH), { percent: 50, resource, container });
    expect(of('memory', '')).toThrow('missing request for memory in container app of Pod a');
    expect(of('cpu', 'other')).toThrow('container other not found in Pod a');
  });
});

describe('young pods', () => {
  const at = (seconds: number, readyFor: number | undefined) => {
    const pod = podOf(ready('a', 1));
    const started = NOW - seconds * SECOND;
    const changed = readyFor === undefined ? started : NOW - readyFor * SECOND;
    return {
      ...pod,
      status: {
        phase: 'Running',
        startTime: formatTime(started),
        conditions: [
          { type: 'Ready', status: readyFor === undefined ? 'False' : 'True', lastTransitionTime: formatTime(changed) },
        ],
      },
    } as Pod;
  };
  const counts = (pod: Pod): boolean => {
    const metrics = new Map([['a', { timestamp: NOW - SECOND, window: 15 * SECOND, value: 300 }]]);
    try {
      averageReplicas({ currentReplicas: 1, tolerances: TENTH, pods: [pod], metrics, timing: TIMING }, 100, 'cpu');
      return true;
    } catch {
      return false;
    }
  };
  test.each([
    ['measured wholly after it became ready', at(60, 30), true],
    ['measured in part before it became ready', at(60, 10), false],
    ['not ready while it may still start', at(60, undefined), false],
    ['old and ready', at(600, 590), true],
    ['old and never ready', at(600, undefined), false],
  ])('%s', (_, pod, wanted) => {
    expect(counts(pod)).toBe(wanted);
  });
});
