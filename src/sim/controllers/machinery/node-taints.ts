import { deepEqual } from '../../api/object.js';
import { isNotFound } from '../../api/status.js';
import { sameTaint } from '../../api/taints.js';
import { formatTime } from '../../api/time.js';
import type { Node, Taint } from '../../api/types/node.js';
import type { ApiClient } from '../../client/client.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { NODES } from './resource-types.js';

/**
 * Adds taints to a node and takes others away, on the newest version the server has. A node that is gone is left alone.
 * Throws what the server refused with.
 */
export function* swapTaints(
  client: ApiClient,
  nodeName: string,
  add: readonly Taint[],
  remove: readonly Taint[],
  now: Micros,
): Waiting<void> {
  let node: Node;
  try {
    node = yield* client.get<Node>(NODES, nodeName);
  } catch (error) {
    if (isNotFound(error)) return;
    throw error;
  }
  const before = node.spec.taints ?? [];
  const taints = swapped(before, add, remove, now);
  if (deepEqual(before, taints)) return;
  const { resourceVersion } = node.metadata;
  // The version makes the write fail when somebody else changed the taints meanwhile.
  const patch = { metadata: { resourceVersion }, spec: { taints: taints.length > 0 ? taints : null } };
  yield* client.patch(NODES, nodeName, undefined, 'application/strategic-merge-patch+json', patch);
}

/** The taints of a node after a swap: kept ones stay in their order, one that is there already is not renewed. */
function swapped(before: readonly Taint[], add: readonly Taint[], remove: readonly Taint[], now: Micros): Taint[] {
  const kept = before.filter((taint) => !remove.some((gone) => sameTaint(gone, taint)));
  const missing = add.filter((taint) => !kept.some((other) => sameTaint(other, taint)));
  return [...kept, ...missing.map((taint) => ({ ...taint, timeAdded: formatTime(now) }))];
}
