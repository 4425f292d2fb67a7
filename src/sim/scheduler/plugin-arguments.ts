import type { JsonObject } from '../api/object.js';

import type { NodeAffinity, TopologySpreadConstraint } from '../api/types/scheduling.js';
import { type ScoredResource, type ScoringStrategy, USUAL_RESOURCES } from './allocation.js';
import { ArgumentError, ConfigError, listOf, numberOf, objectOf, textOf } from './config-values.js';
import type { Plugin } from './plugin.js';
import { interPodAffinityWith, USUAL_AFFINITY } from './plugins/inter-pod-affinity.js';
import { nodeAffinityWith } from './plugins/node-affinity.js';
import { nodeResourcesBalancedOf } from './plugins/node-resources-balanced.js';
import { LEAST_ALLOCATED, nodeResourcesFitBy } from './plugins/node-resources-fit.js';
import { podTopologySpreadBy } from './plugins/pod-topology-spread.js';

/** The plugins that a profile's `pluginConfig` alters, made by their arguments, which stand at `path` of the file. Throws `ConfigError`. */
export const PLUGINS_BY_ARGUMENTS: Readonly<Record<string, (args: JsonObject, path: string) => Plugin>> = {
  InterPodAffinity: (args) =>
    interPodAffinityWith({
      hardPodAffinityWeight: numberOf(args['hardPodAffinityWeight'], USUAL_AFFINITY.hardPodAffinityWeight),
      ignorePreferredTermsOfExistingPods: args['ignorePreferredTermsOfExistingPods'] === true,
    }),
  NodeAffinity: (args) => nodeAffinityWith(objectOf(args['addedAffinity']) as NodeAffinity),
  NodeResourcesBalancedAllocation: (args) => nodeResourcesBalancedOf(resourcesOf(args['resources'])),
  NodeResourcesFit: (args) => nodeResourcesFitBy(strategyOf(objectOf(args['scoringStrategy'])), ignoredBy(args)),
  PodTopologySpread: (args, path) => podTopologySpreadBy(defaultConstraints(args, path)),
};

/** Only a list that is meant to be one counts: it may be empty, and then nothing is spread by itself. */
function defaultConstraints(args: JsonObject, path: string): TopologySpreadConstraint[] | undefined {
  const given = listOf(args['defaultConstraints']) as unknown as TopologySpreadConstraint[];
  if (textOf(args['defaultingType']) === 'List') return given;
  if (given.length > 0)
    throw new ArgumentError(`${path}.defaultingType: Invalid value: "System": when .defaultConstraints are not empty`);
  return undefined;
}

/** Extended resources that are named, or whose group is. */
function ignoredBy(args: JsonObject): (resource: string) => boolean {
  const texts = (value: unknown): Set<unknown> => new Set(Array.isArray(value) ? value : []);
  const [names, groups] = [texts(args['ignoredResources']), texts(args['ignoredResourceGroups'])];
  return (resource) => resource.includes('/') && (names.has(resource) || groups.has(resource.split('/')[0]));
}

function strategyOf(given: JsonObject): ScoringStrategy {
  const type = textOf(given['type']) || LEAST_ALLOCATED.type;
  if (type !== 'LeastAllocated' && type !== 'MostAllocated' && type !== 'RequestedToCapacityRatio')
    throw new ConfigError(`initializing plugin "NodeResourcesFit": scoring strategy ${type} is not supported`);
  const shape = listOf(objectOf(given['requestedToCapacityRatio'])['shape']).map((point) => ({
    utilization: numberOf(point['utilization'], 0),
    score: numberOf(point['score'], 0),
  }));
  return { type, resources: resourcesOf(given['resources']), shape };
}

function resourcesOf(given: unknown): readonly ScoredResource[] {
  const named = listOf(given).map((one) => ({ name: textOf(one['name']), weight: numberOf(one['weight'], 0) || 1 }));
  return named.length > 0 ? named : USUAL_RESOURCES;
}
