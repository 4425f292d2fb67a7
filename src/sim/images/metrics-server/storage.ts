/** What was measured in the last two scrapes, from which use is worked out (metrics-server's pkg/storage). */
import { type Micros, SECOND } from '../../kernel/time.js';

/** A container that is younger than a scrape is measured from its start, if it is not too young for that. */
const FRESH_MIN: Micros = 10 * SECOND;

/** One measuring of a node or container. */
export interface Point {
  readonly startedAt: Micros;
  readonly at: Micros;
  /** CPU used since its start, in billionths of a second. */
  readonly cpuNanos: number;
  readonly memoryBytes: number;
}

/** Use between two points. */
export interface Usage {
  readonly at: Micros;
  readonly window: Micros;
  /** Billionths of a core. */
  readonly cpuNanos: number;
  readonly memoryBytes: number;
}

/** Points of one scrape: nodes by name, containers by `namespace/pod` and then their own name. */
export interface Batch {
  readonly nodes: Map<string, Point>;
  readonly pods: Map<string, Map<string, Point>>;
}

const empty = (): Batch => ({ nodes: new Map(), pods: new Map() });

/** Keeps the last points and those before them. */
export class Storage {
  private last: Batch = empty();
  private before: Batch = empty();

  constructor(private readonly resolution: Micros) {}

  /** Whether there is anything to tell. */
  get isReady(): boolean {
    return this.before.nodes.size > 0 || this.before.pods.size > 0;
  }

  /** Takes the newest scrape; a rate needs an earlier point of the same container, and what has none is left out. */
  store(batch: Batch): void {
    const before = empty();
    for (const [name, point] of batch.nodes) {
      const known = earlier(point, this.last.nodes.get(name), this.before.nodes.get(name));
      if (known) before.nodes.set(name, known);
    }
    for (const [pod, containers] of batch.pods) {
      const points = new Map<string, Point>();
      for (const [name, point] of containers) {
        const known = this.earlierOf(pod, name, point);
        if (known) points.set(name, known);
      }
      if (points.size > 0) before.pods.set(pod, points);
    }
    this.last = batch;
    this.before = before;
  }

  private earlierOf(pod: string, name: string, point: Point): Point | undefined {
    const age = point.at - point.startedAt;
    if (age > 0 && age < this.resolution && age >= FRESH_MIN) return { ...point, at: point.startedAt, cpuNanos: 0 };
    const last = this.last.pods.get(pod)?.get(name);
    if (!last || point.startedAt >= last.at) return undefined;
    return earlier(point, last, this.before.pods.get(pod)?.get(name));
  }

  /** What a node uses; undefined until it was measured twice. */
  node(name: string): Usage | undefined {
    return usageBetween(this.last.nodes.get(name), this.before.nodes.get(name));
  }

  /** What the containers of a pod use; undefined until all of them were measured twice. */
  pod(key: string): ReadonlyMap<string, Usage> | undefined {
    const last = this.last.pods.get(key);
    const before = this.before.pods.get(key);
    if (!last || !before) return undefined;
    const found = new Map<string, Usage>();
    for (const [name, point] of last) {
      const known = before.get(name);
      if (!known) return undefined;
      const usage = usageBetween(point, known);
      if (usage) found.set(name, usage);
    }
    return found;
  }
}

function earlier(point: Point, last: Point | undefined, before: Point | undefined): Point | undefined {
  if (!last) return undefined;
  if (point.at > last.at) return last;
  return before && before.at < point.at ? before : undefined;
}

function usageBetween(last: Point | undefined, before: Point | undefined): Usage | undefined {
  if (!last || !before || last.startedAt < before.startedAt || last.cpuNanos < before.cpuNanos) return undefined;
  const window = last.at - before.at;
  const cpuNanos = Math.trunc((last.cpuNanos - before.cpuNanos) / (window / SECOND));
  return { at: last.at, window, cpuNanos, memoryBytes: last.memoryBytes };
}
