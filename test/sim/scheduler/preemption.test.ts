import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import type { PodDisruptionBudget } from '../../../src/sim/api/types/policy.js';
import { createRandom } from '../../../src/sim/kernel/random.js';
import { place } from '../../../src/sim/scheduler/cycle.js';
import { fitErrorMessage } from '../../../src/sim/scheduler/fit-error.js';
import type { Cycle } from '../../../src/sim/scheduler/plugin.js';
import {
  type Candidate,
  type PreemptionResult,
  pickCandidate,
  preempt,
} from '../../../src/sim/scheduler/preemption/preempt.js';
import { DEFAULT_PROFILE } from '../../../src/sim/scheduler/profile.js';
import { cycle, info, node, pod, requesting } from './fixtures.js';

const NOBODY = { before: () => [] };

function attempt(of: Cycle, budgets: PodDisruptionBudget[] = []): { message: string; result: PreemptionResult } {
  const placement = place(DEFAULT_PROFILE, of, NOBODY, createRandom('1'));
  if (!('diagnosis' in placement)) throw new Error(`placed on ${placement.node}`);
  const result = preempt(DEFAULT_PROFILE, of, placement.diagnosis, NOBODY, budgets);
  return { result, message: fitErrorMessage(placement.diagnosis, 'message' in result ? result.message : '') };
}

const TAINTED = { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] };
const busy = (name: string, priority = 0, extra: Partial<Pod['metadata']> = {}): Pod => {
  const one = pod(name, { ...requesting({ cpu: '1500m' }), priority });
  return { ...one, metadata: { ...one.metadata, ...extra } };
};

describe('what FailedScheduling says', () => {
  it('counts reasons, and adds what preemption found (words of v1.36.0)', () => {
    const of = cycle(
      pod('p', requesting({ cpu: '1' })),
      info(node('cp', TAINTED)),
      info(node('a'), busy('x')),
      info(node('b'), busy('y')),
    );
    expect(attempt(of).message).toBe(
      '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. ' +
        'no new claims to deallocate, preemption: 0/3 nodes are available: ' +
        '1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.',
    );
  });

  it('knows that no eviction makes a node larger', () => {
    expect(attempt(cycle(pod('p', requesting({ memory: '100Gi' })), info(node('a')))).message).toBe(
      '0/1 nodes are available: 1 Insufficient memory. no new claims to deallocate, ' +
        'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    );
  });

  it('names the plugin that left nodes out', () => {
    const named = {
      ...requesting({ cpu: '1' }),
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] }],
          },
        },
      },
    };
    expect(attempt(cycle(pod('p', named), info(node('a'), busy('x')), info(node('b')))).message).toMatch(
      /^0\/2 nodes are available: 1 Insufficient cpu, 1 node\(s\) didn't satisfy plugin\(s\) \[NodeAffinity\]\. /,
    );
  });

  it('respects preemptionPolicy', () => {
    const polite = pod('p', { ...requesting({ cpu: '1' }), priority: 10, preemptionPolicy: 'Never' });
    expect(attempt(cycle(polite, info(node('a'), busy('x')))).message).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
    );
  });
});

describe('victims', () => {
  const victims = (result: PreemptionResult) =>
    'candidate' in result
      ? [result.candidate.node, ...result.candidate.victims.map((one) => one.metadata.name)]
      : undefined;

  it('are as few and as unimportant as can be', () => {
    const important = pod('p', { ...requesting({ cpu: '1' }), priority: 100 });
    const small = (name: string, priority: number) => pod(name, { ...requesting({ cpu: '500m' }), priority });
    const of = cycle(
      important,
      info(node('a'), small('a1', 1), small('a2', 2), small('a3', 3), small('a4', 4)),
      info(node('b'), busy('b1', 50)),
    );
    expect(victims(attempt(of).result)).toEqual(['a', 'a2', 'a1']);
  });

  it('are sought where no budget is broken', () => {
    const important = pod('p', { ...requesting({ cpu: '1' }), priority: 100 });
    const budget: PodDisruptionBudget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'b', namespace: 'default' },
      spec: { selector: { matchLabels: { app: 'guarded' } } },
      status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 },
    };
    const of = cycle(
      important,
      info(node('a'), busy('x', 0, { labels: { app: 'guarded' } })),
      info(node('b'), busy('y', 50)),
    );
    expect(victims(attempt(of, [budget]).result)).toEqual(['b', 'y']);
  });

  it('are chosen by broken budgets, priorities, number and start, in this order', () => {
    const candidate = (name: string, budgetViolations: number, ...pods: [number, string][]): Candidate => ({
      node: name,
      budgetViolations,
      victims: pods.map(([priority, startTime], index) => pod(`${name}${index}`, { priority }, { startTime })),
    });
    const early = '2026-01-01T00:00:00Z';
    const late = '2026-01-02T00:00:00Z';
    const rows: [string, Candidate[]][] = [
      ['b', [candidate('a', 1, [0, early]), candidate('b', 0, [9, early])]],
      ['b', [candidate('a', 0, [5, early]), candidate('b', 0, [4, early])]],
      ['a', [candidate('a', 0, [5, early]), candidate('b', 0, [5, early], [1, early])]],
      ['b', [candidate('a', 0, [5, early]), candidate('b', 0, [5, late])]],
      ['a', [candidate('a', 0, [5, early]), candidate('b', 0, [5, early])]],
    ];
    for (const [expected, candidates] of rows) expect(pickCandidate(candidates)?.node).toBe(expected);
  });
});
