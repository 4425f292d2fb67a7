import { isNotFound } from '../../api/status.js';
import type { EndpointSlice, Endpoints } from '../../api/types/endpoints.js';
import type { Service } from '../../api/types/service.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { isExpectedFailure, isNamespaceTerminating, SyncError } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { ENDPOINT_SLICES, ENDPOINTS, SERVICES } from '../machinery/resource-types.js';
import { SliceTracker } from '../machinery/slice-tracker.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { MANAGED_BY, MIRRORING_CONTROLLER, type MirrorChanges, planMirror, SERVICE_NAME } from './mirrored.js';

const BY_SERVICE = 'mirroredService';
/** Endpoints by which components once elected a leader have no service. */
const LEADER = 'control-plane.alpha.kubernetes.io/leader';
const SKIP = 'endpointslice.kubernetes.io/skip-mirror';

/** Gives Endpoints that people wrote for services without a selector the EndpointSlices that kube-proxy reads. */
export const endpointSliceMirroringController: Controller = {
  name: 'endpointslice-mirroring-controller',
  alias: 'endpointslicemirroring',
  start: (context) => new EndpointSliceMirroringController(context).start(),
};

class EndpointSliceMirroringController {
  private readonly services: Informer<Service>;
  private readonly endpoints: Informer<Endpoints>;
  private readonly slices: Informer<EndpointSlice>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;
  private readonly tracker = new SliceTracker();

  constructor(private readonly context: ControllerContext) {
    this.services = context.informer<Service>(SERVICES);
    this.endpoints = context.informer<Endpoints>(ENDPOINTS);
    this.slices = context.informer<EndpointSlice>(ENDPOINT_SLICES);
    this.queue = context.queue('endpoint_slice_mirroring');
    this.recorder = context.recorder('endpoint-slice-mirroring-controller');
  }

  start(): void {
    const mirrored = (endpoints: Endpoints) => {
      if (shouldMirror(endpoints)) this.queue.add(keyOf(endpoints));
    };
    this.endpoints.addHandlers({
      added: mirrored,
      updated: (before, after) => {
        if (shouldMirror(before) || shouldMirror(after)) this.queue.add(keyOf(after));
      },
      deleted: mirrored,
    });
    const bare = (service: Service) => {
      if (!service.spec.selector) this.queue.add(keyOf(service));
    };
    this.services.addHandlers({
      added: bare,
      updated: (before, after) => {
        if (!before.spec.selector !== !after.spec.selector) this.queue.add(keyOf(after));
      },
      deleted: bare,
    });
    this.slices.addIndex(BY_SERVICE, (slice) => (isOwn(slice) ? [serviceOf(slice)] : []));
    this.slices.addHandlers({
      added: (slice) => this.sliceChanged(slice, false),
      updated: (before, after) => {
        if (isOwn(before) !== isOwn(after)) this.queue.add(serviceOf(before));
        this.sliceChanged(after, false);
      },
      deleted: (slice) => this.sliceChanged(slice, true),
    });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const endpoints = this.endpoints.get(namespace, name);
    const service = this.services.get(namespace, name);
    const existing = this.slices.byIndex(BY_SERVICE, key);
    if (!endpoints || !shouldMirror(endpoints) || !service || service.spec.selector) {
      this.tracker.forget(key);
      for (const slice of existing) yield* this.remove(key, slice);
      return;
    }
    // The change that is missing in the cache will bring this key back when it arrives.
    if (this.tracker.isBehind(key)) return;
    const changes = planMirror(endpoints, existing);
    this.tell(endpoints, changes);
    yield* this.write(key, changes);
  }

  private *write(key: string, { create, update, remove }: MirrorChanges): Waiting<void> {
    const { client } = this.context;
    for (const slice of create) {
      try {
        this.tracker.wrote(key, yield* client.create<EndpointSlice>(ENDPOINT_SLICES, slice));
      } catch (error) {
        if (isNamespaceTerminating(error)) return;
        throw wrapped(error, `failed to create EndpointSlice for Endpoints ${key}`);
      }
    }
    for (const slice of update) {
      try {
        this.tracker.wrote(key, yield* client.update<EndpointSlice>(ENDPOINT_SLICES, slice));
      } catch (error) {
        throw wrapped(error, `failed to update ${slice.metadata.name} EndpointSlice for Endpoints ${key}`);
      }
    }
    for (const slice of remove) yield* this.remove(key, slice);
  }

  private *remove(key: string, slice: EndpointSlice): Waiting<void> {
    try {
      yield* this.context.client.delete(ENDPOINT_SLICES, slice.metadata.name ?? '', slice.metadata.namespace);
      this.tracker.deleted(key, slice);
    } catch (error) {
      if (!isNotFound(error))
        throw wrapped(error, `failed to delete ${slice.metadata.name} EndpointSlice for Endpoints ${key}`);
    }
  }

  private tell(endpoints: Endpoints, { invalid, skipped }: MirrorChanges): void {
    if (invalid > 0) {
      const words = `Skipped ${invalid} invalid IP addresses when mirroring to EndpointSlices`;
      this.recorder.event(endpoints, 'Warning', 'InvalidIPAddress', words);
    }
    if (skipped === 0) return;
    const words = `A max of 1000 addresses can be mirrored to EndpointSlices per Endpoints subset. ${invalid + skipped} addresses were skipped`;
    this.recorder.event(endpoints, 'Warning', 'TooManyAddressesToMirror', words);
  }

  private sliceChanged(slice: EndpointSlice, gone: boolean): void {
    if (!isOwn(slice)) return;
    this.tracker.observed(serviceOf(slice), slice, gone);
    this.queue.add(serviceOf(slice));
  }
}

function shouldMirror({ metadata }: Endpoints): boolean {
  return metadata.labels?.[SKIP] !== 'true' && metadata.annotations?.[LEADER] === undefined;
}

function isOwn({ metadata }: EndpointSlice): boolean {
  return metadata.labels?.[MANAGED_BY] === MIRRORING_CONTROLLER;
}

function serviceOf({ metadata }: EndpointSlice): string {
  return `${metadata.namespace}/${metadata.labels?.[SERVICE_NAME] ?? ''}`;
}

function wrapped(error: unknown, what: string): unknown {
  return isExpectedFailure(error) ? new SyncError(`${what}: ${error.message}`) : error;
}
