import { deepCopy, type KubeObject, type OwnerReference } from '../../api/object.js';
import { isDeleting } from '../../api/pods.js';
import { isConflict, isNotFound, StatusError } from '../../api/status.js';
import type { DeleteOptions, ResourceType } from '../../client/client.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { discoverResources } from '../machinery/discovery.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { startWorker } from '../machinery/worker.js';
import { judge, type OwnerState } from './classify.js';
import { FOREGROUND_FINALIZER, type GraphNode, type GraphWork, ORPHAN_FINALIZER, OwnerGraph } from './graph.js';

/** Time between two looks for new kinds of objects. */
const DISCOVERY_PERIOD: Micros = 30 * SECOND;
/** Kinds without owners, or too many to watch for nothing. */
const IGNORED: readonly string[] = ['events', 'events.events.k8s.io'];
const STRATEGIC_MERGE = 'application/strategic-merge-patch+json';
const MERGE = 'application/merge-patch+json';

/** Deletes objects whose owners are gone, dependents before owners where asked, and lets go of orphans. */
export const garbageCollectorController: Controller = {
  name: 'garbage-collector-controller',
  alias: 'garbagecollector',
  start: (context) => new GarbageCollector(context).start(),
};

class GarbageCollector {
  private readonly graph = new OwnerGraph();
  private readonly deleteQueue: WorkQueue;
  private readonly orphanQueue: WorkQueue;
  private readonly recorder: EventRecorder;
  private readonly monitored = new Map<string, ResourceType>();

  constructor(private readonly context: ControllerContext) {
    this.deleteQueue = context.queue('garbage_collector_attempt_to_delete');
    this.orphanQueue = context.queue('garbage_collector_attempt_to_orphan');
    this.recorder = context.recorder('garbage-collector-controller');
  }

  start(): void {
    const { context } = this;
    context.sys.thread(() => this.monitorAll());
    startWorker(
      context,
      this.deleteQueue,
      (uid) => this.attemptToDelete(uid),
      (uid, error) => this.failed(this.deleteQueue, uid, error),
    );
    startWorker(
      context,
      this.orphanQueue,
      (uid) => this.attemptToOrphan(uid),
      (uid, error) => this.failed(this.orphanQueue, uid, error),
    );
  }

  /** Watches every kind the server can list, watch and delete; kinds that appear later are added. */
  private *monitorAll(): Waiting<void> {
    for (;;) {
      try {
        for (const type of yield* discoverResources(this.context.client, ['delete', 'list', 'watch']))
          this.monitor(type);
      } catch (error) {
        if (!isExpectedFailure(error)) throw error;
        this.context.log.error(error, 'Failed to discover resources', { controller: 'garbage-collector-controller' });
      }
      yield* this.context.sys.sleep(DISCOVERY_PERIOD);
    }
  }

  private monitor(type: ResourceType): void {
    const name = type.group === '' ? type.resource : `${type.resource}.${type.group}`;
    if (this.monitored.has(name) || IGNORED.includes(name)) return;
    this.monitored.set(name, type);
    const observe = (object: KubeObject) => this.enqueue(this.graph.observe(type, object));
    const remove = (object: KubeObject) => this.enqueue(this.graph.remove(object.metadata.uid ?? ''));
    this.context.informer<KubeObject>(type).addHandlers({
      added: observe,
      updated: (before, after) => {
        // The name was given to another object between two looks.
        if (before.metadata.uid !== after.metadata.uid) remove(before);
        observe(after);
      },
      deleted: remove,
    });
  }

  private enqueue({ attemptToDelete, attemptToOrphan }: GraphWork): void {
    for (const uid of attemptToDelete) this.deleteQueue.add(uid);
    for (const uid of attemptToOrphan) this.orphanQueue.add(uid);
  }

