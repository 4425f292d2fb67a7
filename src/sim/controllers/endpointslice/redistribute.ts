import type { Endpoint } from '../../api/types/endpoints.js';

/** How many endpoints each zone has. */
export type Counts = Map<string, number>;

/** How many endpoints a zone should have, and how many it may. */
export interface Allocation {
  readonly desired: number;
  readonly maximum: number;
}

/** Lets zones that have more than their share give endpoints to those that have fewer (redistributeHints). */
export function redistribute(
  endpoints: readonly Endpoint[],
  allocations: ReadonlyMap<string, Allocation>,
  allocated: Counts,
): void {
  const { giving, receiving } = exchange(allocations, allocated);
  for (const endpoint of endpoints) {
    if (giving.size === 0 || receiving.size === 0) return;
    const from = endpoint.zone as string;
    const [to] = [...receiving.keys()];
    if (!giving.has(from) || to === undefined) continue;
    endpoint.hints = { forZones: [{ name: to }] };
    take(giving, from);
    take(receiving, to);
    allocated.set(to, (allocated.get(to) ?? 0) + 1);
    allocated.set(from, (allocated.get(from) ?? 0) - 1);
  }
}

/** How many endpoints each zone gives and gets, whole ones (getGivingAndReceivingZones). */
function exchange(
  allocations: ReadonlyMap<string, Allocation>,
  allocated: Counts,
): { readonly giving: Counts; readonly receiving: Counts } {
  const [spare, missing]: [Counts, Counts] = [new Map(), new Map()];
  for (const [zone, { desired }] of allocations) {
    const has = allocated.get(zone) ?? 0;
    if (has > desired) spare.set(zone, has - desired);
    else if (has < desired) missing.set(zone, desired - has);
  }
  const [giving, receiving]: [Counts, Counts] = [new Map(), new Map()];
  for (;;) {
    const [from, give] = most(spare);
    const [to, get] = most(missing);
    if (from === '' || to === '' || (give < 1 && get < 1) || give < 0.5 || get < 0.5) return { giving, receiving };
    giving.set(from, (giving.get(from) ?? 0) + 1);
    spare.set(from, give - 1);
    receiving.set(to, (receiving.get(to) ?? 0) + 1);
    missing.set(to, get - 1);
  }
}

function most(counts: Counts): readonly [zone: string, count: number] {
  let found: readonly [string, number] = ['', 0];
  for (const [zone, count] of counts) if (count > found[1]) found = [zone, count];
  return found;
}

function take(counts: Counts, zone: string): void {
  const left = (counts.get(zone) ?? 0) - 1;
  if (left > 0) counts.set(zone, left);
  else counts.delete(zone);
}
