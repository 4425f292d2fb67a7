import { describe, expect, it } from 'vitest';
import { selectorFromMap } from '../../../src/sim/api/labels.js';
import type { JsonObject } from '../../../src/sim/api/object.js';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import { readYaml } from '../../../src/sim/api/yaml/read.js';
import { allocationScore } from '../../../src/sim/scheduler/allocation.js';
import { feasibleEnough, newCycle } from '../../../src/sim/scheduler/cycle.js';
import { checkWithNominated, prepareFilters } from '../../../src/sim/scheduler/filtering.js';
import type { NodeInfo } from '../../../src/sim/scheduler/node-info.js';
import { podInfo } from '../../../src/sim/scheduler/pod-info.js';
import { DEFAULT_PROFILE } from '../../../src/sim/scheduler/profile.js';
import { readProfiles } from '../../../src/sim/scheduler/profile-config.js';
import { info, node, pod, requesting } from './fixtures.js';

const SIBLINGS = selectorFromMap({ app: 'a' });

const read = (yaml: string, percentage = 0) => readProfiles(readYaml(yaml) as unknown as JsonObject[], percentage);
const names = (plugins: readonly { name: string }[]) => plugins.map(({ name }) => name);
const weights = (yaml: string) =>
  Object.fromEntries(read(yaml)[0]?.scoring.map(({ plugin, weight }) => [plugin.name, weight]) ?? []);

/** What the only plugin that speaks says of nodes, by a profile's arguments for it. */
function refusals(args: string, one: Pod, ...nodes: NodeInfo[]): (string | undefined)[] {
  const [profile] = read(`- pluginConfig: [${args}]`);
  const cycle = newCycle(podInfo(one), nodes, { namespaceLabels: () => ({}), siblingSelector: () => SIBLINGS });
  const filters = prepareFilters(profile?.filtering ?? [], cycle);
  return nodes.map((each) => checkWithNominated([], filters, cycle, each, { before: () => [] })?.refusal.reasons[0]);
}

describe("plugins' arguments", () => {
  const east = node('east', {}, { zone: 'east' });
  const bare = node('bare');
  it.each<[string, string, Pod, (string | undefined)[]]>([
    [
      'an affinity for every pod',
      '{name: NodeAffinity, args: {addedAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: Exists}]}]}}}}',
      pod('p'),
      [undefined, "node(s) didn't match scheduler-enforced node affinity"],
    ],
    [
      'resources that do not count',
      '{name: NodeResourcesFit, args: {ignoredResources: [example.com/a]}}',
      pod('p', requesting({ 'example.com/a': '1' })),
      [undefined, undefined],
    ],
    [
      'groups of resources that do not count',
      '{name: NodeResourcesFit, args: {ignoredResourceGroups: [example.com]}}',
      pod('p', requesting({ 'example.com/a': '1', 'example.org/b': '1' })),
      ['Insufficient example.org/b', 'Insufficient example.org/b'],
    ],
    [
      'constraints for pods that have none',
      '{name: PodTopologySpread, args: {defaultingType: List, defaultConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]}}',
      pod('p'),
      [undefined, "node(s) didn't match pod topology spread constraints (missing required label)"],
    ],
  ])('are %s', (_, args, one, wanted) => {
    expect(refusals(args, one, info(east), info(bare))).toEqual(wanted);
  });

  it('are refused where they contradict each other', () => {
    expect(() => read('- pluginConfig: [{name: PodTopologySpread, args: {defaultConstraints: [{}]}}]')).toThrow(
      'profiles[0].pluginConfig[0].args.defaultingType: Invalid value: "System": when .defaultConstraints are not empty',
    );
  });
});

