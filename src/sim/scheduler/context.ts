import type { KubeObject } from '../api/object.js';
import type { ApiClient } from '../client/client.js';
import type { ComponentLog } from '../client/component/log.js';
import type { InformerFactory } from '../client/informer-factory.js';
import type { Random } from '../kernel/random.js';
import type { Sys } from '../kernel/sys.js';
import type { SchedulerCache } from './cache.js';
import type { NominatedPods } from './nominations.js';
import type { ClusterView, Plugin } from './plugin.js';
import type { SchedulingQueue } from './queue.js';

/** What the parts of a running scheduler share. */
export interface SchedulerContext {
  readonly sys: Pick<Sys, 'now' | 'charge' | 'sleep' | 'thread' | 'random'>;
  readonly client: ApiClient;
  readonly informers: InformerFactory;
  readonly recorder: {
    event(object: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string): void;
  };
  readonly log: ComponentLog;
  readonly plugins: readonly Plugin[];
  readonly cache: SchedulerCache;
  readonly queue: SchedulingQueue;
  readonly nominated: NominatedPods;
  readonly cluster: ClusterView;
  /** Draws between nodes of the same score. */
  readonly random: Random;
  /** The `spec.schedulerName` of the pods it places. */
  readonly schedulerNames: ReadonlySet<string>;
}
