import { deepCopy } from '../../api/object.js';
import { isDeleting } from '../../api/pods.js';
import type { Node } from '../../api/types/node.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, WorkQueue } from '../machinery/context.js';
import { NODES } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';

const TTL_ANNOTATION = 'node.alpha.kubernetes.io/ttl';

/** How long kubelets may keep Secrets and ConfigMaps, by size of the cluster; the sizes overlap so that it does not flutter. */
const BOUNDARIES = [
  { min: 0, max: 100, seconds: 0 },
  { min: 90, max: 500, seconds: 15 },
  { min: 450, max: 1000, seconds: 30 },
  { min: 900, max: 2000, seconds: 60 },
  { min: 1800, max: Number.POSITIVE_INFINITY, seconds: 300 },
] as const;

/** Tells every node how long it may keep what it mounted before asking again. */
export const ttlController: Controller = {
  name: 'ttl-controller',
  alias: 'ttl',
  start: (context) => new TtlController(context).start(),
};

/** The step for a number of nodes, coming from another step. */
export function nextStep(step: number, nodes: number): number {
  let next = step;
  while (nodes > (BOUNDARIES[next]?.max ?? Number.POSITIVE_INFINITY)) next += 1;
  while (nodes < (BOUNDARIES[next]?.min ?? 0)) next -= 1;
  return next;
}

class TtlController {
  private readonly nodes: Informer<Node>;
  private readonly queue: WorkQueue;
  private step = 0;

  constructor(private readonly context: ControllerContext) {
    this.nodes = context.informer<Node>(NODES);
    this.queue = context.queue('ttlcontroller');
  }

  start(): void {
    const enqueue = (node: Node) => this.queue.add(node.metadata.name ?? '');
    const recount = () => {
      this.step = nextStep(this.step, this.nodes.list().length);
    };
    this.nodes.addHandlers({
      added: (node) => {
        recount();
        enqueue(node);
      },
      updated: (_, after) => enqueue(after),
      deleted: recount,
    });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(name: string): Waiting<void> {
    const node = this.nodes.get(undefined, name);
    const wanted = String(BOUNDARIES[this.step]?.seconds ?? 0);
    if (!node || isDeleting(node) || node.metadata.annotations?.[TTL_ANNOTATION] === wanted) return;
    const patch = { metadata: { annotations: { ...deepCopy(node.metadata.annotations), [TTL_ANNOTATION]: wanted } } };
    yield* this.context.client.patch(NODES, name, undefined, 'application/strategic-merge-patch+json', patch);
  }
}
