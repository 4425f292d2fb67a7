import { compareText } from '../../api/go-text.js';
import { deepCopy } from '../../api/object.js';
import { parseQuantity, quantityMilliValue } from '../../api/quantity.js';
import type { Endpoint, EndpointSlice } from '../../api/types/endpoints.js';
import type { Node } from '../../api/types/node.js';
import { type Allocation, type Counts, redistribute } from './redistribute.js';

/** More than a zone's share that its endpoints may have to bear. */
const OVERLOAD = 0.2;
const ZONE = 'topology.kubernetes.io/zone';
const EXCLUDED = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** A service's slices of one family, by what is to become of them. */
interface SliceGroups {
  readonly create: EndpointSlice[];
  readonly update: EndpointSlice[];
  readonly unchanged: EndpointSlice[];
}

/** What is told of a service's hints. */
export interface HintEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: 'TopologyAwareHintsDisabled' | 'TopologyAwareHintsEnabled';
  readonly message: string;
}

/**
 * Shares endpoints out among zones by how much CPU the nodes of each have, for services that ask for it
 * (`service.kubernetes.io/topology-mode: Auto`; endpointslice/topologycache).
 */
export class ZoneHints {
  private ratios: ReadonlyMap<string, number> | undefined;
  /** By service and family: how many endpoints each zone was given. */
  private readonly given = new Map<string, Map<string, Counts>>();
  private readonly populated = new Set<string>();

  /** Learns the zones' shares; they are unknown where a ready node lacks zone or CPU, or all are in one zone. */
  setNodes(nodes: readonly Node[]): void {
    const byZone = new Map<string, number>();
    this.ratios = undefined;
    for (const { metadata, status } of nodes) {
      const labels = metadata.labels ?? {};
      const isReady = status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
      if (EXCLUDED.some((label) => label in labels) || !isReady) continue;
      const zone = labels[ZONE];
      const cpu = quantityMilliValue(parseQuantity(status?.allocatable?.['cpu'] ?? '0'));
      if (!zone || cpu === 0) return;
      byZone.set(zone, (byZone.get(zone) ?? 0) + cpu);
    }
    if (byZone.size < 2) return;
    const total = [...byZone.values()].reduce((sum, cpu) => sum + cpu, 0);
    this.ratios = new Map([...byZone].map(([zone, cpu]) => [zone, cpu / total]));
  }

  /** The services of which a zone has too few endpoints by now. */
  overloaded(): string[] {
    return [...this.given]
      .filter(([, families]) => [...families.values()].some((c) => this.isOverloaded(c)))
      .map(([key]) => key);
  }

  /** Gives a service's endpoints their hints, or takes them away where that cannot be. Alters the groups. */
  add(service: string, family: string, groups: SliceGroups): HintEvent[] {
    const fail = (why: string): HintEvent[] => {
      this.forget(service, family);
      removeHints(groups);
      return [{ type: 'Warning', reason: 'TopologyAwareHintsDisabled', message: `${why}, addressType: ${family}` }];
    };
    const allocations = this.allocate(
      [...groups.create, ...groups.update, ...groups.unchanged].flatMap(readyOf).length,
    );
    if (typeof allocations === 'string') return fail(allocations);
    const allocated = keepHints(groups, allocations);
    const slices = [...groups.create, ...groups.update];
    const endpoints = slices.flatMap(readyOf);
    if (endpoints.some(({ zone }) => !zone)) return fail('One or more endpoints do not have a zone specified');
    for (const endpoint of endpoints) {
      const zone = endpoint.zone as string;
      allocated.set(zone, (allocated.get(zone) ?? 0) + 1);
      endpoint.hints = { forZones: [{ name: zone }] };
    }
    redistribute(endpoints, allocations, allocated);
    if (allocated.size === 0) return fail('No hints allocated for zones');
    const families = this.given.get(service) ?? new Map<string, Counts>();
    this.given.set(service, families.set(family, allocated));
    if (this.populated.has(service)) return [];
    this.populated.add(service);
    const message = `Topology Aware Hints has been enabled, addressType: ${family}`;
    return [{ type: 'Normal', reason: 'TopologyAwareHintsEnabled', message }];
  }

