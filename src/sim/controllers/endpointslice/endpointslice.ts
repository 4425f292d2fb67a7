import { deepEqual } from '../../api/object.js';
import { isDeleting } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { Service } from '../../api/types/service.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { isExpectedFailure, isNamespaceTerminating, SyncError } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { podInformer } from '../machinery/pod-index.js';
import { ENDPOINT_SLICES, NODES, SERVICES } from '../machinery/resource-types.js';
import { enqueueServicesOfPods, isSelecting, selectedPods } from '../machinery/service-pods.js';
import { SliceTracker } from '../machinery/slice-tracker.js';
import { TriggerTimes, withTrigger } from '../machinery/trigger-times.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { sharesByZone } from './endpoint.js';
import { CONTROLLER_NAME, MANAGED_BY, planSlices, SERVICE_NAME, type SliceChanges } from './reconcile.js';
import { ZoneHints } from './zone-hints.js';

const BY_SERVICE = 'serviceName';

/** Keeps the EndpointSlices of every service that selects pods. */
export const endpointSliceController: Controller = {
  name: 'endpointslice-controller',
  alias: 'endpointslice',
  start: (context) => new EndpointSliceController(context).start(),
};

class EndpointSliceController {
  private readonly services: Informer<Service>;
  private readonly pods: Informer<Pod>;
  private readonly nodes: Informer<Node>;
  private readonly slices: Informer<EndpointSlice>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;
  private readonly tracker = new SliceTracker();
  private readonly triggers = new TriggerTimes();
  private readonly hints = new ZoneHints();

  constructor(private readonly context: ControllerContext) {
    this.services = context.informer<Service>(SERVICES);
    this.pods = podInformer(context);
    this.nodes = context.informer<Node>(NODES);
    this.slices = context.informer<EndpointSlice>(ENDPOINT_SLICES);
    this.queue = context.queue('endpoint_slice');
    this.recorder = context.recorder('endpoint-slice-controller');
  }

  start(): void {
    const enqueue = (service: Service) => this.queue.add(keyOf(service));
    this.services.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after), deleted: enqueue });
    this.slices.addIndex(BY_SERVICE, (slice) => [
      `${slice.metadata.namespace}/${slice.metadata.labels?.[SERVICE_NAME] ?? ''}`,
    ]);
    this.slices.addHandlers({
      added: (slice) => this.sliceChanged(slice, false),
      updated: (before, after) => {
        if (!deepEqual(before.metadata.labels, after.metadata.labels)) this.sliceChanged(before, true);
        this.sliceChanged(after, false);
      },
      deleted: (slice) => this.sliceChanged(slice, true),
    });
    this.nodes.addHandlers({
      added: () => this.nodeAppeared(),
      updated: (before, after) => {
        if (!deepEqual(zoneFacts(before), zoneFacts(after))) this.nodesChanged();
      },
      deleted: () => this.nodesChanged(),
    });
    enqueueServicesOfPods(this.pods, this.services, this.queue);
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const service = this.services.get(namespace, name);
    if (!service) {
      this.tracker.forget(key);
      this.triggers.forget(key);
      this.hints.forgetService(key);
    }
    if (!service || !isSelecting(service)) return;
    const managed = this.slices
      .byIndex(BY_SERVICE, key)
      .filter((slice) => slice.metadata.labels?.[MANAGED_BY] === CONTROLLER_NAME);
    const existing = managed.filter((slice) => !isDeleting(slice));
    // The change that is missing in the cache will bring this key back when it arrives.
    if (this.tracker.isBehind(key)) return;
    const pods = selectedPods(this.pods, service);
    const trigger = this.triggers.changed(service, pods);
    if (sharesByZone(service.metadata)) this.hints.setNodes(this.nodes.list());
    const nodeOf = (node: string) => this.nodes.get(undefined, node);
    const changes = planSlices(service, pods, existing, { nodeOf, hints: this.hints });
    try {
      yield* this.write(service, changes, trigger);
      for (const { type, reason, message } of changes.events) this.recorder.event(service, type, reason, message);
      this.reportSkipped(service, changes.skipped);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      const message = `Error updating Endpoint Slices for Service ${key}: ${error.message}`;
      this.recorder.event(service, 'Warning', 'FailedToUpdateEndpointSlices', message);
      throw error;
    }
  }

  private *write(
    service: Service,
    { create, update, remove }: SliceChanges,
    trigger: string | undefined,
  ): Waiting<void> {
    const { client } = this.context;
    const key = keyOf(service);
    const whose = `EndpointSlice for Service ${key}`;
    const annotate = (slice: EndpointSlice): EndpointSlice => {
      const annotations = withTrigger(slice.metadata.annotations, trigger);
      return { ...slice, metadata: { ...slice.metadata, annotations } };
    };
    for (const slice of isDeleting(service) ? [] : create) {
      try {
        this.tracker.wrote(key, yield* client.create<EndpointSlice>(ENDPOINT_SLICES, annotate(slice)));
      } catch (error) {
        if (isNamespaceTerminating(error)) return;
        throw wrapped(error, `failed to create ${whose}`);
      }
    }
    for (const slice of update) {
      try {
        this.tracker.wrote(key, yield* client.update<EndpointSlice>(ENDPOINT_SLICES, annotate(slice)));
      } catch (error) {
        throw wrapped(error, `failed to update ${slice.metadata.name} ${whose}`);
      }
    }
    for (const slice of remove) {
      try {
        yield* client.delete(ENDPOINT_SLICES, slice.metadata.name ?? '', slice.metadata.namespace);
        this.tracker.deleted(key, slice);
      } catch (error) {
        if (!isNotFound(error)) throw wrapped(error, `failed to delete ${slice.metadata.name} ${whose}`);
      }
    }
  }

  private reportSkipped(service: Service, skipped: readonly Pod[]): void {
    const errors = skipped.map(
      (pod) =>
        `skipping Pod ${pod.metadata.name} for Service ${keyOf(service)}: Node ${pod.spec.nodeName ?? ''} Not Found`,
    );
    if (errors.length > 0) throw new SyncError(errors.length === 1 ? (errors[0] as string) : `[${errors.join(', ')}]`);
  }

  private sliceChanged(slice: EndpointSlice, gone: boolean): void {
    const service = slice.metadata.labels?.[SERVICE_NAME];
    if (!service || slice.metadata.labels?.[MANAGED_BY] !== CONTROLLER_NAME) return;
    const key = `${slice.metadata.namespace}/${service}`;
    this.tracker.observed(key, slice, gone);
    this.queue.add(key);
  }

  /** Pods of a node that was not known were left out. */
  private nodeAppeared(): void {
    for (const service of this.services.list()) if (isSelecting(service)) this.queue.add(keyOf(service));
  }

  /** The zones' shares are others now: services with too few endpoints in one are shared out anew. */
  private nodesChanged(): void {
    if (!this.hints.isUsed) return;
    this.hints.setNodes(this.nodes.list());
    for (const key of this.hints.overloaded()) this.queue.add(key);
  }
}

/** A node that changes in these is looked at again; one whose CPU changes is not, as in the real controller. */
function zoneFacts({ metadata, status }: Node): unknown[] {
  const isReady = status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
  return [isReady, metadata.labels?.['topology.kubernetes.io/zone'] ?? ''];
}

function wrapped(error: unknown, what: string): unknown {
  return isExpectedFailure(error) ? new SyncError(`${what}: ${error.message}`) : error;
}
