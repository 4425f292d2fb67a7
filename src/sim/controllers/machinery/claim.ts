import { matchesSelector, type Selector } from '../../api/labels.js';
import type { KubeObject } from '../../api/object.js';
import { controllerOf, controllerReference } from '../../api/owner-references.js';
import { isDeleting } from '../../api/pods.js';
import { hasReason, isNotFound } from '../../api/status.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import { aggregate, isExpectedFailure, SyncError } from './failures.js';

export interface ClaimRequest<T extends KubeObject> {
  readonly client: ApiClient;
  readonly owner: KubeObject;
  readonly ownerType: ResourceType;
  readonly selector: Selector;
  readonly type: ResourceType;
  readonly candidates: readonly T[];
  /** What is adopted gets these; what is released loses them. */
  readonly finalizers?: readonly string[];
  /** Narrows what may be adopted. */
  readonly accepts?: (candidate: T) => boolean;
}

/**
 * The candidates that belong to the owner afterwards: it adopts orphans that match its selector and releases what it
 * controls and no longer matches (controller_ref_manager). Throws after trying all when some could not be written.
 */
export function* claim<T extends KubeObject>(request: ClaimRequest<T>): Waiting<T[]> {
  const claimed: T[] = [];
  const failures: Error[] = [];
  const recheck = once(() => recheckOwner(request));
  for (const candidate of request.candidates) {
    try {
      if (yield* claimOne(request, candidate, recheck)) claimed.push(candidate);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      failures.push(error);
    }
  }
  const failure = aggregate(failures);
  if (failure) throw failure;
  return claimed;
}

function* claimOne<T extends KubeObject>(
  request: ClaimRequest<T>,
  candidate: T,
  recheck: () => Waiting<void>,
): Waiting<boolean> {
  const { owner, selector, accepts = () => true } = request;
  const matches = matchesSelector(selector, candidate.metadata.labels) && accepts(candidate);
  const controller = controllerOf(candidate);
  if (controller) {
    if (controller.uid !== owner.metadata.uid) return false;
    if (matches) return true;
    if (isDeleting(owner)) return false;
    yield* release(request, candidate);
    return false;
  }
  if (isDeleting(owner) || !matches || isDeleting(candidate)) return false;
  if (candidate.metadata.namespace !== owner.metadata.namespace) return false;
  yield* recheck();
  return yield* adopt(request, candidate);
}

function* adopt<T extends KubeObject>(request: ClaimRequest<T>, candidate: T): Waiting<boolean> {
  const { client, owner, type, finalizers } = request;
  const { name = '', namespace, uid } = candidate.metadata;
  const ownerReferences = [controllerReference(owner)];
  const patch = { metadata: { ownerReferences, uid, ...(finalizers ? { finalizers } : {}) } };
  try {
    yield* client.patch(type, name, namespace, 'application/strategic-merge-patch+json', patch);
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
  return true;
}

function* release<T extends KubeObject>(request: ClaimRequest<T>, candidate: T): Waiting<void> {
  const { client, owner, type, finalizers } = request;
  const { name = '', namespace, uid } = candidate.metadata;
  const ownerReferences = [{ $patch: 'delete', uid: owner.metadata.uid }];
  const lost = finalizers ? { '$deleteFromPrimitiveList/finalizers': finalizers } : {};
  const patch = { metadata: { ownerReferences, uid, ...lost } };
  try {
    yield* client.patch(type, name, namespace, 'application/strategic-merge-patch+json', patch);
  } catch (error) {
    // Gone, or replaced by another of the same name: nothing to release any more.
    if (!isNotFound(error) && !hasReason(error, 'Invalid')) throw error;
  }
}

/** Before adopting, asks the server itself whether the owner is still there and stays: the cache may be behind. */
function* recheckOwner<T extends KubeObject>({ client, owner, ownerType }: ClaimRequest<T>): Waiting<void> {
  const { name = '', namespace, uid } = owner.metadata;
  const fresh = yield* client.get<KubeObject>(ownerType, name, namespace);
  if (fresh.metadata.uid !== uid) {
    const whose = `${ownerType.kind} ${namespace}/${name}`;
    throw new SyncError(`original ${whose} is gone: got uid ${fresh.metadata.uid}, wanted ${uid}`);
  }
  if (isDeleting(fresh)) {
    throw new SyncError(`${namespace}/${name} has just been deleted at ${fresh.metadata.deletionTimestamp}`);
  }
}

function once(step: () => Waiting<void>): () => Waiting<void> {
  let done = false;
  return function* () {
    if (done) return;
    yield* step();
    done = true;
  };
}
