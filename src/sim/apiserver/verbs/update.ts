import { type FieldError, invalid } from '../../api/field-error.js';
import { goQuote } from '../../api/go-text.js';
import { validateMeta, validateMetaUpdate } from '../../api/kinds/meta.js';
import { deepEqual, type KubeObject } from '../../api/object.js';
import {
  badRequest,
  conflict,
  invalidObject,
  methodNotAllowed,
  methodNotSupported,
  notFound,
  StatusError,
  unnamedError,
} from '../../api/status.js';
import { settleEmpties } from '../../api/stored-empties.js';
import { formatTime } from '../../api/time.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import { type AdmissionRequest, mutateAll, validateAll } from '../admission/admission.js';
import { decided } from '../authorization/decide.js';
import { refuseEscalation } from '../authorization/rbac/escalation.js';
import { converting } from '../extensions/conversion/converting.js';
import { afterWrite, beforeWrite } from '../hooks.js';
import type { RequestContext } from '../request/context.js';
import { writeOptions } from '../request/operation-options.js';
import { readWriteParameters, type WriteParameters } from '../request/options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import { groupResource, type ServedKind, storedKind, toStored } from '../served-kind.js';
import { isNamespaceSettled } from '../storage/delete-namespace.js';
import { findObject } from '../storage/get.js';
import { keepTimes, noteManager } from '../storage/managed-fields.js';
import { storageKey } from '../storage/stored-object.js';
import { asWritten, expiryOf, isStored, removeObject, writeObject } from '../storage/write.js';
import { createObject, ensureNamespace } from './create.js';
import { decodeObject } from './decode.js';
import { dropDoubleOwners } from './owners.js';

/** PUT of one object, or of its status. */
export function* updateVerb(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  if (!kind.verbs.includes('update')) throw new StatusError(methodNotSupported(groupResource(kind), 'update'));
  if (context.info.name === '') throw new StatusError(methodNotAllowed());
  const parameters = readWriteParameters(context.query, 'UpdateOptions', context.request.headers['user-agent'] ?? '');
  const decoded = decodeObject(context, kind, parameters);
  ensureNamespace(decoded, kind, context.info.namespace);
  checkName(context, decoded);
  dropDoubleOwners(decoded, context.warnings);
  const object = toStored(kind, decoded);
  const store = yield* context.parts.etcd.store('write');
  const { namespace, name } = context.info;
  const old = yield* converting(context.parts, store, () => findObject(store, kind, namespace, name));
  if (!old) {
    if (!kind.createOnUpdate || context.info.subresource !== '') {
      throw new StatusError(notFound(groupResource(kind), context.info.name));
    }
    delete object.metadata.resourceVersion;
    return objectAnswer(yield* createObject(context, kind, object, parameters), 201, kind);
  }
  return objectAnswer(yield* updateObject(context, kind, store, object, old, parameters), 200, kind);
}

/** The name has to be in the object, and to be the one in the path. Throws 400. */
export function checkName(context: RequestContext, object: KubeObject): void {
  const { name } = object.metadata;
  if (!name) {
    const why = `the name of the object (${context.info.name} based on URL) was undeterminable: name must be provided`;
    throw new StatusError(badRequest(why));
  }
  if (name !== context.info.name) {
    throw new StatusError(
      badRequest(`the name of the object (${name}) does not match the name on the URL (${context.info.name})`),
    );
  }
}

/**
 * Replaces an object: version check, admission, strategy, validation, write; the last finalizer of a deleted object
 * takes it away. Throws StatusError.
 */
export function* updateObject(
  context: RequestContext,
  kind: ServedKind,
  store: Store,
  object: KubeObject,
  old: KubeObject,
  parameters: WriteParameters,
): Waiting<KubeObject> {
  const { subresource } = context.info;
  const { admittedAs: shown } = parameters;
  const timestamp = formatTime(context.parts.now());
  if (!parameters.managersNoted) {
    const manager = { name: parameters.fieldManager, subresource, time: timestamp };
    yield* converting(context.parts, store, () => noteManager(object, old, kind, manager));
  }
  const { parts, user, warnings, audit } = context;
  // Not spread: that is slow, and heartbeats are most of what a cluster at rest does.
  const admission: AdmissionRequest = {
    parts,
    user,
    warnings,
    annotate: audit?.annotate,
    store,
    operation: 'UPDATE',
    kind,
    subresource: shown?.subresource ?? subresource,
    namespace: context.info.namespace,
    name: context.info.name,
    object: shown?.given ?? object,
    old: shown?.show(old) ?? old,
    dryRun: parameters.dryRun,
    options: writeOptions(context, 'UPDATE'),
  };
  yield* mutateAll(context.parts.admission, admission);
  shown?.take(object);
  yield* decided(context.parts, () => refuseEscalation({ context, store, kind, object, old }));
  if (context.info.verb === 'update') checkUid(kind, object, old);
  checkVersion(kind, object, old);
  copyField(object.metadata, old.metadata, 'resourceVersion');
  keepMetadata(object, old);
  const warn = (text: string) => context.warnings.add(text);
  const strategy = { now: context.parts.now(), timestamp, warn };
  if (subresource === 'status') kind.prepareStatus(object, old, strategy);
  else kind.prepareUpdate(object, old, strategy);
  if (subresource === '') beforeWrite(context, kind, store, object, old);
  const own = subresource === 'status' ? kind.validateStatus(object, old) : kind.validateUpdate(object, old);
  const errors = [...commonErrors(object, old, kind), ...own];
  if (errors.length > 0)
    throw new StatusError(
      invalidObject(storedKind(kind).group, kind.custom ? object.kind : kind.kind, context.info.name, errors),
    );
  if (subresource === '') for (const warning of kind.warnings(object, old)) context.warnings.add(warning);
  keepTimes(object, old);
  yield* validateAll(context.parts.admission, shown ? { ...admission, object: shown.show(object) } : admission);
  settleEmpties(object);
  if (parameters.dryRun) return yield* converting(parts, store, () => asWritten(kind, object));
  const written = yield* converting(parts, store, () => commitUpdate(kind, store, object, old, expiryOf(parts, kind)));
  if (subresource === '') afterWrite(context, kind, store, goesNow(kind, object, old) ? undefined : written, old);
  return written;
}

