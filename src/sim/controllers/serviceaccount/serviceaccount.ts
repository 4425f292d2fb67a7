import { isAlreadyExists, isNotFound } from '../../api/status.js';
import type { Namespace, ServiceAccount } from '../../api/types/config.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, WorkQueue } from '../machinery/context.js';
import { isNamespaceTerminating } from '../machinery/failures.js';
import { NAMESPACES, SERVICE_ACCOUNTS } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';

const DEFAULT_ACCOUNT = 'default';

/** Gives every namespace its default service account. */
export const serviceAccountController: Controller = {
  name: 'serviceaccount-controller',
  alias: 'serviceaccount',
  start: (context) => new ServiceAccountController(context).start(),
};

class ServiceAccountController {
  private readonly namespaces: Informer<Namespace>;
  private readonly accounts: Informer<ServiceAccount>;
  private readonly queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.namespaces = context.informer<Namespace>(NAMESPACES);
    this.accounts = context.informer<ServiceAccount>(SERVICE_ACCOUNTS);
    this.queue = context.queue('serviceaccount');
  }

  start(): void {
    const enqueue = (namespace: Namespace) => this.queue.add(namespace.metadata.name ?? '');
    this.namespaces.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after) });
    this.accounts.addHandlers({ deleted: (account) => this.queue.add(account.metadata.namespace ?? '') });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(key: string): Waiting<void> {
    const namespace = this.namespaces.get(undefined, key);
    if (namespace?.status?.phase !== 'Active') return;
    if (this.accounts.get(key, DEFAULT_ACCOUNT)) return;
    const account: ServiceAccount = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: DEFAULT_ACCOUNT, namespace: key },
    };
    try {
      yield* this.context.client.create(SERVICE_ACCOUNTS, account);
    } catch (error) {
      // Somebody was faster, or the namespace is on its way out.
      if (!isAlreadyExists(error) && !isNotFound(error) && !isNamespaceTerminating(error)) throw error;
    }
  }
}
