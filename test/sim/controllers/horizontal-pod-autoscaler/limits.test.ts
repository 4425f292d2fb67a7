import { describe, expect, test } from 'vitest';
import type { ScalingRules } from '../../../../src/sim/api/types/autoscaling.js';
import {
  rememberScaling,
  stabilizedByBehavior,
  stabilizedDown,
  withinPolicies,
  withinRange,
} from '../../../../src/sim/controllers/horizontal-pod-autoscaler/limits.js';
import type { Memory } from '../../../../src/sim/controllers/horizontal-pod-autoscaler/memory.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';

const NOW = Date.UTC(2026, 0, 15) * 1000;
const memory = (): Memory => ({ recommendations: [], ups: [], downs: [] });
const remembering = (...earlier: readonly (readonly [ago: number, replicas: number])[]): Memory => ({
  ...memory(),
  recommendations: earlier.map(([ago, replicas]) => ({ replicas, at: NOW - ago * SECOND })),
});

describe('without a behaviour', () => {
  test.each([
    [[[299, 8]], 3, 8],
    [[[300, 8]], 3, 8],
    [[[301, 8]], 3, 3],
    [[[10, 2]], 3, 3],
    [
      [
        [200, 5],
        [100, 7],
        [400, 9],
      ],
      3,
      7,
    ],
  ] as const)('after recommendations %j, %i becomes %i', (earlier, desired, stable) => {
    expect(stabilizedDown(remembering(...earlier), desired, 300 * SECOND, NOW)).toBe(stable);
  });

  test('what is too old makes room for what is new', () => {
    const known = remembering([400, 9], [100, 7], [500, 1]);
    stabilizedDown(known, 3, 300 * SECOND, NOW);
    expect(known.recommendations.map(({ replicas }) => replicas)).toEqual([9, 7, 3]);
  });

  test.each([
    [{ current: 1, desired: 9, min: 1, max: 10 }, 4, 'ScaleUpLimit'],
    [{ current: 3, desired: 9, min: 1, max: 10 }, 6, 'ScaleUpLimit'],
    [{ current: 5, desired: 11, min: 1, max: 10 }, 10, 'TooManyReplicas'],
    [{ current: 5, desired: 1, min: 2, max: 10 }, 2, 'TooFewReplicas'],
    [{ current: 5, desired: 4, min: 2, max: 10 }, 4, 'DesiredWithinRange'],
  ])('%j comes to %i: %s', (wish, replicas, reason) => {
    expect(withinRange(wish)).toMatchObject({ replicas, reason });
  });
});

const rules = (
  ...policies: readonly (readonly [type: string, value: number, periodSeconds: number])[]
): ScalingRules => ({
  selectPolicy: 'Max',
  stabilizationWindowSeconds: 0,
  policies: policies.map(([type, value, periodSeconds]) => ({ type, value, periodSeconds })),
});
const changed = (...events: readonly (readonly [ago: number, change: number])[]) =>
  events.map(([ago, change]) => ({ change, at: NOW - ago * SECOND }));