  private *attemptToDelete(uid: string): Waiting<void> {
    const node = this.graph.get(uid);
    if (!node || (node.beingDeleted && !node.deletingDependents)) return;
    const latest = yield* this.getLatest(node);
    if (!latest) return;
    if (node.deletingDependents) return yield* this.continueForeground(node, latest);
    const owners: { reference: OwnerReference; state: OwnerState }[] = [];
    for (const reference of latest.metadata.ownerReferences ?? []) {
      owners.push({ reference, state: yield* this.stateOfOwner(node, reference) });
    }
    const dependents = this.graph.dependentsOf(uid);
    const verdict = judge(owners, dependents.length > 0);
    switch (verdict.kind) {
      case 'keep':
        return;
      case 'drop references':
        return yield* this.dropReferences(node, verdict.uids);
      case 'delete in foreground':
        if (dependents.some(({ deletingDependents }) => deletingDependents)) yield* this.unblockOwners(node, latest);
        return yield* this.delete(node, latest, 'Foreground');
      case 'delete':
        return yield* this.delete(node, latest, ownPolicy(latest));
    }
  }

  /** An owner in foreground deletion goes when no dependent blocks it any more. */
  private *continueForeground(node: GraphNode, latest: KubeObject): Waiting<void> {
    const blocking = this.graph.blockingDependentsOf(node.uid);
    if (blocking.length === 0) return yield* this.removeFinalizer(node, latest, FOREGROUND_FINALIZER);
    for (const dependent of blocking) if (!dependent.deletingDependents) this.deleteQueue.add(dependent.uid);
  }

  private *attemptToOrphan(uid: string): Waiting<void> {
    const node = this.graph.get(uid);
    if (!node) return;
    for (const dependent of this.graph.dependentsOf(uid)) yield* this.dropReferences(dependent, [uid]);
    const latest = yield* this.getLatest(node);
    if (latest) yield* this.removeFinalizer(node, latest, ORPHAN_FINALIZER);
  }

  /** Asks the server: only what it does not have is dangling, whatever the caches say. */
  private *stateOfOwner(node: GraphNode, reference: OwnerReference): Waiting<OwnerState> {
    const type = this.typeOf(reference);
    if (!type) {
      const what = `${reference.apiVersion}, Kind=${reference.kind}`;
      throw new SyncError(`unable to get REST mapping for ${what}.`);
    }
    if (type.namespaced && node.namespace === undefined) {
      this.reportInvalidOwner(node, reference);
      return 'solid';
    }
    const owner = yield* this.find(type, reference.name, type.namespaced ? node.namespace : undefined);
    if (owner?.metadata.uid !== reference.uid) {
      const elsewhere = this.graph.get(reference.uid);
      if (elsewhere && elsewhere.namespace !== node.namespace) this.reportInvalidOwner(node, reference);
      return 'dangling';
    }
    const waits = isDeleting(owner) && owner.metadata.finalizers?.includes(FOREGROUND_FINALIZER);
    return waits ? 'waiting for dependents' : 'solid';
  }

  private typeOf(reference: OwnerReference): ResourceType | undefined {
    const [group, version] = reference.apiVersion.includes('/')
      ? reference.apiVersion.split('/')
      : ['', reference.apiVersion];
    for (const type of this.monitored.values()) {
      if (type.kind === reference.kind && type.group === group) return { ...type, version: version ?? type.version };
    }
    return undefined;
  }

  private reportInvalidOwner(node: GraphNode, reference: OwnerReference): void {
    const owner = `[${reference.apiVersion}/${reference.kind}, namespace: ${node.namespace ?? ''}, name: ${reference.name}, uid: ${reference.uid}]`;
    const { type, name, namespace, uid } = node;
    const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
    const message = `ownerRef ${owner} does not exist in namespace "${namespace ?? ''}"`;
    const reported = { apiVersion, kind: type.kind, name, uid, ...(namespace === undefined ? {} : { namespace }) };
    this.recorder.event(reported, 'Warning', 'OwnerRefInvalidNamespace', message);
  }

