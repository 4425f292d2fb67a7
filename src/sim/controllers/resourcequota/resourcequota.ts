import { deepCopy, deepEqual, type KubeObject } from '../../api/object.js';
import type { ResourceAmounts } from '../../api/pod-requests.js';
import { equalAmounts, maskAmounts, readAmounts, writeAmounts } from '../../api/quota/amounts.js';
import { deviceClassNames } from '../../api/quota/device-classes.js';
import type { QuotaSurroundings } from '../../api/quota/evaluator.js';
import { evaluatorOf, letsGo } from '../../api/quota/evaluators.js';
import type { DeviceClass } from '../../api/types/devices.js';
import type { ResourceQuota } from '../../api/types/limits.js';
import type { ResourceType } from '../../client/client.js';
import type { Informer } from '../../client/informer.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, WorkQueue } from '../machinery/context.js';
import { discoverResources } from '../machinery/discovery.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { DEVICE_CLASSES, RESOURCE_QUOTAS } from '../machinery/resource-types.js';
import { type OnFailure, startPeriodic, startWorker } from '../machinery/worker.js';
import { type Counted, countUsage } from './count-usage.js';

/** Time between two looks for new kinds of objects. */
const DISCOVERY_PERIOD: Micros = 30 * SECOND;
const VERBS = ['create', 'list', 'watch', 'delete'];

/** Counts what the objects of a namespace use of its quotas; the server counts only what is added. */
export const resourceQuotaController: Controller = {
  name: 'resourcequota-controller',
  alias: 'resourcequota',
  start: (context) => new ResourceQuotaController(context).start(),
};

interface Monitor extends Counted {
  readonly type: ResourceType;
  readonly informer: Informer<KubeObject>;
}

class ResourceQuotaController {
  private readonly quotas: Informer<ResourceQuota>;
  private readonly deviceClasses: Informer<DeviceClass>;
  private readonly queue: WorkQueue;
  /** Quotas without a count yet go first, in a line of their own. */
  private readonly missing: WorkQueue;
  private readonly monitors = new Map<string, Monitor>();

  constructor(private readonly context: ControllerContext) {
    this.quotas = context.informer<ResourceQuota>(RESOURCE_QUOTAS);
    this.deviceClasses = context.informer<DeviceClass>(DEVICE_CLASSES);
    this.queue = context.queue('resourcequota_primary');
    this.missing = context.queue('resourcequota_priority');
  }

  start(): void {
    this.quotas.addHandlers({
      added: (quota) => this.enqueue(quota),
      updated: (before, after) => {
        if (!equalAmounts(readAmounts(before.spec.hard), readAmounts(after.spec.hard))) this.enqueue(after);
      },
      deleted: (quota) => this.queue.add(keyOf(quota)),
    });
    this.context.sys.thread(() => this.monitorAll());
  }

  /** Watches every kind that can be counted; nothing is counted before all are known. */
  private *monitorAll(): Waiting<void> {
    let started = false;
    for (;;) {
      try {
        for (const type of yield* discoverResources(this.context.client, VERBS))
          if (type.namespaced) this.monitor(type);
        if (!started) this.startWorkers();
        started = true;
      } catch (error) {
        if (!isExpectedFailure(error)) throw error;
        this.context.log.error(error, 'Error during resource discovery');
      }
      yield* this.context.sys.sleep(DISCOVERY_PERIOD);
    }
  }

  private startWorkers(): void {
    for (const queue of [this.queue, this.missing]) {
      startWorker(this.context, queue, (key) => this.sync(key), this.retry(queue));
    }
    startPeriodic(this.context, this.context.options.quotaSyncPeriod, () => this.enqueueAll());
  }

  private retry(queue: WorkQueue): OnFailure {
    return (key, error) => {
      this.context.log.error(error, 'Error processing resource quota work item', { queueKey: key });
      queue.addRateLimited(key);
    };
  }

  private *enqueueAll(): Waiting<void> {
    for (const quota of this.quotas.list()) this.queue.add(keyOf(quota));
  }

  private enqueue(quota: ResourceQuota): void {
    const { hard, used = {} } = quota.status ?? {};
    const uncounted = Object.keys(hard ?? {}).filter((name) => used[name] === undefined);
    const surroundings = this.surroundings();
    const countable = [...this.monitors.values()].some(
      ({ evaluator }) => evaluator.matching(uncounted, surroundings).length > 0,
    );
    const first = countable || !deepEqual(quota.spec.hard ?? {}, hard ?? {});
    (first ? this.missing : this.queue).add(keyOf(quota));
  }

  private monitor(type: ResourceType): void {
    const name = type.group === '' ? type.resource : `${type.resource}.${type.group}`;
    const evaluator = evaluatorOf(type);
    if (!evaluator || this.monitors.has(name)) return;
    const informer = this.context.informer<KubeObject>(type);
    const objects = (namespace: string) => {
      if (!informer.synced)
        throw new SyncError(`${type.group}/${type.version}, Resource=${type.resource} not yet synced`);
      return informer.list(namespace);
    };
    const monitor: Monitor = { type, informer, evaluator, objects };
    this.monitors.set(name, monitor);
    informer.addHandlers({
      updated: (before, after) => {
        if (letsGo(type, before, after, this.context.sys.now())) this.replenish(monitor, after);
      },
      deleted: (object) => this.replenish(monitor, object),
    });
  }

  /** Something was let go of: the quotas that count such objects are to be counted anew. */
  private replenish({ evaluator }: Monitor, { metadata }: KubeObject): void {
    for (const quota of this.quotas.list(metadata.namespace)) {
      const names = Object.keys(quota.status?.hard ?? {});
      if (evaluator.matching(names, this.surroundings()).length > 0) this.queue.add(keyOf(quota));
    }
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const quota = this.quotas.get(namespace, name);
    if (!quota) {
      this.context.log.info('Resource quota has been deleted', { key });
      return;
    }
    const usage = countUsage(quota, this.monitors.values(), this.surroundings());
    const hard = readAmounts(quota.spec.hard);
    const used = maskAmounts(new Map([...readAmounts(quota.status?.used), ...usage]), hard.keys());
    if (isCounted(quota, hard, used)) return;
    const counted = deepCopy(quota);
    counted.status = { hard: writeAmounts(hard), used: writeAmounts(used) };
    yield* this.context.client.update(RESOURCE_QUOTAS, counted, { subresource: 'status' });
  }

  private surroundings(): QuotaSurroundings {
    return { now: this.context.sys.now(), ...deviceClassNames(() => this.deviceClasses.list()) };
  }
}

/** Whether a quota's status says so already. */
function isCounted({ status }: ResourceQuota, hard: ResourceAmounts, used: ResourceAmounts): boolean {
  if (!status?.hard || !status.used) return false;
  return equalAmounts(readAmounts(status.hard), hard) && equalAmounts(readAmounts(status.used), used);
}
