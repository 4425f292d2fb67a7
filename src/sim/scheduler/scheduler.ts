import { StatusError } from '../api/status.js';
import type { Pod } from '../api/types/pod.js';
import type { ApiClient } from '../client/client.js';
import type { ComponentLog } from '../client/component/log.js';
import { EventSeriesBroadcaster } from '../client/event-series.js';
import { isUnreachable } from '../client/go-errors.js';
import { InformerFactory } from '../client/informer-factory.js';
import { COST } from '../kernel/cost.js';
import type { Sys } from '../kernel/sys.js';
import { PREEMPT, type Waiting } from '../kernel/wait.js';
import { SchedulerCache } from './cache.js';
import { clusterView } from './cluster-view.js';
import type { SchedulerContext } from './context.js';
import { watchCluster } from './events.js';
import { NominatedPods } from './nominations.js';
import type { Plugin } from './plugin.js';
import { DEFAULT_PROFILE, type Profile, schedulerOf } from './profile.js';
import { type Backoff, SchedulingQueue } from './queue.js';
import { POD_DISRUPTION_BUDGETS } from './resource-types.js';
import { scheduleOne } from './schedule-one.js';
import { StorageView } from './storage-view.js';

export interface SchedulerOptions {
  readonly profiles?: readonly Profile[];
  readonly backoff?: Backoff;
}

/** Puts a scheduler together and starts its informers; `runScheduler` then places pods. */
export function createScheduler(
  sys: Pick<Sys, 'now' | 'charge' | 'sleep' | 'thread' | 'random' | 'hostname'>,
  client: ApiClient,
  log: ComponentLog,
  options: SchedulerOptions = {},
): SchedulerContext {
  const informers = new InformerFactory(sys, client, (type, step, error) => {
    const err = `failed to ${step} *${type.kind}: ${error instanceof Error ? error.message : error}`;
    log.error(undefined, 'Unhandled Error', { err }, 'reflector.go:204');
  });
  const profiles = new Map((options.profiles ?? [DEFAULT_PROFILE]).map((one) => [one.schedulerName, one]));
  const events = new EventSeriesBroadcaster(sys, client);
  const recorders = new Map([...profiles.keys()].map((name) => [name, events.recorder(name)]));
  const preempting = new Set<string>();
  const gate = preemptionGate(preempting);
  const queueing = new Map([...profiles].map(([name, one]) => [name, [...one.queueing, gate]]));
  const pluginsFor = (pod: Pod) => queueing.get(schedulerOf(pod)) ?? [];
  informers.informer(POD_DISRUPTION_BUDGETS);
  const queue = new SchedulingQueue(pluginsFor, () => sys.now(), options.backoff);
  const storage = new StorageView(sys, client, informers, (event) => queue.announce(event));
  const context: SchedulerContext = {
    sys,
    client,
    informers,
    recorderFor: (pod) => recorders.get(schedulerOf(pod)) ?? events.recorder(schedulerOf(pod)),
    log,
    profiles,
    cache: new SchedulerCache(),
    queue,
    nominated: new NominatedPods(),
    preempting,
    cluster: clusterView(informers, storage),
    storage,
    random: sys.random().fork('scheduler'),
    start: 0,
  };
  watchCluster(context);
  informers.start();
  return context;
}

/** A pod whose victims are being evicted waits until all were told to go: what goes before is no reason to look again. */
function preemptionGate(preempting: ReadonlySet<string>): Plugin {
  const waits = 'waiting for the preemption for this pod to be finished';
  return {
    name: 'DefaultPreemption',
    gate: ({ metadata }) => (preempting.has(metadata.uid ?? '') ? waits : undefined),
  };
}

/** Places pods for ever, one after the other. */
export function* runScheduler(context: SchedulerContext): Waiting<void> {
  const { queue, sys } = context;
  yield* context.informers.waitForCaches();
  for (;;) {
    queue.releaseOverdue();
    const next = queue.take();
    if (!next) {
      yield queue.nextWake();
      continue;
    }
    if (sys.charge(COST.sync)) yield PREEMPT;
    try {
      yield* scheduleOne(context, next);
    } catch (error) {
      if (!(error instanceof StatusError) && !isUnreachable(error)) throw error;
      context.log.error(error, 'Unhandled Error', {}, 'schedule_one.go:1128');
    }
  }
}
