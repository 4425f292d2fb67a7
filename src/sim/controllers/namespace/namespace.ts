import { deepCopy } from '../../api/object.js';
import { isDeleting } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import type { Namespace } from '../../api/types/config.js';
import type { Informer } from '../../client/informer.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, WorkQueue } from '../machinery/context.js';
import { aggregate, isExpectedFailure, SyncError } from '../machinery/failures.js';
import { NAMESPACES } from '../machinery/resource-types.js';
import { startWorker } from '../machinery/worker.js';
import { deletionConditions } from './conditions.js';
import { deleteContent } from './content.js';

/** Time between the request to delete a namespace and the first deletion in it, for servers that have not heard of it. */
const DELETION_GRACE: Micros = 5 * SECOND;
const FINALIZER = 'kubernetes';

/** Empties namespaces that are to be deleted, and lets go of them when they are empty. */
export const namespaceController: Controller = {
  name: 'namespace-controller',
  alias: 'namespace',
  start: (context) => new NamespaceController(context).start(),
};

/** Content is left; it may take this many seconds to go. */
class ResourcesRemaining extends SyncError {
  constructor(readonly estimate: number) {
    super(`some content remains in the namespace, estimate ${estimate} seconds before it is removed`);
  }
}

class NamespaceController {
  private readonly namespaces: Informer<Namespace>;
  private readonly queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.namespaces = context.informer<Namespace>(NAMESPACES);
    this.queue = context.queue('namespace');
  }

  start(): void {
    const enqueue = (namespace: Namespace) => {
      if (isDeleting(namespace)) this.queue.addAfter(namespace.metadata.name ?? '', DELETION_GRACE);
    };
    this.namespaces.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after) });
    startWorker(
      this.context,
      this.queue,
      (key) => this.sync(key),
      (key, error) => this.failed(key, error),
    );
  }

  private *sync(name: string): Waiting<void> {
    if (!this.namespaces.get(undefined, name)) return;
    try {
      yield* this.remove(name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  private *remove(name: string): Waiting<void> {
    const { client } = this.context;
    let namespace = yield* client.get<Namespace>(NAMESPACES, name);
    if (!isDeleting(namespace)) return;
    if (namespace.status?.phase !== 'Terminating') {
      const terminating = { ...deepCopy(namespace), status: { ...namespace.status, phase: 'Terminating' } };
      namespace = yield* client.update<Namespace>(NAMESPACES, terminating, { subresource: 'status' });
    }
    if ((namespace.spec?.finalizers ?? []).length === 0) return;
    const now = this.context.sys.now();
    const { report, estimate, failures } = yield* deleteContent(client, namespace, now);
    const conditions = deletionConditions(namespace.status?.conditions, report, this.context.sys.now());
    if (conditions) yield* this.writeConditions({ ...namespace, status: { ...namespace.status, conditions } });
    const failure = aggregate(failures);
    if (failure) throw failure;
    if (estimate > 0) throw new ResourcesRemaining(estimate);
    yield* this.finalize(name);
  }

  /** A status that could not be written is not worth failing for. */
  private *writeConditions(namespace: Namespace): Waiting<void> {
    try {
      yield* this.context.client.update(NAMESPACES, deepCopy(namespace), { subresource: 'status' });
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      const { name } = namespace.metadata;
      this.context.log.error(error, "Couldn't update status condition for namespace", { namespace: name });
    }
  }

  private *finalize(name: string): Waiting<void> {
    const { client } = this.context;
    const namespace = deepCopy(yield* client.get<Namespace>(NAMESPACES, name));
    const finalizers = (namespace.spec?.finalizers ?? []).filter((finalizer) => finalizer !== FINALIZER);
    yield* client.update(
      NAMESPACES,
      { ...namespace, spec: { ...namespace.spec, finalizers } },
      { subresource: 'finalize' },
    );
  }

  private failed(key: string, error: Error): void {
    if (error instanceof ResourcesRemaining) {
      return this.queue.addAfter(key, (Math.floor(error.estimate / 2) + 1) * SECOND);
    }
    this.queue.addRateLimited(key);
    this.context.log.error(error, 'Deletion of namespace failed', { namespace: key });
  }
}
