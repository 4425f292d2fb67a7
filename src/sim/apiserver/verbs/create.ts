import { required } from '../../api/field-error.js';
import type { KubeObject } from '../../api/object.js';
import {
  alreadyExists,
  badRequest,
  forbiddenRequest,
  generateNameConflict,
  invalidObject,
  methodNotAllowed,
  methodNotSupported,
  StatusError,
  unnamedError,
} from '../../api/status.js';
import { settleEmpties } from '../../api/stored-empties.js';
import { formatTime } from '../../api/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import { type AdmissionRequest, mutateAll, validateAll } from '../admission/admission.js';
import { decided } from '../authorization/decide.js';
import { refuseEscalation } from '../authorization/rbac/escalation.js';
import { converting } from '../extensions/conversion/converting.js';
import { afterWrite, beforeWrite } from '../hooks.js';
import { askerOf } from '../request/asker.js';
import type { RequestContext } from '../request/context.js';
import { writeOptions } from '../request/operation-options.js';
import { readWriteParameters, type WriteParameters } from '../request/options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import { groupResource, type ServedKind, storedKind, toStored } from '../served-kind.js';
import { noteManager } from '../storage/managed-fields.js';
import { generateName, randomUid } from '../storage/names.js';
import { isBeingDeleted, storageKey } from '../storage/stored-object.js';
import { asWritten, expiryOf, writeObject } from '../storage/write.js';
import { decodeObject } from './decode.js';
import { dropDoubleOwners } from './owners.js';

/** Names are drawn this often before the server gives up (RetryGenerateName). */
const GENERATE_ATTEMPTS_MAX = 8;
const SYSTEM_FIELDS = [
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
] as const;

/** POST to a collection. */
export function* createVerb(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  if (!kind.verbs.includes('create')) throw new StatusError(methodNotSupported(groupResource(kind), 'create'));
  if (context.info.name !== '') throw new StatusError(methodNotAllowed());
  const parameters = readWriteParameters(context.query, 'CreateOptions', context.request.headers['user-agent'] ?? '');
  const object = decodeObject(context, kind, parameters);
  const created = yield* createObject(context, kind, object, parameters);
  return objectAnswer(created, 201, kind);
}

/** Creates an object that may be changed: defaults, admission, strategy, validation, write. Throws StatusError. */
export function* createObject(
  context: RequestContext,
  kind: ServedKind,
  given: KubeObject,
  parameters: WriteParameters,
): Waiting<KubeObject> {
  const { metadata } = given;
  wipeSystemFields(given);
  ensureNamespace(given, kind, context.info.namespace);
  dropDoubleOwners(given, context.warnings);
  const object = toStored(kind, given);
  const store = yield* context.parts.etcd.store('write');
  const admission: AdmissionRequest = {
    ...askerOf(context),
    store,
    operation: 'CREATE',
    kind,
    subresource: '',
    namespace: object.metadata.namespace ?? context.info.namespace,
    name: metadata.name ?? '',
    object,
    old: undefined,
    dryRun: parameters.dryRun,
    options: writeOptions(context, 'CREATE'),
  };
  if (!parameters.managersNoted) {
    const time = formatTime(context.parts.now());
    noteManager(object, undefined, kind, { name: parameters.fieldManager, subresource: '', time });
  }
  refuseTerminating(kind, object.metadata.name ?? '');
  yield* mutateAll(context.parts.admission, admission);
  yield* decided(context.parts, () => refuseEscalation({ context, store, kind, object, old: undefined }));
  if (object.metadata.generateName && !object.metadata.name)
    return yield* createGenerated(context, kind, admission, parameters);
  return yield* finishCreate(context, kind, admission, parameters);
}

/** A kind that is going away takes no new objects. Throws 403. */
function refuseTerminating(kind: ServedKind, name: string): void {
  if (!kind.custom?.terminating) return;
  const why = 'create not allowed while custom resource definition is terminating';
  throw new StatusError(forbiddenRequest(groupResource(kind), name, why));
}