/** What is looked at for every kind, before the kind's own rules look at it again (rest.BeforeUpdate). */
function commonErrors(object: KubeObject, old: KubeObject, kind: ServedKind): FieldError[] {
  return [...validateMeta(object, kind.namespaced, () => []), ...validateMetaUpdate(object, old)];
}

function commitUpdate(
  kind: ServedKind,
  store: Store,
  object: KubeObject,
  old: KubeObject,
  expiresAt: Micros | undefined,
): KubeObject {
  if (goesNow(kind, object, old)) {
    removeObject(store, kind, object);
    return object;
  }
  object.metadata.resourceVersion = old.metadata.resourceVersion as string;
  // A write that changes nothing is none: no new version, no event.
  if (deepEqual(object, old) && !isStale(store, kind, object)) return old;
  return writeObject(store, kind, object, expiresAt);
}

/** Whether what is kept would be written in another way now: in another version, or with another key than it was. */
function isStale(store: Store, kind: ServedKind, object: KubeObject): boolean {
  if (!isStored(store, kind, object)) return true;
  const { namespace = '', name = '' } = object.metadata;
  return store.encrypts && store.isStale(storageKey(kind, namespace, name));
}

/** A deleted object whose grace period is over goes with its last finalizer. */
function goesNow(kind: ServedKind, object: KubeObject, old: KubeObject): boolean {
  if (kind.kind === 'Namespace' && kind.group === '' && !isNamespaceSettled(object)) return false;
  if ((object.metadata.finalizers ?? []).length > 0 || !old.metadata.deletionTimestamp) return false;
  return !old.metadata.deletionGracePeriodSeconds;
}

/** What is put has to be the same object, if it says which one it is; a patch is checked like any other change. */
function checkUid(kind: ServedKind, object: KubeObject, old: KubeObject): void {
  const { uid } = object.metadata;
  if (!uid || uid === old.metadata.uid) return;
  const { name = '', namespace = '' } = old.metadata;
  const failed = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`;
  const where = `Code: 4, Key: ${storageKey(storedKind(kind), namespace, name)}, ResourceVersion: 0`;
  const why = `StorageError: invalid object, ${where}, AdditionalErrorMsg: ${failed}`;
  throw new StatusError(conflict(groupResource(kind), name, why));
}

function checkVersion(kind: ServedKind, object: KubeObject, old: KubeObject): void {
  const name = old.metadata.name as string;
  const given = object.metadata.resourceVersion ?? '';
  if (given === '' || given === '0') {
    if (kind.unconditionalUpdate) return;
    const error = invalid('metadata.resourceVersion', 0, 'must be specified for an update');
    throw new StatusError(invalidObject(storedKind(kind).group, kind.plural, name, [error]));
  }
  if (!/^\d+$/.test(given)) {
    throw new StatusError(unnamedError(`strconv.ParseUint: parsing ${goQuote(given)}: invalid syntax`));
  }
  if (given !== old.metadata.resourceVersion) throw new StatusError(conflict(groupResource(kind), name));
}

/** What no update may change: where it came from, when it goes, which generation it is. */
function keepMetadata(object: KubeObject, old: KubeObject): void {
  const { metadata } = object;
  delete metadata.selfLink;
  metadata.uid ||= old.metadata.uid as string;
  for (const field of ['generation', 'creationTimestamp'] as const) copyField(metadata, old.metadata, field);
  if (old.metadata.deletionTimestamp) copyField(metadata, old.metadata, 'deletionTimestamp');
  else delete metadata.deletionTimestamp;
  if (old.metadata.deletionGracePeriodSeconds != null && metadata.deletionGracePeriodSeconds == null) {
    copyField(metadata, old.metadata, 'deletionGracePeriodSeconds');
  }
}

function copyField<T extends object>(to: T, from: T, field: keyof T): void {
  if (from[field] === undefined) delete to[field];
  else to[field] = from[field];
}
