import { goQuote } from '../../../api/go-text.js';
import { deepEqual } from '../../../api/object.js';
import { notFound, StatusError } from '../../../api/status.js';
import type { Pod } from '../../../api/types/pod.js';
import { objectOf } from '../../storage/stored-object.js';
import type { AdmissionRequest } from '../admission.js';
import { refusal } from '../refusal.js';
import { apiReference } from './api-reference.js';

const MIRROR_ANNOTATION = 'kubernetes.io/config.mirror';

/** A pod of the request's namespace. Throws 404, in the words of a cache: of one pod. */
export function podNamed({ store, namespace }: AdmissionRequest, name: string): Pod {
  const entry = store.get(`/registry/pods/${namespace}/${name}`);
  if (!entry) throw new StatusError(notFound({ group: '', resource: 'pod' }, name));
  return objectOf(entry) as Pod;
}

/** A kubelet makes mirrors of its own static pods, and deletes pods of its own node. */
export function admitPod(node: string, request: AdmissionRequest): void {
  const { operation } = request;
  if (operation === 'CREATE') return admitMirror(node, request);
  if (operation === 'DELETE') {
    const pod = podNamed(request, request.name);
    if (pod.spec.nodeName === node) return;
    throw refusal(request, `node ${goQuote(node)} can only delete pods with spec.nodeName set to itself`);
  }
  const words = `unexpected operation ${goQuote(operation)}, node ${goQuote(node)} can only create and delete mirror pods`;
  throw refusal(request, words);
}

function admitMirror(node: string, request: AdmissionRequest): void {
  const pod = request.object as Pod;
  const quoted = goQuote(node);
  if (pod.metadata.annotations?.[MIRROR_ANNOTATION] === undefined) {
    const words = `pod does not have "${MIRROR_ANNOTATION}" annotation, node ${quoted} can only create mirror pods`;
    throw refusal(request, words);
  }
  if (pod.spec.nodeName !== node) {
    throw refusal(request, `node ${quoted} can only create pods with spec.nodeName set to itself`);
  }
  checkOwner(node, request, pod);
  const { resource, error } = apiReference(pod);
  if (error !== undefined) throw refusal(request, `error checking mirror pod for API references: ${error}`);
  if (resource) throw refusal(request, `node ${quoted} can not create pods that reference ${resource}`);
}

function checkOwner(node: string, request: AdmissionRequest, { metadata }: Pod): void {
  const quoted = goQuote(node);
  const refuse = (what: string) => refusal(request, `node ${quoted} can only create pods with ${what} set to itself`);
  const owners = metadata.ownerReferences ?? [];
  if (owners.length > 1) throw refuse('a single owner reference');
  const [owner] = owners;
  if (owner?.apiVersion !== 'v1' || owner.kind !== 'Node' || owner.name !== node) throw refuse('an owner reference');
  if (!owner.controller) throw refuse('a controller owner reference');
  if (owner.blockOwnerDeletion) {
    throw refusal(request, `node ${quoted} must not set blockOwnerDeletion on an owner reference`);
  }
  const entry = request.store.get(`/registry/minions/${node}`);
  if (!entry) throw new StatusError(notFound({ group: '', resource: 'node' }, node));
  const { uid } = objectOf(entry).metadata;
  if (owner.uid !== uid) throw refusal(request, `node ${node} UID mismatch: expected ${owner.uid} got ${uid}`);
}

/** Of its own pods a kubelet writes the status, and of that not what the scheduler and its claims say. */
export function admitPodStatus(node: string, request: AdmissionRequest): void {
  const { operation } = request;
  const quoted = goQuote(node);
  if (operation !== 'UPDATE') throw refusal(request, `unexpected operation ${goQuote(operation)}`);
  const old = request.old as Pod;
  const pod = request.object as Pod;
  if (old.spec.nodeName !== node) {
    throw refusal(request, `node ${quoted} can only update pod status for pods with spec.nodeName set to itself`);
  }
  if (!deepEqual(old.metadata.labels ?? {}, pod.metadata.labels ?? {})) {
    throw refusal(request, `node ${quoted} cannot update labels through pod status`);
  }
  const statusOf = (one: Pod) => (one.status ?? {}) as Readonly<Record<string, unknown>>;
  const differs = (field: string, none: unknown) =>
    !deepEqual(statusOf(old)[field] ?? none, statusOf(pod)[field] ?? none);
  if (differs('resourceClaimStatuses', [])) {
    throw refusal(request, `node ${quoted} cannot update resource claim statues`);
  }
  if (differs('extendedResourceClaimStatus', null)) {
    throw refusal(request, `node ${quoted} cannot update extended resource claim status`);
  }
}

/** A kubelet evicts pods of its own node only. */
export function admitEviction(node: string, request: AdmissionRequest): void {
  const { operation, name } = request;
  if (operation !== 'CREATE') throw refusal(request, `unexpected operation ${operation}`);
  const pod = podNamed(request, name || (request.object?.metadata.name ?? ''));
  if (pod.spec.nodeName === node) return;
  throw refusal(request, `node ${node} can only evict pods with spec.nodeName set to itself`);
}
