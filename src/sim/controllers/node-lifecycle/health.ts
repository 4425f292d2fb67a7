import { formatTime, parseOptionalTime } from '../../api/time.js';
import type { Lease } from '../../api/types/config.js';
import type { Node, NodeCondition } from '../../api/types/node.js';
import type { Micros } from '../../kernel/time.js';

/** What is remembered of a node between two looks. */
export interface NodeHealth {
  /** When the node last gave a sign of life, by the controller's own clock: clocks of nodes are not trusted. */
  readonly probeAt: Micros;
  /** The Ready condition then. */
  readonly ready: NodeCondition | undefined;
  readonly leaseRenewed: Micros | undefined;
}

/** Conditions that nobody vouches for any more when the kubelet is silent. */
const JUDGED_CONDITIONS = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;

/** The condition Ready of a node, if its kubelet ever wrote it. */
export function readyCondition(node: Node): NodeCondition | undefined {
  return node.status?.conditions?.find(({ type }) => type === 'Ready');
}

/** Takes note of signs of life: a changed heartbeat in the status, or a renewed lease (tryUpdateNodeHealth). */
export function observeHealth(
  known: NodeHealth | undefined,
  node: Node,
  lease: Lease | undefined,
  now: Micros,
): NodeHealth {
  const ready = readyCondition(node);
  const renewed = parseOptionalTime(lease?.spec?.renewTime);
  let health: NodeHealth;
  if (!known) health = { probeAt: now, ready, leaseRenewed: undefined };
  else if (known.ready?.lastHeartbeatTime !== ready?.lastHeartbeatTime || Boolean(known.ready) !== Boolean(ready)) {
    health = { probeAt: now, ready, leaseRenewed: known.leaseRenewed };
  } else health = { ...known, ready };
  if (renewed === undefined || (health.leaseRenewed !== undefined && renewed <= health.leaseRenewed)) return health;
  return { ...health, probeAt: now, leaseRenewed: renewed };
}

/** The conditions of a node whose kubelet is silent for too long; undefined when nothing changes. */
export function silentConditions(node: Node, now: Micros): NodeCondition[] | undefined {
  const conditions = [...(node.status?.conditions ?? [])];
  let changed = false;
  for (const type of JUDGED_CONDITIONS) {
    const at = conditions.findIndex((condition) => condition.type === type);
    const before = conditions[at];
    if (before?.status === 'Unknown') continue;
    changed = true;
    if (before) conditions[at] = { ...before, ...STOPPED, lastTransitionTime: formatTime(now) };
    else conditions.push(neverUpdated(node, type, now));
  }
  return changed ? conditions : undefined;
}

const STOPPED = { status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' };

function neverUpdated(node: Node, type: string, now: Micros): NodeCondition {
  return {
    type,
    status: 'Unknown',
    lastHeartbeatTime: node.metadata.creationTimestamp ?? null,
    lastTransitionTime: formatTime(now),
    reason: 'NodeStatusNeverUpdated',
    message: 'Kubelet never posted node status.',
  };
}
