import { isDeleting, isPodAvailable } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import { updateBounds } from './fenceposts.js';
import type { DaemonView } from './manage.js';
import { isUpToDate, nodeEligibility } from './placement.js';

/** The next step of a rolling update. */
export interface UpdatePlan {
  readonly create: string[];
  readonly remove: Pod[];
}

/** Which old pods to replace now, within maxUnavailable or maxSurge (daemon rollingUpdate). */
export function planUpdate(view: DaemonView): UpdatePlan {
  const eligible = new Set(
    view.nodes.filter((node) => nodeEligibility(node, view.set).shouldRun).map((node) => node.metadata.name ?? ''),
  );
  const nodes = new Set([...view.podsByNode.keys(), ...eligible]);
  const pairs = [...nodes].map((node) => ({ node, pair: pairOnNode(view, view.podsByNode.get(node) ?? []) }));
  const bounds = updateBounds(view.set, eligible.size);
  return bounds.surge === 0
    ? planWithoutSurge(view, pairs, bounds.unavailable)
    : planWithSurge(view, pairs, bounds.surge, eligible);
}

interface NodePair {
  readonly node: string;
  /** Undefined when the node has several pods of one kind: the surplus goes first. */
  readonly pair: { readonly updated: Pod | undefined; readonly old: Pod | undefined } | undefined;
}

function planWithoutSurge(view: DaemonView, nodes: readonly NodePair[], maxUnavailable: number): UpdatePlan {
  let unavailable = 0;
  const remove: Pod[] = [];
  const candidates: Pod[] = [];
  for (const { pair } of nodes) {
    if (!pair || Boolean(pair.old) === Boolean(pair.updated)) unavailable += 1;
    else if (pair.updated) unavailable += available(view, pair.updated) ? 0 : 1;
    else if (pair.old && !available(view, pair.old)) {
      // It serves nobody, so replacing it takes nothing away.
      remove.push(pair.old);
      unavailable += 1;
    } else if (pair.old) candidates.push(pair.old);
  }
  return { create: [], remove: [...remove, ...candidates.slice(0, Math.max(0, maxUnavailable - unavailable))] };
}

function planWithSurge(
  view: DaemonView,
  nodes: readonly NodePair[],
  maxSurge: number,
  eligible: ReadonlySet<string>,
): UpdatePlan {
  let surging = 0;
  let availableNodes = 0;
  const remove: Pod[] = [];
  const misplaced: Pod[] = [];
  const create: string[] = [];
  const candidates: string[] = [];
  for (const { node, pair } of nodes) {
    if (!pair) {
      surging += 1;
      continue;
    }
    const { updated, old } = pair;
    const serving = old ?? updated;
    if (serving && available(view, serving)) availableNodes += 1;
    if (!old) continue;
    if (updated) {
      if (available(view, updated)) remove.push(old);
      else surging += 1;
    } else if (!available(view, old)) {
      if (eligible.has(node)) create.push(node);
      else remove.push(old);
    } else if (eligible.has(node)) candidates.push(node);
    else misplaced.push(old);
  }
  remove.push(...misplaced.slice(0, Math.max(0, availableNodes - eligible.size)));
  return { create: [...create, ...candidates.slice(0, Math.max(0, maxSurge - surging))], remove };
}

function pairOnNode(view: DaemonView, pods: readonly Pod[]): NodePair['pair'] {
  const staying = pods.filter((pod) => !isDeleting(pod));
  const updated = staying.filter((pod) => isUpToDate(pod, view.set, view.hash));
  const old = staying.filter((pod) => !isUpToDate(pod, view.set, view.hash));
  return updated.length > 1 || old.length > 1 ? undefined : { updated: updated[0], old: old[0] };
}

function available({ set, now }: DaemonView, pod: Pod): boolean {
  return isPodAvailable(pod, set.spec.minReadySeconds ?? 0, now);
}
