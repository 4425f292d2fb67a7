import { podPriority } from '../api/pods.js';
import type { Pod } from '../api/types/pod.js';
import { MINUTE, type Micros, SECOND } from '../kernel/time.js';
import { type Park, WaitQueue } from '../kernel/wait.js';
import { PriorityHeap } from './heap.js';
import type { ClusterEvent, Plugin } from './plugin.js';

/** How long a pod may stay set aside before it is looked at again without a cause. */
const UNSCHEDULABLE_MAX: Micros = 5 * MINUTE;

/** How long pods that failed wait: doubling from the first to the last. */
export interface Backoff {
  readonly initial: Micros;
  readonly max: Micros;
}

export const USUAL_BACKOFF: Backoff = { initial: SECOND, max: 10 * SECOND };

/** A pod that is to be placed. */
export interface QueuedPod {
  pod: Pod;
  /** When it came into the queue it is in. */
  since: Micros;
  attempts: number;
  /** Names of the plugins that refused it last; empty after an error. */
  rejectedBy: ReadonlySet<string>;
}

type Place = 'active' | 'backoff' | 'set aside' | 'gated' | 'in flight' | 'binding';

interface Entry {
  readonly queued: QueuedPod;
  place: Place;
  /** When the back-off ends. */
  until: Micros;
  /** How often plugins refused it, and how often in a row it failed by an error of ours or the server's. */
  refusals: number;
  errors: number;
  /** Orders pods that came at the same instant. */
  turn: number;
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
  private readonly active = new PriorityHeap<Entry>((a, b) => comesBefore(a, b));
  /** By the end of the back-off; pods that only failed to be placed may be taken before it, those after errors not. */
  private readonly refused = new PriorityHeap<Entry>((a, b) => endsBefore(a, b));
  private readonly failed = new PriorityHeap<Entry>((a, b) => endsBefore(a, b));
  /** The longest waiting first. */
  private readonly aside = new Set<Entry>();
  /** Behind a gate although they were tried before: those whose victims are being evicted. */
  private readonly held = new Set<Entry>();
  private readonly inFlight = new Set<Entry>();
  private turns = 0;

  constructor(
    /** The plugins that count for a pod: those of its profile. */
    private readonly pluginsFor: (pod: Pod) => readonly Plugin[],
    private readonly now: () => Micros,
    private readonly backoff: Backoff = USUAL_BACKOFF,
  ) {}

  /** A pod that needs a node. */
  add(pod: Pod): void {
    const uid = uidOf(pod);
    if (this.entries.has(uid)) return this.update(pod);
    const queued: QueuedPod = { pod, since: this.now(), attempts: 0, rejectedBy: new Set() };
    const entry: Entry = { queued, place: 'gated', until: 0, refusals: 0, errors: 0, turn: 0, missed: [] };
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
    const entry = this.entries.get(uidOf(pod));
    if (!entry) return;
    this.entries.delete(uidOf(pod));
    this.move(entry, 'binding');
  }

  /** Something happened: pods it may help are looked at again. */
  announce(event: ClusterEvent): void {
    for (const entry of this.inFlight) entry.missed.push(event);
    for (const entry of [...this.aside]) this.consider(entry, event);
    for (const entry of [...this.held]) this.consider(entry, event);
  }

  /** The next pod to place. While nothing is active, pods in back-off have their turn early. Undefined when there is none. */
  take(): QueuedPod | undefined {
    for (const heap of [this.refused, this.failed]) {
      for (let first = heap.first(); first && first.until <= this.now(); first = heap.first())
        this.move(first, 'active');
    }
    const next = this.active.first() ?? this.refused.first();
    if (!next) return undefined;
    this.move(next, 'in flight');
    next.missed.length = 0;
    next.queued.attempts += 1;
    return next.queued;
  }

  /** The pod has a node and is being bound: what happens now is no longer its concern. */
  settle(pod: Pod): void {
    const entry = this.entries.get(uidOf(pod));
    if (entry) this.move(entry, 'binding');
  }

  /** Lets a pod be looked at again without a cause. */
  release(pod: Pod): void {
    const entry = this.entries.get(uidOf(pod));
    if (entry && (entry.place === 'set aside' || this.held.has(entry))) this.activate(entry);
  }

