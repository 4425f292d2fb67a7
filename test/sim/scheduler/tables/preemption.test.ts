import { describe, expect, it } from 'vitest';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import type { PodDisruptionBudget } from '../../../../src/sim/api/types/policy.js';
import { createRandom, type Random } from '../../../../src/sim/kernel/random.js';
import { place } from '../../../../src/sim/scheduler/cycle.js';
import { type Candidate, preempt } from '../../../../src/sim/scheduler/preemption/preempt.js';
import { DEFAULT_PROFILE } from '../../../../src/sim/scheduler/profile.js';
import { cycle, info, node, pod, requesting } from '../fixtures.js';

const ROWS = 120;
const NODE_CPU = 4000;
const NOBODY = { before: () => [] };

interface Standing {
  readonly name: string;
  readonly on: string;
  readonly cpu: number;
  readonly priority: number;
  readonly started: number;
  readonly guarded: boolean;
}

interface Row {
  readonly nodes: readonly string[];
  readonly standing: readonly Standing[];
  readonly wanted: number;
  readonly priority: number;
  /** How many guarded pods may go. */
  readonly allowed: number;
}

function row(number: number): Row {
  const random = createRandom(`preemption/${number}`);
  const nodes = Array.from({ length: 1 + random.below(3) }, (_, at) => `n${at}`);
  const standing = nodes.flatMap((on) => drawStanding(random, on));
  const [wanted, priority] = [random.pick([1000, 1500, 2500, 3500, 4500]), random.pick([5, 10, 20])];
  return { nodes, standing, wanted, priority, allowed: random.below(3) };
}

/** Pods that fill a node, each with a start of its own. */
function drawStanding(random: Random, on: string): Standing[] {
  const all: Standing[] = [];
  for (let left = NODE_CPU, at = 0; left > 400 && at < 6; at += 1) {
    const cpu = Math.min(left, random.pick([500, 900, 1300, 2000]));
    left -= cpu;
    const started = at * 10 + random.below(10);
    all.push({
      name: `${on}-${at}`,
      on,
      cpu,
      priority: random.pick([0, 5, 10, 20]),
      started,
      guarded: random.below(3) === 0,
    });
  }
  return all;
}

interface Outcome {
  readonly node: string;
  readonly victims: readonly Standing[];
  readonly broken: number;
}

/**
 * Who has to go from a node, found by trying every set of pods that may go: of the sets that leave room, the one that
 * spares the pods that matter most, those first whose budgets would be broken.
 */
function outcomeOn(on: string, { standing, wanted, priority, allowed }: Row): Outcome | undefined {
  const here = standing.filter((one) => one.on === on);
  const mayGo = here.filter((one) => one.priority < priority);
  if (mayGo.length === 0) return undefined;
  const byImportance = [...mayGo].sort((a, b) => b.priority - a.priority || a.started - b.started);
  const guarded = byImportance.filter((one) => one.guarded);
  const breaking = guarded.slice(allowed);
  const order = [...breaking, ...byImportance.filter((one) => !breaking.includes(one))];
  const free = NODE_CPU - here.reduce((sum, one) => sum + one.cpu, 0);
  let best: { spared: string; victims: Standing[] } | undefined;
  for (let set = 0; set < 2 ** order.length; set += 1) {
    const victims = order.filter((_, at) => (set >> at) % 2 === 1);
    if (free + victims.reduce((sum, one) => sum + one.cpu, 0) < wanted) continue;
    const spared = order.map((one) => (victims.includes(one) ? '0' : '1')).join('');
    if (!best || spared > best.spared) best = { spared, victims };
  }
  if (!best) return undefined;
  const { victims } = best;
  return { node: on, victims, broken: victims.filter((one) => breaking.includes(one)).length };
}

/** Less is worse in none and better in the first that differs: what is compared of two nodes. */
function pains({ victims, broken }: Outcome): number[] {
  const highest = Math.max(...victims.map(({ priority }) => priority));
  const sum = victims.reduce((total, { priority }) => total + priority + 2 ** 31, 0);
  const earliest = Math.min(...victims.filter(({ priority }) => priority === highest).map(({ started }) => started));
  return [broken, highest, sum, victims.length, -earliest];
}

function judge(given: Row): Outcome | undefined {
  const outcomes = given.nodes.flatMap((on) => outcomeOn(on, given) ?? []);
  return outcomes.sort((a, b) => {
    const [left, right] = [pains(a), pains(b)];
    const at = left.findIndex((pain, index) => pain !== right[index]);
    return at < 0 ? 0 : (left[at] as number) - (right[at] as number);
  })[0];
}

function podOf({ name, cpu, priority, started, guarded }: Standing): Pod {
  const startTime = `2026-01-01T00:${String(started).padStart(2, '0')}:00Z`;
  return pod(
    name,
    { ...requesting({ cpu: `${cpu}m` }), priority },
    { startTime, labels: guarded ? { guarded: 'yes' } : {} },
  );
}

function ours(given: Row): Candidate | string {
  const infos = given.nodes.map((name) => {
    const pods = given.standing.filter(({ on }) => on === name).map(podOf);
    return info(node(name, {}, {}, { cpu: `${NODE_CPU}m`, memory: '8Gi', pods: '20' }), ...pods);
  });
  const of = cycle(pod('high', { ...requesting({ cpu: `${given.wanted}m` }), priority: given.priority }), ...infos);
  const budget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'b', namespace: 'default' },
    spec: { selector: { matchLabels: { guarded: 'yes' } } },
    status: { disruptionsAllowed: given.allowed },
  } as unknown as PodDisruptionBudget;
  const placement = place(DEFAULT_PROFILE, of, NOBODY, createRandom('1'));
  if ('node' in placement) return 'fits';
  const result = preempt(DEFAULT_PROFILE, of, placement.diagnosis, NOBODY, [budget]);
  return 'candidate' in result ? result.candidate : 'nobody';
}

describe('who is pushed out, judged twice', () => {
  const kinds = { fits: 0, nobody: 0, pushed: 0 };

  it.each(Array.from({ length: ROWS }, (_, number) => number))('row %i', (number) => {
    const given = row(number);
    const room = given.nodes.some(
      (name) =>
        given.standing.filter(({ on }) => on === name).reduce((sum, { cpu }) => sum + cpu, 0) + given.wanted <=
        NODE_CPU,
    );
    const outcome = ours(given);
    if (room) {
      kinds.fits += 1;
      return expect(outcome).toBe('fits');
    }
    const judged = judge(given);
    if (!judged) {
      kinds.nobody += 1;
      return expect(outcome).toBe('nobody');
    }
    kinds.pushed += 1;
    const { node: on, victims, budgetViolations } = outcome as Candidate;
    expect({ on, broken: budgetViolations, victims: victims.map(({ metadata }) => metadata.name).sort() }).toEqual({
      on: judged.node,
      broken: judged.broken,
      victims: judged.victims.map(({ name }) => name).sort(),
    });
  });

  it('has enough rows in which somebody goes', () => {
    expect(kinds.pushed).toBeGreaterThanOrEqual(50);
    expect(kinds.nobody).toBeGreaterThan(0);
  });
});
