import { describe, expect, test } from 'vitest';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import {
  AGGREGATION_DEFAULTS,
  Aggregate,
  ContainerSamples,
} from '../../../src/sim/images/vertical-pod-autoscaler/aggregate.js';
import { fitToPod } from '../../../src/sim/images/vertical-pod-autoscaler/cap.js';
import { ESTIMATE_DEFAULTS, recommend } from '../../../src/sim/images/vertical-pod-autoscaler/estimate.js';
import { CPU_BUCKETS, DecayingHistogram } from '../../../src/sim/images/vertical-pod-autoscaler/histogram.js';
import { Restriction } from '../../../src/sim/images/vertical-pod-autoscaler/restriction.js';
import type { Autoscaler } from '../../../src/sim/images/vertical-pod-autoscaler/types.js';
import { createRandom } from '../../../src/sim/kernel/random.js';
import { HOUR, MINUTE, type Micros } from '../../../src/sim/kernel/time.js';

const START = Date.UTC(2026, 0, 15, 7, 30) * 1000;
const DAY = 24 * HOUR;
const GROWTH = 1.05;

interface Sample {
  readonly at: Micros;
  readonly value: number;
}

/** The edges of buckets, one after another: each is wider than the one before it. */
function edges(first: number, most: number): number[] {
  const found = [0];
  for (let width = first; (found.at(-1) as number) < most * 2; width *= GROWTH)
    found.push((found.at(-1) as number) + width);
  return found;
}

/** The second calculator: sorts all samples, and weighs each by its age, with nothing put into buckets before. */
function naivePercentile(samples: readonly Sample[], part: number, first: number, most: number): number {
  if (samples.length === 0) return 0;
  const last = Math.max(...samples.map(({ at }) => at));
  const weight = ({ at }: Sample) => 0.5 ** ((last - at) / DAY);
  const ends = edges(first, most);
  const sorted = [...samples].sort((one, other) => one.value - other.value);
  const total = sorted.reduce((sum, sample) => sum + weight(sample), 0);
  let sum = 0;
  const end = (value: number) => ends.find((edge) => edge > value) as number;
  for (const sample of sorted) {
    sum += weight(sample);
    const rest = sorted.filter((other) => end(other.value) === end(sample.value));
    // A bucket counts as a whole.
    if (sample === rest.at(-1) && sum >= part * total * (1 - 1e-12)) return end(sample.value);
  }
  return end((sorted.at(-1) as Sample).value);
}

/** The highest sample of each day from the first one on, at the end of that day. */
function naivePeaks(samples: readonly Sample[]): Sample[] {
  const first = samples[0]?.at ?? 0;
  const peaks = new Map<number, number>();
  for (const { at, value } of samples) {
    const day = Math.floor((at - first) / DAY);
    peaks.set(day, Math.max(peaks.get(day) ?? 0, value));
  }
  return [...peaks].map(([day, value]) => ({ at: first + (day + 1) * DAY, value }));
}

function millicores(value: number): number {
  const used = Math.trunc(value * 1000);
  return used + Math.trunc(used * 0.15);
}

