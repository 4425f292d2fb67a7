/** Takes away the objects of definitions that are deleted, and then the definitions (crd_finalizer). */
import { isTrue } from '../../../api/custom/custom-kind.js';
import { deepCopy, type KubeObject } from '../../../api/object.js';
import { formatTime } from '../../../api/time.js';
import type { CustomResourceDefinition } from '../../../api/types/custom-resource-definition.js';
import type { Micros } from '../../../kernel/time.js';
import type { Store } from '../../../store/store.js';
import type { ServerParts } from '../../parts.js';
import type { ServedKind } from '../../served-kind.js';
import { checkPreconditions, type Deletion, deleteObject } from '../../storage/delete.js';
import { allObjects, findObject } from '../../storage/get.js';
import { writeObject } from '../../storage/write.js';
import type { DeleteParameters } from '../../verbs/delete-options.js';
import { type NewCondition, withConditions, writeStatus } from './write-status.js';

const FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';
const PENDING: NewCondition = {
  type: 'Terminating',
  status: 'True',
  reason: 'InstanceDeletionPending',
  message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
};
const BUSY: NewCondition = {
  type: 'Terminating',
  status: 'True',
  reason: 'InstanceDeletionInProgress',
  message: 'CustomResource deletion is in progress',
};
const DONE: NewCondition = {
  type: 'Terminating',
  status: 'False',
  reason: 'InstanceDeletionCompleted',
  message: 'removed all instances',
};
const NEVER: NewCondition = {
  type: 'Terminating',
  status: 'False',
  reason: 'NeverEstablished',
  message: 'resource was never established',
};

/** DELETE of a definition: it stays until its objects are gone. A second one is like that of any object. */
export function deleteDefinition(
  store: Store,
  kind: ServedKind,
  existing: KubeObject,
  options: DeleteParameters,
  now: Micros,
): Deletion {
  if (existing.metadata.deletionTimestamp) return deleteObject(store, kind, existing, options, now);
  checkPreconditions(kind, existing, options);
  const object = deepCopy(existing) as CustomResourceDefinition;
  object.metadata.deletionTimestamp = formatTime(now);
  const finalizers = object.metadata.finalizers ?? [];
  if (!finalizers.includes(FINALIZER)) object.metadata.finalizers = [...finalizers, FINALIZER];
  const conditions = withConditions(object.status?.conditions ?? [], [PENDING], formatTime(now));
  object.status = { acceptedNames: { plural: '', kind: '' }, storedVersions: null, ...object.status, conditions };
  return { object: options.dryRun ? object : writeObject(store, kind, object), gone: false };
}

/** Goes on with every definition that is being deleted, as far as its objects let it. */
export function settleDeleted(parts: ServerParts, store: Store, kind: ServedKind): void {
  for (const object of allObjects(store, kind) as CustomResourceDefinition[]) {
    if (object.metadata.deletionTimestamp && object.metadata.finalizers?.includes(FINALIZER)) {
      finalize(parts, store, kind, object);
    }
  }
}

function finalize(parts: ServerParts, store: Store, kind: ServedKind, found: CustomResourceDefinition): void {
  const set = (object: CustomResourceDefinition, condition: NewCondition, finalizers?: string[]) => {
    const conditions = withConditions(object.status?.conditions ?? [], [condition], formatTime(parts.now()));
    return writeStatus(parts, store, kind, object, { conditions }, finalizers);
  };
  const terminating = found.status?.conditions?.find(({ type }) => type === 'Terminating');
  const object = terminating?.reason === BUSY.reason ? found : set(found, BUSY);
  const rest = (object.metadata.finalizers ?? []).filter((name) => name !== FINALIZER);
  if (!isTrue(object, 'Established')) {
    set(object, NEVER, rest);
    return;
  }
  if (deleteInstances(parts, store, object)) set(object, DONE, rest);
}

/** Deletes all objects; whether none is left. */
function deleteInstances(parts: ServerParts, store: Store, definition: CustomResourceDefinition): boolean {
  const { group, names } = definition.spec;
  const version = definition.spec.versions?.find(({ served }) => served)?.name;
  const served = version === undefined ? undefined : parts.kinds.resource(group, version, names.plural);
  if (!served?.custom) return true;
  // What only goes away goes as it is stored: nobody is asked to convert it.
  const { custom: _, ...kind } = served;
  const options: DeleteParameters = { dryRun: false } as DeleteParameters;
  for (const object of allObjects(store, kind)) {
    if (!object.metadata.deletionTimestamp) deleteObject(store, kind, object, options, parts.now());
  }
  return allObjects(store, kind).every(
    ({ metadata }) => findObject(store, kind, metadata.namespace ?? '', metadata.name ?? '') === undefined,
  );
}