describe('profiles of a configuration', () => {
  it('is the usual one when nothing is said', () => {
    const [only] = read('- {}');
    expect(only?.schedulerName).toBe('default-scheduler');
    expect(names(only?.filtering ?? [])).toEqual(names(DEFAULT_PROFILE.filtering.filter((one) => one.prepareFilter)));
    expect(only?.scoring.map(({ plugin, weight }) => [plugin.name, weight])).toEqual(
      DEFAULT_PROFILE.scoring.map(({ plugin, weight }) => [plugin.name, weight]),
    );
  });

  it.each([
    [
      'a weight',
      '- plugins: {score: {enabled: [{name: ImageLocality, weight: 9}]}}',
      { ImageLocality: 9, TaintToleration: 3 },
    ],
    [
      'a weight at all points',
      '- plugins: {multiPoint: {enabled: [{name: NodeAffinity, weight: 7}]}}',
      { NodeAffinity: 7 },
    ],
  ])('reads %s', (_, yaml, wanted) => {
    expect(weights(yaml)).toMatchObject(wanted);
  });

  it.each([
    ['one is off', '- plugins: {score: {disabled: [{name: NodeAffinity}]}}', ['NodeAffinity']],
    ['one is off at all points', '- plugins: {multiPoint: {disabled: [{name: TaintToleration}]}}', ['TaintToleration']],
    ['all are off', '- plugins: {score: {disabled: [{name: "*"}]}}', Object.keys(weights('- {}'))],
  ])('does not score where %s', (_, yaml, gone) => {
    expect(Object.keys(weights('- {}')).filter((name) => !(name in weights(yaml)))).toEqual(gone);
  });

  it('keeps a plugin that is off for scores in its filters, and the other way round', () => {
    const [scores] = read('- plugins: {score: {disabled: [{name: NodeResourcesFit}]}}');
    expect(names(scores?.filtering ?? [])).toContain('NodeResourcesFit');
    const [filters] = read('- plugins: {filter: {disabled: [{name: NodeResourcesFit}]}}');
    expect(names(filters?.filtering ?? [])).not.toContain('NodeResourcesFit');
    expect(names(filters?.scoring.map(({ plugin }) => plugin) ?? [])).toContain('NodeResourcesFit');
  });

  it('has several, each with its own', () => {
    const yaml =
      '[{schedulerName: a}, {schedulerName: b, percentageOfNodesToScore: 30, plugins: {postFilter: {disabled: [{name: "*"}]}}}]';
    const profiles = read(yaml, 50);
    expect(profiles.map(({ percentageOfNodesToScore }) => percentageOfNodesToScore)).toEqual([50, 30]);
    expect(profiles.map(({ preempts, claims }) => [preempts, claims])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it.each([
    [
      '[{schedulerName: a}, {schedulerName: a}]',
      'profiles[1].schedulerName: Duplicate value: "profiles[0].schedulerName"',
    ],
    ['[{schedulerName: a}, {}]', 'profiles[1].schedulerName: Required value'],
    [
      '- plugins: {bind: {disabled: [{name: "*"}]}}',
      'initializing profiles: creating profile for scheduler name default-scheduler: at least one bind plugin is needed for profile with scheduler name "default-scheduler"',
    ],
  ])('refuses %s', (yaml, message) => {
    expect(() => read(yaml)).toThrow(message);
  });

  it.each([
    [50, 0, 50],
    [99, 10, 99],
    [1000, 0, 420],
    [5000, 0, 500],
    [6000, 0, 300],
    [500, 10, 100],
    [1000, 30, 300],
  ])('of %i nodes at %i per cent takes %i that fit', (count, percentage, enough) => {
    expect(feasibleEnough(count, percentage)).toBe(enough);
  });
});

describe('how full nodes are scored', () => {
  const resources = [
    { name: 'cpu', weight: 1 },
    { name: 'memory', weight: 1 },
  ];
  const shape = [
    { utilization: 0, score: 0 },
    { utilization: 100, score: 10 },
  ];
  const taken = info(
    node('n', {}, {}, { cpu: '4', memory: '4Gi', pods: '10' }),
    pod('a', requesting({ cpu: '1', memory: '1Gi' })),
  );
  const coming = podInfo(pod('p', requesting({ cpu: '1', memory: '2Gi' })));

  it.each([
    ['LeastAllocated', 37],
    ['MostAllocated', 62],
    ['RequestedToCapacityRatio', 63],
  ] as const)('by %s', (type, score) => {
    expect(allocationScore({ type, resources, shape }, coming, taken)).toBe(score);
  });

  it('counts a resource by its weight, and leaves out one that the pod does not ask for', () => {
    const weighted = [
      { name: 'cpu', weight: 3 },
      { name: 'memory', weight: 1 },
      { name: 'example.com/gpu', weight: 9 },
    ];
    expect(allocationScore({ type: 'LeastAllocated', resources: weighted, shape }, coming, taken)).toBe(43);
  });
});
