import { podPriority } from '../api/pods.js';
import type { Pod } from '../api/types/pod.js';
import { MINUTE, type Micros, SECOND } from '../kernel/time.js';
import { type Park, WaitQueue } from '../kernel/wait.js';
import type { ClusterEvent, Plugin } from './plugin.js';

const BACKOFF_INITIAL: Micros = SECOND;
const BACKOFF_MAX: Micros = 10 * SECOND;
/** How long a pod may stay set aside before it is looked at again without a cause. */
const UNSCHEDULABLE_MAX: Micros = 5 * MINUTE;

/** A pod that is to be placed. */
export interface QueuedPod {
  pod: Pod;
  /** When it came into the queue it is in. */
  since: Micros;
  attempts: number;
  /** Names of the plugins that refused it last; empty after an error. */
  rejectedBy: ReadonlySet<string>;
}

type Place = 'active' | 'backoff' | 'set aside' | 'gated' | 'in flight';

interface Entry {
  readonly queued: QueuedPod;
  place: Place;
  /** When the back-off ends. */
  until: Micros;
  /** It failed by an error of ours or the server's: its back-off is kept. */
  failed: boolean;
  /** What happened while it was being placed. */
  readonly missed: ClusterEvent[];
}

/**
 * Pods waiting for a node (scheduler backend/queue): active ones by priority, then by age; those that failed lately;
 * those set aside until something happens that may help them; and those behind gates.
 */
export class SchedulingQueue {
  /** Woken when there may be something to take. */
  readonly ready = new WaitQueue();
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly plugins: readonly Plugin[],
    private readonly now: () => Micros,
  ) {}

  /** A pod that needs a node. */
  add(pod: Pod): void {
    const uid = uidOf(pod);
    if (this.entries.has(uid)) return this.update(pod);
    const queued: QueuedPod = { pod, since: this.now(), attempts: 0, rejectedBy: new Set() };
    const entry: Entry = { queued, place: 'gated', until: 0, failed: false, missed: [] };
    this.entries.set(uid, entry);
    this.activate(entry);
  }

  /** The pod itself changed: that may be what it waited for. */
  update(pod: Pod): void {
    const entry = this.entries.get(uidOf(pod));
    if (!entry) return this.add(pod);
    const before = entry.queued.pod;
    entry.queued.pod = pod;
    if (entry.place === 'gated') return this.activate(entry);
    this.consider(entry, { kind: 'pod updated', before, pod });
  }

  /** The pod's object is newer, and says nothing new about where it may go. */
  replace(pod: Pod): void {
    const entry = this.entries.get(uidOf(pod));
    if (entry) entry.queued.pod = pod;
    else this.add(pod);
  }

  /** The pod is gone, or has a node. */
  remove(pod: Pod): void {
    this.entries.delete(uidOf(pod));
  }

  /** Something happened: pods it may help are looked at again. */
  announce(event: ClusterEvent): void {
    for (const entry of this.entries.values()) this.consider(entry, event);
  }

  /** The next pod to place. While nothing is active, pods in back-off have their turn early. Undefined when there is none. */
  take(): QueuedPod | undefined {
    const next =
      this.best((entry) => this.isActive(entry)) ?? this.best((entry) => entry.place === 'backoff' && !entry.failed);
    if (!next) return undefined;
    next.place = 'in flight';
    next.missed.length = 0;
    next.queued.attempts += 1;
    return next.queued;
  }

  /** Sets a pod aside that fits nowhere (or failed), unless something that helps happened meanwhile. */
  setAside(queued: QueuedPod, rejectedBy: ReadonlySet<string>): void {
    const entry = this.entries.get(uidOf(queued.pod));
    if (entry?.place !== 'in flight') return;
    queued.rejectedBy = rejectedBy;
    queued.since = this.now();
    entry.failed = rejectedBy.size === 0;
    entry.until = this.now() + backoffOf(queued.attempts);
    entry.place = entry.failed ? 'backoff' : 'set aside';
    for (const event of entry.missed.splice(0)) this.consider(entry, event);
    this.ready.wakeAll();
  }

  /** When to look again although nothing was announced: a back-off or a wait ends. */
  nextWake(): Park {
    let until: Micros | undefined;
    for (const entry of this.entries.values()) {
      const at = entry.place === 'backoff' ? entry.until : entry.place === 'set aside' ? dueAt(entry) : undefined;
      if (at !== undefined && (until === undefined || at < until)) until = at;
    }
    return { queues: [this.ready], ...(until === undefined ? {} : { until }) };
  }

  /** Moves pods that were set aside for very long to where they are looked at. */
  releaseOverdue(): void {
    for (const entry of this.entries.values()) {
      if (entry.place === 'set aside' && dueAt(entry) <= this.now()) this.activate(entry);
    }
  }

  /** Pods waiting, by place: what `scheduler_pending_pods` counts. */
  counts(): Record<Place, number> {
    const counts = { active: 0, backoff: 0, 'set aside': 0, gated: 0, 'in flight': 0 };
    for (const { place } of this.entries.values()) counts[place] += 1;
    return counts;
  }

  private consider(entry: Entry, event: ClusterEvent): void {
    if (entry.place === 'in flight') entry.missed.push(event);
    if (entry.place !== 'set aside') return;
    const helps = this.plugins.some(
      (plugin) => entry.queued.rejectedBy.has(plugin.name) && plugin.helpedBy?.(entry.queued.pod, event),
    );
    if (helps) this.activate(entry);
  }

  private activate(entry: Entry): void {
    if (this.plugins.some((plugin) => plugin.gate?.(entry.queued.pod) !== undefined)) {
      entry.place = 'gated';
      return;
    }
    entry.place = entry.until > this.now() ? 'backoff' : 'active';
    entry.queued.since = this.now();
    this.ready.wakeAll();
  }

  private isActive(entry: Entry): boolean {
    return entry.place === 'active' || (entry.place === 'backoff' && entry.until <= this.now());
  }

  private best(qualifies: (entry: Entry) => boolean): Entry | undefined {
    let best: Entry | undefined;
    for (const entry of this.entries.values()) {
      if (qualifies(entry) && (!best || comesBefore(entry.queued, best.queued))) best = entry;
    }
    return best;
  }
}

function comesBefore(a: QueuedPod, b: QueuedPod): boolean {
  const [high, low] = [podPriority(a.pod), podPriority(b.pod)];
  return high > low || (high === low && a.since < b.since);
}

/** 1 s after the first failure, doubling to 10 s. */
function backoffOf(attempts: number): Micros {
  return Math.min(BACKOFF_INITIAL * 2 ** Math.min(attempts - 1, 10), BACKOFF_MAX);
}

function dueAt(entry: Entry): Micros {
  return entry.queued.since + UNSCHEDULABLE_MAX;
}

function uidOf(pod: Pod): string {
  return pod.metadata.uid ?? `${pod.metadata.namespace}/${pod.metadata.name}`;
}