  /** A service that does not ask for hints any more, or never did. */
  withdraw(service: string, family: string): HintEvent[] {
    const had = this.populated.has(service);
    this.forget(service, family);
    const message = `Topology Aware Hints has been disabled, addressType: ${family}`;
    return had ? [{ type: 'Warning', reason: 'TopologyAwareHintsDisabled', message }] : [];
  }

  /** Whether any service has hints by this. */
  get isUsed(): boolean {
    return this.given.size > 0;
  }

  /** A service that is gone. */
  forgetService(service: string): void {
    this.given.delete(service);
    this.populated.delete(service);
  }

  private forget(service: string, family: string): void {
    const families = this.given.get(service);
    families?.delete(family);
    if (families?.size === 0) this.given.delete(service);
    this.populated.delete(service);
  }

  /** How many of so many endpoints each zone should have, or why that cannot be said. */
  private allocate(count: number): ReadonlyMap<string, Allocation> | string {
    if (!this.ratios)
      return 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes';
    const numbers = `(${count} endpoints, ${this.ratios.size} zones)`;
    if (this.ratios.size > count) return `Insufficient number of endpoints ${numbers}`;
    const least = [...this.ratios].map(([zone, ratio]) => {
      const minimum = Math.ceil(ratio * count * (1 / (1 + OVERLOAD)));
      return { zone, minimum, desired: Math.max(ratio * count, minimum) };
    });
    const total = least.reduce((sum, { minimum }) => sum + minimum, 0);
    if (total > count)
      return `Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ${numbers}`;
    return new Map(
      least
        .sort((a, b) => compareText(a.zone, b.zone))
        .map(({ zone, minimum, desired }) => [zone, { desired, maximum: minimum + count - total }]),
    );
  }

  private isOverloaded(counts: Counts): boolean {
    if (counts.size === 0) return false;
    if (!this.ratios) return true;
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return [...this.ratios].some(([zone, ratio]) => {
      const count = counts.get(zone);
      return count === undefined || count < Math.ceil(total * ratio * (1 / (1 + OVERLOAD)));
    });
  }
}

function readyOf(slice: EndpointSlice): Endpoint[] {
  return (slice.endpoints ?? []).filter(({ conditions }) => conditions?.ready === true);
}

/** Takes all hints away; slices that had any and would have stayed as they are change. */
function removeHints({ create, update, unchanged }: SliceGroups): void {
  for (const slice of [...create, ...update]) for (const endpoint of slice.endpoints ?? []) delete endpoint.hints;
  for (const slice of [...unchanged]) {
    if (!(slice.endpoints ?? []).some(({ hints }) => hints)) continue;
    unchanged.splice(unchanged.indexOf(slice), 1);
    update.push({ ...slice, endpoints: (slice.endpoints ?? []).map(({ hints: _, ...endpoint }) => endpoint) });
  }
}

/** Counts the hints of slices that may stay as they are; the others change. */
function keepHints({ update, unchanged }: SliceGroups, allocations: ReadonlyMap<string, Allocation>): Counts {
  const allocated: Counts = new Map();
  for (const slice of [...unchanged]) {
    const counts = hintsByZone(slice, allocated, allocations);
    if (!counts) {
      unchanged.splice(unchanged.indexOf(slice), 1);
      update.push(deepCopy(slice));
    } else for (const [zone, count] of counts) allocated.set(zone, (allocated.get(zone) ?? 0) + count);
  }
  return allocated;
}

/** How many endpoints of a slice are each zone's; undefined when one is nobody's, or a zone would have too many. */
function hintsByZone(
  slice: EndpointSlice,
  allocated: Counts,
  allocations: ReadonlyMap<string, Allocation>,
): Counts | undefined {
  const counts: Counts = new Map();
  for (const { hints } of readyOf(slice)) {
    const zones = hints?.forZones ?? [];
    if (zones.length === 0 || zones.some(({ name }) => !allocations.has(name))) return undefined;
    for (const { name } of zones) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const isTooMany = ([zone, count]: readonly [string, number]): boolean =>
    count + (allocated.get(zone) ?? 0) > (allocations.get(zone)?.maximum ?? 0);
  return [...counts].some(isTooMany) ? undefined : counts;
}
