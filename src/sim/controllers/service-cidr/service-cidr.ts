import type { Condition } from '../../api/object.js';
import { isDeleting } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import { formatTime, parseTime } from '../../api/time.js';
import type { IPAddress, ServiceCIDR } from '../../api/types/networking.js';
import type { Informer } from '../../client/informer.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { IP_ADDRESSES, SERVICE_CIDRS } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { containingAddress, containingBlock, overlapping } from './blocks.js';

const NAME = 'service-cidr-controller';
const FINALIZER = 'networking.k8s.io/service-cidr-finalizer';
const MANAGED_BY = 'ipaddress.kubernetes.io/managed-by';
const ALLOCATOR = 'ipallocator.k8s.io';
/** So long the API servers' allocators may still think that a block is there. */
const DELETION_GRACE = 10 * SECOND;

/** Says when blocks of services' addresses can be used, and keeps those that are deleted until no address is left. */
export const serviceCidrController: Controller = {
  name: NAME,
  start: (context) => new ServiceCidrController(context).start(),
};

class ServiceCidrController {
  private readonly cidrs: Informer<ServiceCIDR>;
  private readonly addresses: Informer<IPAddress>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;

  constructor(private readonly context: ControllerContext) {
    this.cidrs = context.informer<ServiceCIDR>(SERVICE_CIDRS);
    this.addresses = context.informer<IPAddress>(IP_ADDRESSES);
    this.queue = context.queue('ipaddresses');
    this.recorder = context.recorder(NAME);
  }

  start(): void {
    const enqueue = ({ metadata }: ServiceCIDR) => this.queue.add(metadata.name ?? '');
    this.cidrs.addHandlers({
      added: (cidr) => {
        enqueue(cidr);
        // Whoever contains it, or is contained, may now go or not go.
        for (const block of cidr.spec.cidrs ?? []) overlapping(this.cidrs.list(), block).forEach(enqueue);
      },
      updated: (_, after) => enqueue(after),
      deleted: enqueue,
    });
    const addressChanged = ({ metadata }: IPAddress) => {
      if (metadata.labels?.[MANAGED_BY] !== ALLOCATOR) return;
      // Only those that are to go hang on addresses.
      containingAddress(this.cidrs.list().filter(isDeleting), metadata.name ?? '').forEach(enqueue);
    };
    this.addresses.addHandlers({ added: addressChanged, updated: () => undefined, deleted: addressChanged });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(name: string): Waiting<void> {
    const cidr = this.cidrs.get(undefined, name);
    if (!cidr) return;
    if (isDeleting(cidr)) return yield* this.release(cidr, name);
    if (!hasFinalizer(cidr)) yield* this.patchFinalizers(name, { finalizers: [FINALIZER] });
    try {
      yield* this.setReady(cidr, { status: 'True', reason: '', message: 'Kubernetes Service CIDR is ready' });
    } catch (error) {
      const why = 'The ServiceCIDR Status can not be set to Ready=True';
      this.recorder.event(cidr, 'Warning', 'KubernetesServiceCIDRError', why);
      throw error;
    }
  }

  /** One that is deleted goes when all its addresses are in others, and some time has passed. */
  private *release(cidr: ServiceCIDR, name: string): Waiting<void> {
    if (!this.canGo(cidr)) {
      const message =
        'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR';
      return yield* this.setReady(cidr, { status: 'False', reason: 'Terminating', message });
    }
    const deleted = parseTime(cidr.metadata.deletionTimestamp ?? '') ?? 0;
    const left = deleted + DELETION_GRACE - this.context.sys.now();
    if (left > 0) return this.queue.addAfter(name, left);
    if (hasFinalizer(cidr)) yield* this.patchFinalizers(name, { '$deleteFromPrimitiveList/finalizers': [FINALIZER] });
  }

  private canGo({ metadata, spec }: ServiceCIDR): boolean {
    const all = this.cidrs.list();
    const { name } = metadata;
    const isOnly = (holders: readonly ServiceCIDR[]) => holders.length === 1 && holders[0]?.metadata.name === name;
    const hasParent = (spec.cidrs ?? []).every((block) => {
      const holders = containingBlock(all, block);
      return holders.length > 0 && !isOnly(holders);
    });
    if (hasParent) return true;
    return !this.addresses
      .list()
      .filter(({ metadata: { labels } }) => labels?.[MANAGED_BY] === ALLOCATOR)
      .some((address) => isOnly(containingAddress(all, address.metadata.name ?? '')));
  }

  private *patchFinalizers(name: string, metadata: object): Waiting<void> {
    const type = 'application/strategic-merge-patch+json';
    try {
      yield* this.context.client.patch(SERVICE_CIDRS, name, undefined, type, { metadata });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  private *setReady(
    { metadata, status }: ServiceCIDR,
    wanted: Pick<Condition, 'status' | 'reason' | 'message'>,
  ): Waiting<void> {
    const found = status?.conditions?.find(({ type }) => type === 'Ready');
    const isSame =
      found?.status === wanted.status &&
      (found.reason ?? '') === (wanted.reason ?? '') &&
      found.message === wanted.message;
    if (isSame) return;
    const lastTransitionTime = formatTime(this.context.sys.now());
    const applied = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'ServiceCIDR',
      metadata: { name: metadata.name },
      status: { conditions: [{ type: 'Ready', ...wanted, lastTransitionTime }] },
    };
    const type = 'application/apply-patch+yaml';
    const options = { fieldManager: NAME, force: true, subresource: 'status' };
    yield* this.context.client.patch(SERVICE_CIDRS, metadata.name ?? '', undefined, type, applied, options);
  }
}

function hasFinalizer({ metadata }: ServiceCIDR): boolean {
  return metadata.finalizers?.includes(FINALIZER) ?? false;
}
