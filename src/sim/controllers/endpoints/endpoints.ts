import { deepCopy, semanticEqual } from '../../api/object.js';
import { isNotFound } from '../../api/status.js';
import type { Endpoints } from '../../api/types/endpoints.js';
import type { Pod } from '../../api/types/pod.js';
import type { Service } from '../../api/types/service.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { isExpectedFailure, isNamespaceTerminating, SyncError } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { podInformer } from '../machinery/pod-index.js';
import { ENDPOINTS, SERVICES } from '../machinery/resource-types.js';
import { enqueueServicesOfPods, isHeadless, isSelecting, selectedPods } from '../machinery/service-pods.js';
import { TriggerTimes, withTrigger } from '../machinery/trigger-times.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { endpointSubsets, truncateSubsets } from './subsets.js';

const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const HEADLESS = 'service.kubernetes.io/headless';
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
/** Endpoints by which components once elected a leader have no service. */
const LEADER = 'control-plane.alpha.kubernetes.io/leader';

/** Keeps the (old) Endpoints object of every service that selects pods. */
export const endpointsController: Controller = {
  name: 'endpoints-controller',
  alias: 'endpoint',
  start: (context) => new EndpointsController(context).start(),
};

class EndpointsController {
  private readonly services: Informer<Service>;
  private readonly pods: Informer<Pod>;
  private readonly endpoints: Informer<Endpoints>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;
  private readonly triggers = new TriggerTimes();
  /** The version that each Endpoints object had before it was last written: while the cache has that, it is behind. */
  private readonly overwritten = new Map<string, string>();

  constructor(private readonly context: ControllerContext) {
    this.services = context.informer<Service>(SERVICES);
    this.pods = podInformer(context);
    this.endpoints = context.informer<Endpoints>(ENDPOINTS);
    this.queue = context.queue('endpoint');
    this.recorder = context.recorder('endpoint-controller');
  }

  start(): void {
    const enqueue = (object: Service | Endpoints) => this.queue.add(keyOf(object));
    this.services.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after), deleted: enqueue });
    this.endpoints.addHandlers({ deleted: enqueue });
    enqueueServicesOfPods(this.pods, this.services, this.queue);
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
    this.context.sys.thread(() => this.enqueueLeftovers());
  }

  /** Services that went while nobody looked are found once, at the start (checkLeftoverEndpoints). */
  private *enqueueLeftovers(): Waiting<void> {
    yield* this.context.waitForCaches();
    for (const endpoints of this.endpoints.list())
      if (endpoints.metadata.annotations?.[LEADER] === undefined) this.queue.add(keyOf(endpoints));
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const service = this.services.get(namespace, name);
    if (!service) {
      yield* this.deleteEndpoints(namespace, name);
      this.triggers.forget(key);
      this.overwritten.delete(key);
      return;
    }
    if (!isSelecting(service)) return;
    const pods = selectedPods(this.pods, service);
    const trigger = this.triggers.changed(service, pods);
    const current = this.endpoints.get(namespace, name);
    const version = current?.metadata.resourceVersion ?? '';
    if (current && this.overwritten.get(key) === version)
      throw new SyncError(
        `endpoints informer cache is out of date, resource version ${version} already processed for endpoints ${key}`,
      );
    const wanted = this.wantedEndpoints(service, pods, current);
    if (current && sameEndpoints(current, wanted)) return;
    wanted.metadata.annotations = withTrigger(wanted.metadata.annotations, trigger);
    yield* this.write(service, wanted, current);
  }

  private wantedEndpoints(service: Service, pods: readonly Pod[], current: Endpoints | undefined): Endpoints {
    const subsets = endpointSubsets(service, pods);
    const { [OVER_CAPACITY]: _, ...annotations } = current?.metadata.annotations ?? {};
    if (truncateSubsets(subsets)) annotations[OVER_CAPACITY] = 'truncated';
    const { [HEADLESS]: __, ...labels } = service.metadata.labels ?? {};
    const { name = '', namespace = '' } = service.metadata;
    return {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: {
        ...(current ? deepCopy(current.metadata) : { name, namespace }),
        labels: { ...labels, [MANAGED_BY]: 'endpoint-controller', ...(isHeadless(service) ? { [HEADLESS]: '' } : {}) },
        annotations,
      },
      ...(subsets.length > 0 ? { subsets } : {}),
    };
  }

  private *write(service: Service, wanted: Endpoints, current: Endpoints | undefined): Waiting<void> {
    const create = current === undefined;
    try {
      if (create) return void (yield* this.context.client.create(ENDPOINTS, wanted));
      const saved = yield* this.context.client.update<Endpoints>(ENDPOINTS, wanted);
      const version = current.metadata.resourceVersion;
      if (version !== undefined && saved.metadata.resourceVersion !== version)
        this.overwritten.set(keyOf(service), version);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      // Nothing can be made in a namespace that is being deleted, and nothing needs to be.
      if (create && isNamespaceTerminating(error)) return;
      const whose = `${service.metadata.namespace}/${service.metadata.name}: ${error.message}`;
      if (create) {
        this.recorder.event(
          wanted,
          'Warning',
          'FailedToCreateEndpoint',
          `Failed to create endpoint for service ${whose}`,
        );
      } else this.recorder.event(wanted, 'Warning', 'FailedToUpdateEndpoint', `Failed to update endpoint ${whose}`);
      throw error;
    }
  }

  private *deleteEndpoints(namespace: string | undefined, name: string): Waiting<void> {
    if (!this.endpoints.get(namespace, name)) return;
    try {
      yield* this.context.client.delete(ENDPOINTS, name, namespace);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

function sameEndpoints(current: Endpoints, wanted: Endpoints): boolean {
  const capacity = (of: Endpoints) => of.metadata.annotations?.[OVER_CAPACITY];
  return (
    semanticEqual(current.subsets, wanted.subsets) &&
    semanticEqual(current.metadata.labels, wanted.metadata.labels) &&
    capacity(current) === capacity(wanted)
  );
}
