import type { Pod } from '../api/types/pod.js';
import type { Plugin } from './plugin.js';
import { PLUGINS } from './plugins/index.js';

/** A plugin whose score counts, and how much. */
export interface Scoring {
  readonly plugin: Plugin;
  readonly weight: number;
}

/** The rules by which the pods of one `spec.schedulerName` are placed: its plugins, by what they are asked. */
export interface Profile {
  readonly schedulerName: string;
  /** Whether a pod may be queued. */
  readonly queueing: readonly Plugin[];
  readonly filtering: readonly Plugin[];
  readonly scoring: readonly Scoring[];
  /** Those that keep something for pods until they are bound. */
  readonly reserving: readonly Plugin[];
  /** Whether pods of lower priority may be pushed out. */
  readonly preempts: boolean;
  /** Whether claims of devices are looked at: they have a say in the sentence of a pod that fits nowhere. */
  readonly claims: boolean;
  /** How many of the nodes have to fit before the search ends, in per cent; 0: fewer the more there are. */
  readonly percentageOfNodesToScore: number;
}

const DEFAULT_SCHEDULER = 'default-scheduler';

/** The name of the scheduler that a pod waits for. */
export function schedulerOf(pod: Pod): string {
  return pod.spec.schedulerName ?? DEFAULT_SCHEDULER;
}

/** A profile of plugins with all they can and the weights they come with. */
function profileOf(plugins: readonly Plugin[], schedulerName = DEFAULT_SCHEDULER): Profile {
  return {
    schedulerName,
    queueing: plugins,
    filtering: plugins,
    scoring: plugins.flatMap((plugin) => (plugin.prepareScore ? [{ plugin, weight: plugin.weight ?? 1 }] : [])),
    reserving: plugins.filter((plugin) => plugin.reserve),
    preempts: true,
    claims: true,
    percentageOfNodesToScore: 0,
  };
}

/** What is used for pods that name no scheduler. */
export const DEFAULT_PROFILE: Profile = profileOf(PLUGINS);
