import type { KubeObject } from '../../api/object.js';
import { methodNotSupported, StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import { type AdmissionRequest, mutateAll, validateAll } from '../admission/admission.js';
import { converting } from '../extensions/conversion/converting.js';
import { deleteDefinition } from '../extensions/definitions/finalizing.js';
import { afterWrite } from '../hooks.js';
import { askerOf } from '../request/asker.js';
import type { RequestContext } from '../request/context.js';
import { deleteOptions } from '../request/operation-options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import { groupResource, type ServedKind } from '../served-kind.js';
import { type Deletion, deleteObject, deletionAnswer } from '../storage/delete.js';
import { deleteNamespace } from '../storage/delete-namespace.js';
import { getObject } from '../storage/get.js';
import { type DeleteParameters, readDeleteParameters } from './delete-options.js';

/** DELETE of one object. */
export function* deleteVerb(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  if (!kind.verbs.includes('delete')) throw new StatusError(methodNotSupported(groupResource(kind), 'delete'));
  const options = readDeleteParameters(context);
  warnOfOrphans(context, kind, options);
  const store = yield* context.parts.etcd.store('write');
  const { namespace, name } = context.info;
  const existing = yield* converting(context.parts, store, () => getObject(store, kind, namespace, name));
  const deletion = yield* admitAndDelete(context, kind, store, existing, options);
  return objectAnswer(deletionAnswer(kind, deletion), 200, kind);
}

/** Tells whoever says nothing of dependents what becomes of them, where the kind thinks it should. */
export function warnOfOrphans(context: RequestContext, kind: ServedKind, options: DeleteParameters): void {
  if (options.propagation === undefined && kind.orphanWarning) context.warnings.add(kind.orphanWarning);
}

/** Deletes one object after asking admission. */
export function* admitAndDelete(
  context: RequestContext,
  kind: ServedKind,
  store: Store,
  existing: KubeObject,
  options: DeleteParameters,
): Waiting<Deletion> {
  const { namespace = '', name = '' } = existing.metadata;
  const admission: AdmissionRequest = {
    ...askerOf(context),
    store,
    operation: 'DELETE',
    kind,
    subresource: '',
    namespace,
    name,
    object: undefined,
    old: existing,
    dryRun: options.dryRun,
    options: deleteOptions(options),
  };
  yield* mutateAll(context.parts.admission, admission);
  yield* validateAll(context.parts.admission, admission);
  const isNamespace = kind.kind === 'Namespace' && kind.group === '';
  const isDefinition = kind.kind === 'CustomResourceDefinition' && kind.group === 'apiextensions.k8s.io';
  const remove = isNamespace ? deleteNamespace : isDefinition ? deleteDefinition : deleteObject;
  const { parts } = context;
  const deletion = yield* converting(parts, store, () => remove(store, kind, existing, options, parts.now()));
  if (deletion.gone && !options.dryRun) afterWrite(context, kind, store, undefined, existing);
  return deletion;
}
