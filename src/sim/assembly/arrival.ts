import type { Change } from '../store/entry.js';
import type { WorldPlan } from '../worlds/plan.js';

const LEADERS = ['kube-controller-manager', 'kube-scheduler'];
const NOT_READY = 'node.kubernetes.io/not-ready';

/** What is looked at of a node or a pod. */
interface Looked {
  readonly spec?: { readonly taints?: readonly { readonly key: string }[] };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/**
 * Follows what is written to a cluster's store until all is there that a world begins with: controllers and scheduler
 * lead, every node is ready and takes pods, and every pod is ready. A pause in what is written does not say so: somebody
 * may only be waiting to try again.
 */
export class Arrival {
  /** Keys of what is not there yet, or not ready. */
  private readonly awaited: Set<string>;

  private readonly networked: boolean;

  constructor({ hosts, services, networkPlugin }: WorldPlan) {
    this.networked = networkPlugin !== 'none';
    const leaders = LEADERS.filter((leader) => services?.some(({ name }) => name === leader) ?? true);
    const nodes = services ? [] : hosts.filter(({ role }) => role !== 'base');
    this.awaited = new Set([
      ...leaders.map((name) => `/registry/leases/kube-system/${name}`),
      ...nodes.map(({ name }) => `/registry/minions/${name}`),
    ]);
  }

  /** Takes notice of a write to the cluster's store. */
  saw({ key, entry }: Change): void {
    const lives = key.startsWith('/registry/pods/') || key.startsWith('/registry/minions/');
    if (lives && entry && !(isReady(entry.value as Looked) || (!this.networked && isSettled(entry.value as Looked))))
      this.awaited.add(key);
    else this.awaited.delete(key);
  }

  /** Whether nothing is waited for at this moment. */
  isComplete(): boolean {
    return this.awaited.size === 0;
  }
}

function isReady({ spec, status }: Looked): boolean {
  if (spec?.taints?.some(({ key }) => key === NOT_READY)) return false;
  if (status?.phase === 'Succeeded') return true;
  return status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false;
}

/** Without a network, a node says that it is not ready, and pods that need one are not placed. */
function isSettled({ status }: Looked): boolean {
  return (
    status?.conditions?.some(({ type, status: is }) => ['Ready', 'PodScheduled'].includes(type) && is === 'False') ??
    false
  );
}
