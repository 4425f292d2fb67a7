import type { FactType } from '../../api/facts/fact-types.js';
import { type Application, type Applied, applyConfiguration } from '../../api/managed-fields/apply-configuration.js';
import { compareFields } from '../../api/managed-fields/compare-fields.js';
import { ApplyConflict, conflictStatus } from '../../api/managed-fields/conflicts.js';
import { areValidEntries, entriesAfterUpdate } from '../../api/managed-fields/managers.js';
import { FieldPathError } from '../../api/managed-fields/structure.js';
import { deepCopy, type JsonObject, type KubeObject, type ManagedFieldsEntry } from '../../api/object.js';
import { StatusError, unnamedError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { RequestContext } from '../request/context.js';
import type { WriteParameters } from '../request/options.js';
import { apiVersionOf, emptyObject, fieldsOfKind, fromStored, type ServedKind } from '../served-kind.js';
import { resetFields } from '../storage/reset-fields.js';
import { readConfiguration, refuseUnconvertible } from './configuration.js';
import { conflictsLeft, keepLastApplied } from './last-applied.js';
import { versionsOf } from './other-versions.js';

/** Whose applies know of the annotation that client-side apply keeps. */
const KUBECTL = 'kubectl';
/** Who manages what was there before anybody was noted. */
const BEFORE = 'before-first-apply';

/** The object that the configuration in a request makes of one that is there, or of none. Throws 400, 409, 500. */
export function applyObject(
  context: RequestContext,
  kind: ServedKind,
  old: KubeObject | undefined,
  parameters: WriteParameters,
): KubeObject {
  const type = fieldsOfKind(kind);
  if (!type) throw new StatusError(unnamedError(`no corresponding type for ${apiVersionOf(kind)}, Kind=${kind.kind}`));
  const config = readConfiguration(context, kind, type);
  const application = applicationOf(context, kind, type, config, old, parameters);
  const { object, entries } = applied(application);
  const made = deepCopy(object ?? application.live) as unknown as KubeObject;
  refuseUnconvertible(made, config);
  if (application.manager === KUBECTL) keepLastApplied(made as unknown as JsonObject, config);
  if (entries.length > 0) made.metadata.managedFields = entries;
  return made;
}

function applicationOf(
  context: RequestContext,
  kind: ServedKind,
  type: FactType,
  config: JsonObject,
  old: KubeObject | undefined,
  parameters: WriteParameters,
): Application {
  const { subresource } = context.info;
  const empty = emptyObject(kind) as unknown as JsonObject;
  const live = old ? liveOf(kind, old) : empty;
  const stored = old?.metadata.managedFields ?? [];
  const common = {
    apiVersion: apiVersionOf(kind),
    subresource,
    time: formatTime(context.parts.now()),
    reset: resetFields(kind, subresource),
  };
  const entries = stored.length > 0 || !old ? checked(stored) : firstEntries(changesOf(type, empty, live), common);
  return {
    ...common,
    type,
    live,
    config,
    entries,
    manager: parameters.fieldManager,
    force: parameters.force ?? false,
    inVersion: versionsOf(context.parts.kinds),
  };
}

/** Throws 500 for an object with a list whose items cannot be told apart. */
function changesOf(type: FactType, empty: JsonObject, live: JsonObject): ReturnType<typeof compareFields> {
  try {
    return compareFields(type, empty, live);
  } catch (error) {
    if (error instanceof FieldPathError)
      throw new StatusError(unnamedError(`failed to merge config: ${error.message}`));
    throw error;
  }
}

function liveOf(kind: ServedKind, old: KubeObject): JsonObject {
  const { managedFields: _, ...metadata } = old.metadata;
  return fromStored(kind, { ...old, metadata }) as unknown as JsonObject;
}

/** Everything there is belongs to whoever wrote it before anybody was noted. */
function firstEntries(
  changes: ReturnType<typeof compareFields>,
  common: Omit<Parameters<typeof entriesAfterUpdate>[2], 'manager'>,
): ManagedFieldsEntry[] {
  return entriesAfterUpdate([], changes, { ...common, manager: BEFORE });
}

function checked(entries: readonly ManagedFieldsEntry[]): readonly ManagedFieldsEntry[] {
  if (areValidEntries(entries)) return entries;
  throw new StatusError(unnamedError('failed to decode managed fields: operation must be `Apply` or `Update`'));
}

/** Applies; kubectl takes over by itself what it had applied on the client's side before. */
function applied(application: Application): Applied {
  try {
    return applyConfiguration(application);
  } catch (error) {
    if (error instanceof FieldPathError)
      throw new StatusError(unnamedError(`failed to merge config: ${error.message}`));
    if (!(error instanceof ApplyConflict)) throw error;
    const { manager, live, type } = application;
    const left = manager === KUBECTL ? conflictsLeft(error.conflicts, live, type) : error.conflicts;
    if (left.length > 0) throw new StatusError(conflictStatus(left));
    return applyConfiguration({ ...application, force: true });
  }
}
