import type { NodeInfo } from './node-info.js';
import { MAX_SCORE } from './plugin.js';
import type { PodInfo } from './pod-info.js';

/** A resource that is scored, and how much it counts. */
export interface ScoredResource {
  readonly name: string;
  readonly weight: number;
}

/** One corner of the line that gives points (0 to 10) by how far a node is used, in per cent. */
export interface ShapePoint {
  readonly utilization: number;
  readonly score: number;
}

/** How nodes are compared by what is left on them (NodeResourcesFitArgs). */
export interface ScoringStrategy {
  readonly type: 'LeastAllocated' | 'MostAllocated' | 'RequestedToCapacityRatio';
  readonly resources: readonly ScoredResource[];
  readonly shape: readonly ShapePoint[];
}

export const USUAL_RESOURCES: readonly ScoredResource[] = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
];
const PLAIN_RESOURCES = new Set(['cpu', 'memory', 'ephemeral-storage']);
/** Points of a shape are tenths of what others give. */
const SHAPE_SCALE = 10;

/** The points of a node by a strategy, 0 to 100. */
export function allocationScore({ type, resources, shape }: ScoringStrategy, pod: PodInfo, node: NodeInfo): number {
  let sum = 0;
  let weights = 0;
  for (const { name, weight } of resources) {
    const allocatable = node.allocatable.get(name) ?? 0;
    const wanted = pod.nonZeroRequests.get(name) ?? 0;
    if (allocatable === 0 || (wanted === 0 && !PLAIN_RESOURCES.has(name))) continue;
    const requested = node.nonZeroRequestedOf(name) + wanted;
    const score =
      type === 'RequestedToCapacityRatio'
        ? onShape(shape, requested, allocatable)
        : plain(type, requested, allocatable);
    if (type === 'RequestedToCapacityRatio' && score === 0) continue;
    sum += score * weight;
    weights += weight;
  }
  if (weights === 0) return 0;
  return type === 'RequestedToCapacityRatio' ? Math.round(sum / weights) : Math.trunc(sum / weights);
}

function plain(type: ScoringStrategy['type'], requested: number, allocatable: number): number {
  if (type === 'MostAllocated') return Math.trunc((Math.min(requested, allocatable) * MAX_SCORE) / allocatable);
  return requested > allocatable ? 0 : Math.trunc(((allocatable - requested) * MAX_SCORE) / allocatable);
}

/** Where the line through the corners is at this utilization; before the first and after the last it is flat. */
function onShape(shape: readonly ShapePoint[], requested: number, allocatable: number): number {
  const used = requested > allocatable ? MAX_SCORE : Math.trunc((requested * MAX_SCORE) / allocatable);
  const next = shape.findIndex(({ utilization }) => used <= utilization);
  if (next < 0) return (shape.at(-1)?.score ?? 0) * SHAPE_SCALE;
  const to = shape[next] as ShapePoint;
  const from = shape[next - 1];
  if (!from) return to.score * SHAPE_SCALE;
  const rise = (to.score - from.score) * SHAPE_SCALE * (used - from.utilization);
  return from.score * SHAPE_SCALE + Math.trunc(rise / (to.utilization - from.utilization));
}
