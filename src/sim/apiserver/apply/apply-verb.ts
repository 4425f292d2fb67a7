import type { KubeObject } from '../../api/object.js';
import { conflict, notFound, StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import { requireAccess } from '../authorization/authorize.js';
import { converting } from '../extensions/conversion/converting.js';
import type { RequestContext } from '../request/context.js';
import type { WriteParameters } from '../request/options.js';
import { readPatchParameters } from '../request/patch-options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import { groupResource, type ServedKind, toStored } from '../served-kind.js';
import { findObject } from '../storage/get.js';
import { createObject, ensureNamespace } from '../verbs/create.js';
import { acceptObject } from '../verbs/decode.js';
import { checkName, updateObject } from '../verbs/update.js';
import { applyObject } from './apply-object.js';

/** The type of a body that is applied. */
const APPLY_PATCH = 'application/apply-patch+yaml';

/** Whether a PATCH is a server-side apply. */
export function isApply({ request }: RequestContext): boolean {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim() === APPLY_PATCH;
}

/** PATCH that applies a configuration to an object or its status; an object that is not there is created. */
export function* applyVerb(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  const { namespace, name, subresource } = context.info;
  const agent = context.request.headers['user-agent'] ?? '';
  const parameters = { ...readPatchParameters(context.query, agent, true), managersNoted: true };
  const store = yield* context.parts.etcd.store('write');
  const { parts } = context;
  const old = yield* converting(parts, store, () => findObject(store, kind, namespace, name));
  if (!old && subresource !== '') throw new StatusError(notFound(groupResource(kind), name));
  const made = yield* converting(parts, store, () => applyObject(context, kind, old, parameters));
  const object = accepted(context, kind, made, parameters);
  if (old) return objectAnswer(yield* updateObject(context, kind, store, object, old, parameters), 200, kind);
  if (object.metadata.uid) {
    const why = `uid mismatch: the provided object specified uid ${object.metadata.uid}, and no existing object was found`;
    throw new StatusError(conflict(groupResource(kind), name, why));
  }
  requireAccess(context.parts, context.user, { ...context.info, verb: 'create' });
  delete object.metadata.resourceVersion;
  return objectAnswer(yield* createObject(context, kind, object, parameters), 201, kind);
}

/** What came of applying as the kind has it. */
function accepted(
  context: RequestContext,
  kind: ServedKind,
  object: KubeObject,
  parameters: WriteParameters,
): KubeObject {
  const quiet: WriteParameters = { ...parameters, fieldValidation: 'Ignore' };
  const decoded = acceptObject(context, kind, { object, duplicates: [] }, quiet);
  ensureNamespace(decoded, kind, context.info.namespace);
  checkName(context, decoded);
  return toStored(kind, decoded);
}
