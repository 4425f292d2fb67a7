import type { KubeObject } from '../../api/object.js';
import { deepCopy } from '../../api/object.js';
import { conflict, methodNotAllowed, notFound, StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import type { RequestContext } from '../request/context.js';
import { readWriteParameters } from '../request/options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import { groupResource, type ServedKind } from '../served-kind.js';
import { isNamespaceSettled } from '../storage/delete-namespace.js';
import { findObject } from '../storage/get.js';
import { removeObject, writeObject } from '../storage/write.js';
import { decodeObject } from '../verbs/decode.js';

/** PUT to a namespace's finalize: changes spec.finalizers; the last one of a terminating namespace takes it away. */
export function* finalizeSubresource(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  if (context.info.verb !== 'update') throw new StatusError(methodNotAllowed());
  const parameters = readWriteParameters(context.query, 'UpdateOptions', context.request.headers['user-agent'] ?? '');
  const given = decodeObject(context, kind, parameters);
  const { name } = context.info;
  const store = yield* context.parts.etcd.store('write');
  const old = findObject(store, kind, '', name);
  if (!old) throw new StatusError(notFound(groupResource(kind), name));
  const version = given.metadata.resourceVersion;
  if (version && version !== old.metadata.resourceVersion) throw new StatusError(conflict(groupResource(kind), name));
  const changed: KubeObject = { ...deepCopy(old), spec: given['spec'] ?? {} };
  if (parameters.dryRun) return objectAnswer(changed, 200, kind);
  return objectAnswer(
    isNamespaceSettled(changed) ? removeObject(store, kind, changed) : writeObject(store, kind, changed),
    200,
    kind,
  );
}