describe('policies', () => {
  const many = { min: 1, max: 100 };
  test.each([
    ['pods', rules(['Pods', 4, 60]), [], 10, 30, 14, 'ScaleUpLimit'],
    ['percent rounds up', rules(['Percent', 15, 60]), [], 10, 30, 12, 'ScaleUpLimit'],
    ['the most counts', rules(['Pods', 4, 60], ['Percent', 100, 15]), [], 10, 30, 20, 'ScaleUpLimit'],
    [
      'the least counts',
      { ...rules(['Pods', 4, 60], ['Percent', 100, 15]), selectPolicy: 'Min' },
      [],
      10,
      30,
      14,
      'ScaleUpLimit',
    ],
    ['none at all', { ...rules(['Pods', 4, 60]), selectPolicy: 'Disabled' }, [], 10, 30, 10, 'ScaleUpLimit'],
    ['what was added in the period counts', rules(['Pods', 4, 60]), [[30, 3]], 13, 30, 14, 'ScaleUpLimit'],
    ['a period that is used up', rules(['Pods', 4, 60]), [[30, 4]], 14, 30, 14, 'ScaleUpLimit'],
    ['a period that has just passed', rules(['Pods', 4, 60]), [[60, 4]], 14, 30, 18, 'ScaleUpLimit'],
    ['the maximum counts, too', rules(['Pods', 400, 60]), [], 10, 130, 100, 'TooManyReplicas'],
  ] as const)('up: %s', (_, scaleUp, ups, current, desired, replicas, reason) => {
    const known = { ...memory(), ups: changed(...ups) };
    const behavior = { scaleUp: scaleUp as ScalingRules, scaleDown: rules(['Percent', 100, 15]) };
    expect(withinPolicies(known, { current, desired, ...many }, behavior, NOW)).toMatchObject({ replicas, reason });
  });

  test.each([
    ['pods', rules(['Pods', 2, 60]), [], 10, 1, 8, 'ScaleDownLimit'],
    ['percent rounds towards fewer', rules(['Percent', 15, 60]), [], 10, 1, 8, 'ScaleDownLimit'],
    ['the most counts', rules(['Pods', 2, 60], ['Percent', 50, 60]), [], 10, 1, 5, 'ScaleDownLimit'],
    [
      'the least counts',
      { ...rules(['Pods', 2, 60], ['Percent', 50, 60]), selectPolicy: 'Min' },
      [],
      10,
      1,
      8,
      'ScaleDownLimit',
    ],
    ['none at all', { ...rules(['Pods', 2, 60]), selectPolicy: 'Disabled' }, [], 10, 1, 10, 'ScaleDownLimit'],
    ['what was taken away in the period counts', rules(['Pods', 2, 60]), [[59, 1]], 9, 1, 8, 'ScaleDownLimit'],
    ['the minimum counts, too', rules(['Percent', 100, 15]), [], 10, 0, 1, 'TooFewReplicas'],
    ['as many as wanted', rules(['Percent', 100, 15]), [], 10, 4, 4, 'DesiredWithinRange'],
  ] as const)('down: %s', (_, scaleDown, downs, current, desired, replicas, reason) => {
    const known = { ...memory(), downs: changed(...downs) };
    const behavior = { scaleUp: rules(['Pods', 4, 15]), scaleDown: scaleDown as ScalingRules };
    expect(withinPolicies(known, { current, desired, ...many }, behavior, NOW)).toMatchObject({ replicas, reason });
  });

  test('changes are remembered as long as a policy asks for them', () => {
    const known = { ...memory(), ups: changed([61, 4], [10, 1]) };
    rememberScaling(known, { scaleUp: rules(['Pods', 4, 60]), scaleDown: rules() }, 5, 8, NOW);
    expect(known.ups.map(({ change }) => change)).toEqual([3, 1]);
    rememberScaling(known, { scaleUp: rules(), scaleDown: rules(['Pods', 1, 60]) }, 8, 2, NOW);
    expect(known.downs.map(({ change }) => change)).toEqual([6]);
  });
});

describe('windows of a behaviour', () => {
  const windows = (up: number, down: number) => ({
    scaleUp: { ...rules(['Pods', 4, 15]), stabilizationWindowSeconds: up },
    scaleDown: { ...rules(['Pods', 4, 15]), stabilizationWindowSeconds: down },
  });
  test.each([
    ['up at once', windows(0, 300), [[10, 3]], 3, 9, 9, 'ScaleUpStabilized'],
    ['up only when the lowest of a window says so', windows(60, 300), [[10, 4]], 3, 9, 4, 'ScaleUpStabilized'],
    ['up when the window has passed', windows(60, 300), [[60, 4]], 3, 9, 9, 'ScaleUpStabilized'],
    ['down only when the highest of a window says so', windows(0, 300), [[200, 7]], 9, 2, 7, 'ScaleDownStabilized'],
    ['down at once', windows(0, 0), [[10, 7]], 9, 2, 2, 'ScaleDownStabilized'],
    [
      'kept between both',
      windows(60, 60),
      [
        [10, 2],
        [20, 9],
      ],
      5,
      7,
      5,
      'ScaleUpStabilized',
    ],
  ] as const)('%s', (_, behavior, earlier, current, desired, replicas, reason) => {
    const wish = { current, desired, min: 1, max: 100 };
    expect(stabilizedByBehavior(remembering(...earlier), wish, behavior, NOW)).toMatchObject({ replicas, reason });
  });
});
