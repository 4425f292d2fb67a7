import { TokenBucket } from '../../client/rate-limiter.js';
import type { Micros } from '../../kernel/time.js';
import type { WorkQueue } from '../machinery/context.js';
import type { ZoneState } from './zones.js';

/** Nodes a second that are tainted in a healthy zone (--node-eviction-rate). */
const EVICTION_RATE = 0.1;
/** Nodes a zone needs for evictions to go on, slower, while it is partly disrupted (--large-cluster-size-threshold). */
const LARGE_CLUSTER_SIZE = 50;
const SECONDARY_EVICTION_RATE = 0.01;

interface Zone {
  state: ZoneState;
  limiter: TokenBucket | undefined;
  /** Nodes waiting for a disrupted zone to recover. */
  readonly held: Set<string>;
}

/** Which nodes are to get a NoExecute taint, and how fast: each zone by a rate of its own, none where all nodes fail. */
export class NoExecuteTainter {
  private readonly zones = new Map<string, Zone>();
  /** Nodes asked for and not taken back. */
  private readonly wanted = new Map<string, string>();

  constructor(
    private readonly queue: WorkQueue,
    private readonly now: () => Micros,
  ) {}

  /** Asks for a node's taint, once. */
  want(node: string, zoneName: string): void {
    if (this.wanted.has(node)) return;
    this.wanted.set(node, zoneName);
    this.admit(node, this.zone(zoneName));
  }

  /** Takes the wish back: the node is fine, or the other taint is due now. */
  unwant(node: string): void {
    const zone = this.wanted.get(node);
    this.wanted.delete(node);
    if (zone !== undefined) this.zone(zone).held.delete(node);
  }

  /** Whether the node, whose turn it is, is still to be tainted. */
  isWanted(node: string): boolean {
    const zone = this.wanted.get(node);
    return zone !== undefined && !this.zone(zone).held.has(node);
  }

  stateOf(zoneName: string): ZoneState {
    return this.zone(zoneName).state;
  }

  /** Changes a zone's rate with its state. */
  setState(zoneName: string, state: ZoneState, nodes: number): void {
    const zone = this.zone(zoneName);
    if (zone.state === state) return;
    zone.state = state;
    const rate = rateOf(state, nodes);
    zone.limiter = rate > 0 ? new TokenBucket(rate, 1) : undefined;
    const held = [...zone.held];
    zone.held.clear();
    for (const node of held) this.admit(node, zone);
  }

  /** Stops all evictions of a zone. */
  hold(zoneName: string): void {
    const zone = this.zone(zoneName);
    zone.state = 'FullDisruption';
    zone.limiter = undefined;
    for (const [node, where] of this.wanted) if (where === zoneName) zone.held.add(node);
  }

  private admit(node: string, zone: Zone): void {
    if (zone.limiter) this.queue.addAfter(node, zone.limiter.reserve(this.now()));
    else zone.held.add(node);
  }

  private zone(name: string): Zone {
    const known = this.zones.get(name);
    if (known) return known;
    const zone: Zone = { state: 'Initial', limiter: new TokenBucket(EVICTION_RATE, 1), held: new Set() };
    this.zones.set(name, zone);
    return zone;
  }
}

function rateOf(state: ZoneState, nodes: number): number {
  if (state === 'PartialDisruption') return nodes > LARGE_CLUSTER_SIZE ? SECONDARY_EVICTION_RATE : 0;
  return EVICTION_RATE;
}