describe('recommendations', () => {
  test.each(Array.from({ length: 60 }, (_, index) => index))(
    'agree with all samples sorted and weighed, draw %i',
    (draw) => {
      const random = createRandom(`vpa ${draw}`);
      const history = new Aggregate(AGGREGATION_DEFAULTS);
      const container = new ContainerSamples(AGGREGATION_DEFAULTS);
      const cpu: Sample[] = [];
      const memory: Sample[] = [];
      const steps = 20 + random.below(600);
      const pace = (1 + random.below(30)) * MINUTE;
      let at = START;
      for (let step = 0; step < steps; step += 1) {
        at += pace + random.below(20) * 1_000_000;
        const cores = (random.below(100) < 10 ? 4 : 0.4) * (random.below(1000) / 1000);
        const bytes = 20e6 + random.below(2_000_000_000);
        container.addCpu(history, cores, at);
        container.addMemory(history, bytes, at);
        cpu.push({ at, value: cores });
        memory.push({ at, value: bytes });
      }
      const [found] = recommend(ESTIMATE_DEFAULTS, new Map([['main', { history }]]));
      const wanted = (part: number) => Math.max(25, millicores(naivePercentile(cpu, part, 0.01, 1000)));
      expect(found?.target['cpu']).toBe(amount(wanted(0.9)));
      const peak = Math.trunc(naivePercentile(naivePeaks(memory), 0.9, 1e7, 1e12));
      expect(Number(bytesOf(found?.target['memory']))).toBe(Math.max(262_144_000, peak + Math.trunc(peak * 0.15)));
      // The bounds: the median and 95 of 100, drawn apart by how little is known.
      const days = Math.min(((cpu.at(-1) as Sample).at - (cpu[0] as Sample).at) / DAY, steps / 1440);
      const upper = Math.trunc(millicores(naivePercentile(cpu, 0.95, 0.01, 1000)) * (1 + 1 / days));
      const lower = Math.trunc(millicores(naivePercentile(cpu, 0.5, 0.01, 1000)) * (1 + 0.001 / days) ** -2);
      expect(found?.upperBound?.['cpu']).toBe(amount(Math.max(25, upper)));
      expect(found?.lowerBound?.['cpu']).toBe(amount(Math.max(25, lower)));
    },
  );

  test('without history there is no upper bound, and the least of a pod is shared by its containers', () => {
    const history = new Aggregate(AGGREGATION_DEFAULTS);
    history.addCpu(0.001, START);
    const both = recommend(
      ESTIMATE_DEFAULTS,
      new Map([
        ['b', { history, resources: ['cpu'] }],
        ['a', { history }],
      ]),
    );
    expect(both.map(({ containerName, target }) => [containerName, target])).toEqual([
      ['a', { cpu: '12m', memory: '131072k' }],
      ['b', { cpu: '12m' }],
    ]);
    expect(both[0]?.upperBound).toEqual({ cpu: '9223372036854775807m', memory: '131072k' });
  });

  test('a container killed for want of memory is taken to need more', () => {
    const history = new Aggregate(AGGREGATION_DEFAULTS);
    const container = new ContainerSamples(AGGREGATION_DEFAULTS);
    history.addCpu(0.1, START);
    container.addMemory(history, 100e6, START);
    const memory = () =>
      Number(bytesOf(recommend(ESTIMATE_DEFAULTS, new Map([['c', { history }]]))[0]?.target['memory']));
    const before = memory();
    expect(container.addOom(history, 400e6, START + HOUR, () => {})).toBeUndefined();
    expect(before).toBe(262_144_000);
    expect(memory()).toBeGreaterThan((400e6 + 100 * 1_048_576) * 1.15);
    expect(container.addOom(history, 1, START - 25 * HOUR, () => {})).toContain('too old');
  });

  test('a checkpoint is taken up where it was left', () => {
    const one = new DecayingHistogram(CPU_BUCKETS, DAY);
    for (let step = 0; step < 300; step += 1) one.add((step % 37) / 50, 0.1, START + step * 20 * MINUTE);
    const kept = one.toCheckpoint();
    const other = new DecayingHistogram(CPU_BUCKETS, DAY);
    other.load(kept, Date.parse(kept.referenceTimestamp ?? '') * 1000);
    for (const part of [0.1, 0.5, 0.9, 0.95]) expect(other.percentile(part)).toBeCloseTo(one.percentile(part), 6);
  });
});

function amount(milli: number): string {
  return milli % 1000 === 0 ? `${milli / 1000}` : `${milli}m`;
}

function bytesOf(text = ''): string {
  return text.replace(/k$/, '000').replace(/M$/, '000000').replace(/G$/, '000000000');
}

const pod = (name: string, resources: object = {}, phase = 'Running'): Pod =>
  ({
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', uid: 'rs', controller: true }],
    },
    spec: { containers: [{ name: 'c', image: 'x', resources }] },
    status: { phase },
  }) as unknown as Pod;

describe('what is recommended is fitted to a pod', () => {
  const rows: [string, object, object, object, object][] = [
    ['nothing in the way', {}, { cpu: '100m', memory: '1Gi' }, {}, { cpu: '100m', memory: '1Gi' }],
    ['minAllowed', {}, { cpu: '100m' }, { minAllowed: { cpu: '0.25' } }, { cpu: '250m' }],
    ['maxAllowed', {}, { cpu: '2' }, { maxAllowed: { cpu: '1' } }, { cpu: '1' }],
    [
      'a limit, when requests alone are changed',
      { limits: { cpu: '500m' } },
      { cpu: '2' },
      { controlledValues: 'RequestsOnly' },
      { cpu: '500m' },
    ],
    ['no limit, when both are changed', { limits: { cpu: '500m' } }, { cpu: '2' }, {}, { cpu: '2' }],
  ];
  test.each(rows)('%s', (_, resources, target, policy, wanted) => {
    const autoscaler = {
      metadata: { name: 'v' },
      spec: { resourcePolicy: { containerPolicies: [{ containerName: '*', ...policy }] } },
      status: { recommendation: { containerRecommendations: [{ containerName: 'c', target }] } },
    } as unknown as Autoscaler;
    expect(fitToPod(autoscaler, pod('p', resources), []).recommendations[0]?.target).toEqual(wanted);
  });
});

describe('how many pods of a controller may go at a time', () => {
  const rows: [live: number, wanted: number, least: number, tolerance: number, gone: number][] = [
    [1, 1, 2, 0.5, 0],
    [1, 1, 1, 0.5, 1],
    [2, 2, 2, 0.5, 1],
    [3, 3, 2, 0.5, 1],
    [4, 4, 2, 0.5, 2],
    [10, 10, 2, 0.5, 5],
    [10, 10, 2, 0.1, 1],
    [3, 4, 2, 0.5, 1],
    [2, 4, 2, 0.5, 0],
  ];
  test.each(rows)('%i of %i alive, least %i, tolerance %d: %i', (live, wanted, least, tolerance, gone) => {
    const pods = Array.from({ length: live }, (_, index) => pod(`p${index}`));
    const restriction = new Restriction(pods, least, tolerance, () => wanted, new Map());
    let count = 0;
    for (const each of pods) {
      if (!restriction.mayEvict(each, START)) continue;
      restriction.evicted(each);
      count += 1;
    }
    expect(count).toBe(gone);
  });
});
