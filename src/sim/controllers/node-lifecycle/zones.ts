import type { Node, NodeCondition } from '../../api/types/node.js';

export type ZoneState = 'Initial' | 'Normal' | 'PartialDisruption' | 'FullDisruption';

/** Share of unready nodes from which a zone counts as disrupted (--unhealthy-zone-threshold). */
const UNHEALTHY_ZONE_THRESHOLD = 0.55;

/** The zone of a node, from its topology labels; empty without any. */
export function zoneOf(node: Node): string {
  const labels = node.metadata.labels ?? {};
  const region = labels['topology.kubernetes.io/region'] ?? '';
  const zone = labels['topology.kubernetes.io/zone'] ?? '';
  return region === '' && zone === '' ? '' : `${region}:\u0000:${zone}`;
}

/** The state of a zone: when all or most of its nodes fail at once, the network is more likely to blame than the nodes. */
export function zoneState(conditions: readonly (NodeCondition | undefined)[]): ZoneState {
  const ready = conditions.filter((condition) => condition?.status === 'True').length;
  const notReady = conditions.length - ready;
  if (ready === 0 && notReady > 0) return 'FullDisruption';
  if (notReady > 2 && notReady / conditions.length >= UNHEALTHY_ZONE_THRESHOLD) return 'PartialDisruption';
  return 'Normal';
}
