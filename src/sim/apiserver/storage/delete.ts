import { deepCopy, type KubeObject } from '../../api/object.js';
import { conflict, type Status, StatusError, success } from '../../api/status.js';
import { formatTime, parseTime } from '../../api/time.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Store } from '../../store/store.js';
import type { ServedKind } from '../served-kind.js';
import type { DeleteParameters } from '../verbs/delete-options.js';
import { removeObject, writeObject } from './write.js';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

/** What a delete came to: the object that stays for a while, or the last state of one that is gone. */
export interface Deletion {
  readonly object: KubeObject;
  readonly gone: boolean;
}

/**
 * Deletes an object as its kind wants it: at once, after a grace period, or when its finalizers are done (generic
 * registry store, Delete). Throws 409 when a precondition does not hold.
 */
export function deleteObject(
  store: Store,
  kind: ServedKind,
  existing: KubeObject,
  options: DeleteParameters,
  now: Micros,
): Deletion {
  checkPreconditions(kind, existing, options);
  const object = deepCopy(existing);
  const grace = planGrace(kind, object, options, now);
  if (grace === 'pending') return { object: existing, gone: false };
  const finalizers = deletionFinalizers(kind, object, options);
  if (finalizers.length > 0) object.metadata.finalizers = finalizers;
  else delete object.metadata.finalizers;
  if (grace === 'now' && finalizers.length > 0) markDeleting(object, now);
  const stays =
    finalizers.length > 0 || (grace === 'graceful' && (object.metadata.deletionGracePeriodSeconds ?? 0) > 0);
  if (options.dryRun) return { object: stays || grace === 'graceful' ? object : existing, gone: !stays };
  if (stays) return { object: writeIfChanged(store, kind, object, existing), gone: false };
  return { object: removeObject(store, kind, grace === 'graceful' ? object : existing), gone: true };
}

/** What DELETE answers: the object where the kind says so or while it is still there, else a Status. */
export function deletionAnswer(kind: ServedKind, deletion: Deletion): KubeObject | Status {
  if (kind.returnsDeleted || !deletion.gone) return deletion.object;
  const { name = '', uid = '' } = deletion.object.metadata;
  return success({ name, ...(kind.group === '' ? {} : { group: kind.group }), kind: kind.plural, uid });
}

/** Throws 409 when the object is not the one that was meant. */
export function checkPreconditions(kind: ServedKind, object: KubeObject, options: DeleteParameters): void {
  const { name = '', uid, resourceVersion } = object.metadata;
  const resource = { group: kind.group, resource: kind.kind };
  if (options.uid !== undefined && options.uid !== uid) {
    throw new StatusError(
      conflict(
        resource,
        name,
        `the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
      ),
    );
  }
  if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion) {
    throw new StatusError(
      conflict(
        resource,
        name,
        `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
      ),
    );
  }
}

/** Sets the deletion times. A deletion under way may only be shortened; otherwise it is `pending` and stays as it is. */
function planGrace(
  kind: ServedKind,
  object: KubeObject,
  options: DeleteParameters,
  now: Micros,
): 'now' | 'graceful' | 'pending' {
  const { metadata } = object;
  const graceful = kind.gracePeriod(object, options.gracePeriodSeconds);
  if (metadata.deletionTimestamp && kind.gracefulKind) return shortenGrace(object, options, now);
  if (graceful === undefined) return 'now';
  metadata.deletionTimestamp = formatTime(now + graceful * SECOND);
  metadata.deletionGracePeriodSeconds = graceful;
  if (metadata.generation) metadata.generation += 1;
  return 'graceful';
}

function shortenGrace(
  { metadata }: KubeObject,
  options: DeleteParameters,
  now: Micros,
): 'now' | 'graceful' | 'pending' {
  const running = metadata.deletionGracePeriodSeconds ?? 0;
  if (running === 0) return 'now';
  const wanted = options.gracePeriodSeconds;
  if (wanted === undefined || wanted >= running) return 'pending';
  const started = (parseTime(metadata.deletionTimestamp as string) ?? now) - running * SECOND;
  const ends = started + wanted * SECOND;
  metadata.deletionTimestamp = formatTime(Math.max(ends, now));
  metadata.deletionGracePeriodSeconds = ends < now && wanted !== 0 ? 1 : wanted;
  return 'graceful';
}

function deletionFinalizers(kind: ServedKind, object: KubeObject, options: DeleteParameters): string[] {
  const given = object.metadata.finalizers ?? [];
  const rest = given.filter((name) => name !== ORPHAN && name !== FOREGROUND);
  const policy = options.propagation ?? policyOf(given) ?? kind.defaultPropagation;
  if (policy === 'Orphan') return [...rest, ORPHAN];
  if (policy === 'Foreground') return [...rest, FOREGROUND];
  return rest;
}

function policyOf(finalizers: readonly string[]): 'Orphan' | 'Foreground' | undefined {
  for (const name of finalizers) {
    if (name === ORPHAN) return 'Orphan';
    if (name === FOREGROUND) return 'Foreground';
  }
  return undefined;
}

function markDeleting({ metadata }: KubeObject, now: Micros): void {
  if (!metadata.deletionTimestamp && metadata.generation) metadata.generation += 1;
  const at = metadata.deletionTimestamp ? parseTime(metadata.deletionTimestamp) : undefined;
  if (at === undefined || at > now) metadata.deletionTimestamp = formatTime(now);
  metadata.deletionGracePeriodSeconds = 0;
}

function writeIfChanged(store: Store, kind: ServedKind, object: KubeObject, existing: KubeObject): KubeObject {
  return JSON.stringify(object) === JSON.stringify(existing) ? existing : writeObject(store, kind, object);
}
