import type { Pod } from '../api/types/pod.js';
import type { ApiClient } from '../client/client.js';
import type { ComponentLog } from '../client/component/log.js';
import type { SeriesRecorder } from '../client/event-series.js';
import type { InformerFactory } from '../client/informer-factory.js';
import type { Random } from '../kernel/random.js';
import type { Sys } from '../kernel/sys.js';
import type { SchedulerCache } from './cache.js';
import type { NominatedPods } from './nominations.js';
import type { ClusterView } from './plugin.js';
import type { Profile } from './profile.js';
import type { SchedulingQueue } from './queue.js';
import type { StorageView } from './storage-view.js';

/** What the parts of a running scheduler share. */
export interface SchedulerContext {
  readonly sys: Pick<Sys, 'now' | 'charge' | 'sleep' | 'thread' | 'random'>;
  readonly client: ApiClient;
  readonly informers: InformerFactory;
  /** Speaks for the scheduler that a pod names. */
  readonly recorderFor: (pod: Pod) => SeriesRecorder;
  readonly log: ComponentLog;
  /** By the `spec.schedulerName` of the pods they are for. */
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly cache: SchedulerCache;
  readonly queue: SchedulingQueue;
  readonly nominated: NominatedPods;
  /** UIDs of pods whose victims are not all told to go yet. */
  readonly preempting: Set<string>;
  readonly cluster: ClusterView;
  readonly storage: StorageView;
  /** Draws between nodes of the same score. */
  readonly random: Random;
  /** The node from which the next search goes on. */
  start: number;
}
