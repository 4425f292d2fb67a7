import { MILLISECOND, type Micros, SECOND } from '../../kernel/time.js';
import type { Batch, Point } from './storage.js';

const NANOS_PER_SECOND = 1e9;
const SAMPLE = /^(\w+)(?:\{([^}]*)\})? (\S+)(?: (\d+))?$/;

/** What is read of something, until all of it is there. */
type Unfinished = { -readonly [Field in keyof Point]?: Point[Field] };

/**
 * Reads what a kubelet says under /metrics/resource. A node or pod of which something is missing, or zero, is left out
 * (metrics-server's decodeBatch).
 */
export function readPoints(text: string, nodeName: string, askedAt: Micros): Batch {
  const node: Unfinished = { startedAt: 0 };
  const pods = new Map<string, Map<string, Unfinished>>();
  for (const line of text.split('\n')) {
    const [, name = '', labels = '', value = '', stamp] = SAMPLE.exec(line) ?? [];
    const what = /^(node|container)_(cpu_usage_seconds_total|memory_working_set_bytes|start_time_seconds)$/.exec(name);
    if (!what) continue;
    const at = stamp === undefined ? askedAt : Number(stamp) * MILLISECOND;
    note(what[1] === 'node' ? node : containerOf(pods, labels), what[2] ?? '', Number(value), at);
  }
  const batch: Batch = { nodes: new Map(), pods: new Map() };
  if (isWhole(node)) batch.nodes.set(nodeName, node);
  for (const [key, containers] of pods) {
    if ([...containers.values()].every(isWhole)) batch.pods.set(key, containers as Map<string, Point>);
  }
  return batch;
}

function containerOf(pods: Map<string, Map<string, Unfinished>>, labels: string): Unfinished {
  const label = (name: string) => new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
  const key = `${label('namespace')}/${label('pod')}`;
  const containers = pods.get(key) ?? new Map<string, Unfinished>();
  pods.set(key, containers);
  const point = containers.get(label('container')) ?? { startedAt: 0 };
  containers.set(label('container'), point);
  return point;
}

function note(point: Unfinished, what: string, value: number, at: Micros): void {
  if (what === 'start_time_seconds') {
    point.startedAt = Math.round(value * SECOND);
    return;
  }
  point.at = at;
  if (what === 'cpu_usage_seconds_total') point.cpuNanos = Math.trunc(value * NANOS_PER_SECOND);
  else point.memoryBytes = Math.trunc(value);
}

function isWhole(point: Unfinished): point is Point {
  return Boolean(point.at && point.cpuNanos && point.memoryBytes);
}