  /** The object as the server has it; undefined when it is gone or replaced, which the graph learns at once. */
  private *getLatest(node: GraphNode): Waiting<KubeObject | undefined> {
    const latest = yield* this.find(node.type, node.name, node.namespace);
    if (latest?.metadata.uid === node.uid) return latest;
    this.enqueue(this.graph.remove(node.uid));
    return undefined;
  }

  private *find(type: ResourceType, name: string, namespace: string | undefined): Waiting<KubeObject | undefined> {
    try {
      return yield* this.context.client.get<KubeObject>(type, name, namespace);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  private *delete(
    node: GraphNode,
    latest: KubeObject,
    propagationPolicy: DeleteOptions['propagationPolicy'],
  ): Waiting<void> {
    const { resourceVersion } = latest.metadata;
    const preconditions = { uid: node.uid, ...(resourceVersion === undefined ? {} : { resourceVersion }) };
    try {
      yield* this.context.client.delete(node.type, node.name, node.namespace, { preconditions, propagationPolicy });
    } catch (error) {
      if (isNotFound(error)) this.enqueue(this.graph.remove(node.uid));
      else throw error;
    }
  }

  private *dropReferences(node: GraphNode, uids: readonly string[]): Waiting<void> {
    const ownerReferences = uids.map((uid) => ({ $patch: 'delete', uid }));
    const isKept = ({ uid }: OwnerReference) => !uids.includes(uid);
    yield* this.patch(node, { metadata: { ownerReferences, uid: node.uid } }, (owners) => owners.filter(isKept));
  }

  /** Two objects that block each other's owners would wait for ever. */
  private *unblockOwners(node: GraphNode, latest: KubeObject): Waiting<void> {
    const blocking = (latest.metadata.ownerReferences ?? []).filter((owner) => owner.blockOwnerDeletion);
    if (blocking.length === 0) return;
    const ownerReferences = blocking.map((owner) => ({ ...owner, blockOwnerDeletion: false }));
    yield* this.patch(node, { metadata: { ownerReferences, uid: node.uid } }, (owners) =>
      owners.map((owner) => ({ ...owner, blockOwnerDeletion: false })),
    );
  }

  /** Patches owner references; custom objects, whose lists nobody knows to merge, are given all of them anew. */
  private *patch(
    node: GraphNode,
    patch: object,
    change: (owners: readonly OwnerReference[]) => readonly OwnerReference[],
  ): Waiting<void> {
    const { client } = this.context;
    try {
      yield* client.patch(node.type, node.name, node.namespace, STRATEGIC_MERGE, patch);
    } catch (error) {
      if (isNotFound(error)) return;
      if (!(error instanceof StatusError) || error.status.reason !== 'UnsupportedMediaType') throw error;
      const { metadata } = yield* client.get<KubeObject>(node.type, node.name, node.namespace);
      const ownerReferences = change(metadata.ownerReferences ?? []);
      const whole = { metadata: { resourceVersion: metadata.resourceVersion, ownerReferences } };
      yield* client.patch(node.type, node.name, node.namespace, MERGE, whole);
    }
  }

  private *removeFinalizer(node: GraphNode, latest: KubeObject, finalizer: string): Waiting<void> {
    const finalizers = latest.metadata.finalizers ?? [];
    if (!finalizers.includes(finalizer)) return;
    const copy = deepCopy(latest);
    copy.metadata.finalizers = finalizers.filter((other) => other !== finalizer);
    try {
      yield* this.context.client.update(node.type, copy);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  private failed(queue: WorkQueue, uid: string, error: Error): void {
    // A lost race is not worth a line; the next look has the newer version.
    if (!isConflict(error))
      this.context.log.error(undefined, 'Unhandled Error', { err: `error syncing item ${uid}: ${error.message}` });
    queue.addRateLimited(uid);
  }
}

function ownPolicy({ metadata }: KubeObject): DeleteOptions['propagationPolicy'] {
  if (metadata.finalizers?.includes(ORPHAN_FINALIZER)) return 'Orphan';
  return metadata.finalizers?.includes(FOREGROUND_FINALIZER) ? 'Foreground' : 'Background';
}
