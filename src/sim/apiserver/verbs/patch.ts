import type { KubeObject } from '../../api/object.js';
import { methodNotSupported, notFound, StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import { applyVerb, isApply } from '../apply/apply-verb.js';
import { converting } from '../extensions/conversion/converting.js';
import type { RequestContext } from '../request/context.js';
import { readPatchParameters } from '../request/patch-options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import { fromStored, groupResource, type ServedKind, toStored } from '../served-kind.js';
import { findObject } from '../storage/get.js';
import { ensureNamespace } from './create.js';
import { dropDoubleOwners } from './owners.js';
import { readPatch, strictProblems } from './patch-body.js';
import { acceptPatched } from './patched-object.js';
import { checkName, updateObject } from './update.js';

/** PATCH of one object, or of its status: JSON, merge, strategic or applied. */
export function* patchVerb(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  if (!kind.verbs.includes('patch')) throw new StatusError(methodNotSupported(groupResource(kind), 'patch'));
  if (isApply(context)) return yield* applyVerb(context, kind);
  const patch = readPatch(context, kind);
  const parameters = readPatchParameters(context.query, context.request.headers['user-agent'] ?? '', false);
  const store = yield* context.parts.etcd.store('write');
  const { namespace, name } = context.info;
  const old = yield* converting(context.parts, store, () => findObject(store, kind, namespace, name));
  if (!old) throw new StatusError(notFound(groupResource(kind), name));
  const before = fromStored(kind, old);
  const after = patch(before) as KubeObject;
  const decoded = acceptPatched(context, kind, { before, after }, parameters, strictProblems(context));
  ensureNamespace(decoded, kind, namespace);
  checkName(context, decoded);
  dropDoubleOwners(decoded, context.warnings);
  const object = toStored(kind, decoded);
  return objectAnswer(yield* updateObject(context, kind, store, object, old, parameters), 200, kind);
}