  /** Sets a pod aside that fits nowhere (or failed), unless something that helps happened meanwhile. */
  setAside(queued: QueuedPod, rejectedBy: ReadonlySet<string>): void {
    const entry = this.entries.get(uidOf(queued.pod));
    if (entry?.place !== 'in flight' && entry?.place !== 'binding') return;
    queued.rejectedBy = rejectedBy;
    queued.since = this.now();
    if (rejectedBy.size === 0) entry.errors += 1;
    else {
      entry.refusals += 1;
      entry.errors = 0;
    }
    entry.until = this.endOfBackoff(entry.errors || entry.refusals);
    const missed = entry.missed.splice(0);
    this.move(entry, rejectedBy.size === 0 ? 'backoff' : 'set aside');
    for (const event of missed) this.consider(entry, event);
    this.ready.wakeAll();
  }

  /** When to look again although nothing was announced: a back-off or a wait ends. */
  nextWake(): Park {
    const [longest] = this.aside;
    const times = [this.refused.first()?.until, this.failed.first()?.until, longest && dueAt(longest)];
    const known = times.filter((at): at is Micros => at !== undefined);
    return { queues: [this.ready], ...(known.length === 0 ? {} : { until: Math.min(...known) }) };
  }

  /** Moves pods that were set aside for very long to where they are looked at. */
  releaseOverdue(): void {
    for (const entry of this.aside) {
      if (dueAt(entry) > this.now()) return;
      this.activate(entry);
    }
  }

  /** Pods waiting, by place: what `scheduler_pending_pods` counts. */
  counts(): Record<Place, number> {
    const counts = { active: 0, backoff: 0, 'set aside': 0, gated: 0, 'in flight': 0, binding: 0 };
    for (const { place } of this.entries.values()) counts[place] += 1;
    return counts;
  }

  /** Ends of back-offs fall on whole seconds: what ends within one is looked at together, by priority. */
  private endOfBackoff(times: number): Micros {
    const span = Math.min(this.backoff.initial * 2 ** Math.min(times - 1, 30), this.backoff.max);
    return Math.floor((this.now() + span) / SECOND) * SECOND + SECOND;
  }

  private consider(entry: Entry, event: ClusterEvent): void {
    if (entry.place === 'in flight') entry.missed.push(event);
    if (entry.place !== 'set aside' && !this.held.has(entry)) return;
    const { pod, rejectedBy } = entry.queued;
    const helps = this.pluginsFor(pod).some((plugin) => rejectedBy.has(plugin.name) && plugin.helpedBy?.(pod, event));
    if (helps) this.activate(entry);
  }

  private activate(entry: Entry): void {
    const { pod } = entry.queued;
    if (this.pluginsFor(pod).some((plugin) => plugin.gate?.(pod) !== undefined)) return this.move(entry, 'gated');
    this.move(entry, entry.until > this.now() ? 'backoff' : 'active');
    this.ready.wakeAll();
  }

  /** Takes an entry out of where it is and puts it where it belongs now. */
  private move(entry: Entry, place: Place): void {
    this.active.delete(entry);
    this.refused.delete(entry);
    this.failed.delete(entry);
    this.aside.delete(entry);
    this.inFlight.delete(entry);
    this.held.delete(entry);
    entry.place = place;
    this.turns += 1;
    entry.turn = this.turns;
    if (place === 'active') this.active.add(entry);
    else if (place === 'backoff') (entry.errors > 0 ? this.failed : this.refused).add(entry);
    else if (place === 'set aside') this.aside.add(entry);
    else if (place === 'in flight') this.inFlight.add(entry);
    else if (place === 'gated' && entry.refusals > 0) this.held.add(entry);
  }
}

function comesBefore(a: Entry, b: Entry): boolean {
  const [high, low] = [podPriority(a.queued.pod), podPriority(b.queued.pod)];
  if (high !== low) return high > low;
  return a.queued.since < b.queued.since || (a.queued.since === b.queued.since && a.turn < b.turn);
}

function endsBefore(a: Entry, b: Entry): boolean {
  return a.until < b.until || (a.until === b.until && comesBefore(a, b));
}

function dueAt(entry: Entry): Micros {
  return entry.queued.since + UNSCHEDULABLE_MAX;
}

function uidOf(pod: Pod): string {
  return pod.metadata.uid ?? `${pod.metadata.namespace}/${pod.metadata.name}`;
}
