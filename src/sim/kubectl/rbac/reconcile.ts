import { hasReason, isAlreadyExists, isConflict, isNotFound } from '../../api/status.js';
import type { ResourceType } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';
import { computeBinding } from './reconcile-binding.js';
import { computeRole } from './reconcile-role.js';
import { NOTHING, type RbacObject, type Reconciled } from './reconciled.js';

const TRIES_MAX = 3;
const NAMESPACES: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};

/** How objects are brought together. */
export interface ReconcileOptions {
  readonly confirm: boolean;
  readonly removeExtra: boolean;
}

/** Makes what is there at least what is expected: component-helpers' reconciliation of roles and bindings. */
export function* reconcile(
  session: Session,
  type: ResourceType,
  expected: RbacObject,
  options: ReconcileOptions,
): Waiting<Reconciled> {
  for (let tries = 1; ; tries += 1) {
    const existing = yield* current(session, type, expected);
    const result = compute(expected, existing, options.removeExtra);
    if (result.isProtected || !options.confirm || result.operation === 'none') return result;
    try {
      return { ...result, object: yield* write(session, type, result, existing) };
    } catch (error) {
      if (!isRace(error)) throw error;
      if (tries >= TRIES_MAX) throw isConflict(error) ? error : new CommandError('exceeded maximum attempts');
    }
  }
}

function* current(session: Session, type: ResourceType, { metadata }: RbacObject): Waiting<RbacObject | undefined> {
  try {
    return yield* session.rest().get<RbacObject>(type, metadata.name ?? '', metadata.namespace);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function compute(expected: RbacObject, existing: RbacObject | undefined, removeExtra: boolean): Reconciled {
  const isRole = expected.kind.endsWith('Role');
  if (!existing) {
    const missing = isRole ? { missingRules: expected.rules ?? [] } : { missingSubjects: expected.subjects ?? [] };
    return { ...NOTHING, object: expected, operation: 'create', ...missing };
  }
  return (isRole ? computeRole : computeBinding)(existing, expected, removeExtra);
}

function* write(
  session: Session,
  type: ResourceType,
  { object, operation }: Reconciled,
  existing: RbacObject | undefined,
): Waiting<RbacObject> {
  const { namespace } = object.metadata;
  if (operation === 'update') return (yield* session.rest().replace(type, object, namespace)) as RbacObject;
  if (operation === 'recreate' && existing) {
    const { name, uid } = existing.metadata;
    try {
      yield* session.rest().delete(type, name ?? '', namespace, { preconditions: { uid } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  if (type.namespaced) yield* ensureNamespace(session, namespace ?? '');
  return (yield* session.rest().create(type, object, namespace)) as RbacObject;
}

/** A role brings its namespace along, where one may make it. */
function* ensureNamespace(session: Session, name: string): Waiting<void> {
  if (name === '') throw new CommandError('resource name may not be empty');
  try {
    yield* session.rest().get(NAMESPACES, name);
  } catch (error) {
    if (!isNotFound(error)) {
      if (hasReason(error, 'Forbidden')) return;
      throw error;
    }
    try {
      yield* session.rest().create(NAMESPACES, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    } catch (refusal) {
      if (!isAlreadyExists(refusal) && !hasReason(refusal, 'Forbidden')) throw refusal;
    }
  }
}

/** Somebody else wrote in between. */
function isRace(error: unknown): boolean {
  return isConflict(error) || isAlreadyExists(error);
}
