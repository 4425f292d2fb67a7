import { deepCopy, deepEqual } from '../../api/object.js';
import { isNotFound } from '../../api/status.js';
import type { ConfigMap, Namespace } from '../../api/types/config.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, WorkQueue } from '../machinery/context.js';
import { isNamespaceTerminating } from '../machinery/failures.js';
import { CONFIG_MAPS, NAMESPACES } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';

const NAME = 'kube-root-ca.crt';
const DESCRIPTION_ANNOTATION = 'kubernetes.io/description';
const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. ' +
  'No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Puts the cluster's certificate authority into every namespace, where pods mount it with their token. */
export const rootCaPublisherController: Controller = {
  name: 'root-ca-certificate-publisher-controller',
  alias: 'root-ca-cert-publisher',
  start: (context) => {
    if (context.options.rootCa !== '') new RootCaPublisher(context).start();
  },
};

class RootCaPublisher {
  private readonly namespaces: Informer<Namespace>;
  private readonly configMaps: Informer<ConfigMap>;
  private readonly queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.namespaces = context.informer<Namespace>(NAMESPACES);
    this.configMaps = context.informer<ConfigMap>(CONFIG_MAPS);
    this.queue = context.queue('root_ca_cert_publisher');
  }

  start(): void {
    const enqueue = (namespace: Namespace) => {
      if (namespace.status?.phase === 'Active') this.queue.add(namespace.metadata.name ?? '');
    };
    this.namespaces.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after) });
    const enqueueOwn = (map: ConfigMap) => {
      if (map.metadata.name === NAME) this.queue.add(map.metadata.namespace ?? '');
    };
    this.configMaps.addHandlers({ updated: (_, after) => enqueueOwn(after), deleted: enqueueOwn });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(namespace: string): Waiting<void> {
    const data = { 'ca.crt': this.context.options.rootCa };
    const current = this.configMaps.get(namespace, NAME);
    if (!current) return yield* this.create(namespace, data);
    if (deepEqual(current.data, data) && current.metadata.annotations?.[DESCRIPTION_ANNOTATION]) return;
    const copy = { ...deepCopy(current), data };
    copy.metadata.annotations = { ...copy.metadata.annotations, [DESCRIPTION_ANNOTATION]: DESCRIPTION };
    yield* this.context.client.update(CONFIG_MAPS, copy);
  }

  private *create(namespace: string, data: Record<string, string>): Waiting<void> {
    const annotations = { [DESCRIPTION_ANNOTATION]: DESCRIPTION };
    const map: ConfigMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: NAME, namespace, annotations },
      data,
    };
    try {
      yield* this.context.client.create(CONFIG_MAPS, map);
    } catch (error) {
      if (!isNotFound(error) && !isNamespaceTerminating(error)) throw error;
    }
  }
}