/** Tries names until one is free. */
function* createGenerated(
  context: RequestContext,
  kind: ServedKind,
  admission: AdmissionRequest,
  parameters: WriteParameters,
): Waiting<KubeObject> {
  const object = admission.object as KubeObject;
  const base = object.metadata.generateName as string;
  for (let attempt = 1; ; attempt += 1) {
    const { metadata } = object;
    const name = generateName(context.parts.random, base);
    const taken = admission.store.get(storageKey(kind, metadata.namespace ?? '', name)) !== undefined;
    if (!taken) {
      metadata.name = name;
      return yield* finishCreate(context, kind, { ...admission, name }, parameters);
    }
    if (attempt >= GENERATE_ATTEMPTS_MAX) throw new StatusError(generateNameConflict(groupResource(kind), name));
  }
}

function* finishCreate(
  context: RequestContext,
  kind: ServedKind,
  admission: AdmissionRequest,
  parameters: WriteParameters,
): Waiting<KubeObject> {
  const object = admission.object as KubeObject;
  const timestamp = formatTime(context.parts.now());
  object.metadata.uid = randomUid(context.parts.random);
  object.metadata.creationTimestamp = timestamp;
  const warn = (text: string) => context.warnings.add(text);
  kind.prepareCreate(object, { now: context.parts.now(), timestamp, warn });
  beforeWrite(context, kind, admission.store, object, undefined);
  checkCreate(context, kind, object);
  yield* validateAll(context.parts.admission, { ...admission, name: object.metadata.name ?? '' });
  if (object.metadata.resourceVersion && !parameters.dryRun) {
    throw new StatusError(unnamedError('resourceVersion should not be set on objects to be created'));
  }
  delete object.metadata.resourceVersion;
  refuseExisting(admission.store, kind, object);
  settleEmpties(object);
  const { parts } = context;
  const { store } = admission;
  if (parameters.dryRun) return yield* converting(parts, store, () => asWritten(kind, object));
  const written = yield* converting(parts, store, () => writeObject(store, kind, object, expiryOf(parts, kind)));
  afterWrite(context, kind, store, written, undefined);
  return written;
}

/** Validation and warnings of a new object. Throws 422. */
function checkCreate(context: RequestContext, kind: ServedKind, object: KubeObject): void {
  const errors = kind.validateCreate(object);
  if (!object.metadata.name && errors.length === 0)
    errors.push(required('metadata.name', 'name or generateName is required'));
  if (errors.length > 0) {
    throw new StatusError(
      invalidObject(storedKind(kind).group, kind.custom ? object.kind : kind.kind, object.metadata.name ?? '', errors),
    );
  }
  for (const warning of kind.warnings(object, undefined)) context.warnings.add(warning);
}

function refuseExisting(store: Store, kind: ServedKind, object: KubeObject): void {
  const { namespace = '', name = '', generateName } = object.metadata;
  const entry = store.get(storageKey(kind, namespace, name));
  if (!entry) return;
  const status = (generateName ? generateNameConflict : alreadyExists)(groupResource(kind), name);
  if (!isBeingDeleted(entry)) throw new StatusError(status);
  throw new StatusError({ ...status, message: `object is being deleted: ${status.message}` });
}

/** Takes away what only the server writes. */
export function wipeSystemFields({ metadata }: KubeObject): void {
  for (const field of SYSTEM_FIELDS) delete metadata[field];
}

/** The object's namespace is the request's, or nothing for what has none. Throws 400 when both differ. */
export function ensureNamespace(object: KubeObject, kind: ServedKind, requested: string): void {
  const { metadata } = object;
  const expected = kind.namespaced ? requested : '';
  if ((metadata.namespace ?? '') === expected) return;
  if (!metadata.namespace) metadata.namespace = expected;
  else if (expected === '') delete metadata.namespace;
  else {
    throw new StatusError(
      badRequest('the namespace of the provided object does not match the namespace sent on the request'),
    );
  }
}
