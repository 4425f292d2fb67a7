import { matchesSelector, selectorFromObject } from '../../../api/labels.js';
import type { KubeObject } from '../../../api/object.js';
import type { AdmissionPolicyBinding, ParamKind } from '../../../api/types/admission.js';
import { fromStored, type ServedKind } from '../../served-kind.js';
import { allObjects, findObject } from '../../storage/get.js';
import type { Attributes } from '../matching/attributes.js';

/** The kind of a policy's parameters; undefined for a policy without any. Throws `Error` for a kind that is not served. */
export function paramKindOf({ request }: Attributes, kind: ParamKind | undefined): ServedKind | undefined {
  if (!kind) return undefined;
  const { apiVersion = '', kind: name = '' } = kind;
  const found = request.parts.kinds.kind(apiVersion, name);
  if (found) return found;
  const shown = `${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}, Kind=${name}`;
  throw new Error(`failed to find resource referenced by paramKind: '${shown}'`);
}

/**
 * The parameters a binding names, each to be looked at by itself; one that is undefined for a binding without any. Throws
 * `Error` where a binding cannot be followed.
 */
export function paramsOf(
  attributes: Attributes,
  kind: ServedKind | undefined,
  { spec: { paramRef } }: AdmissionPolicyBinding,
): readonly (KubeObject | undefined)[] {
  if (!kind || !paramRef) return [undefined];
  const { name, namespace = '', selector, parameterNotFoundAction } = paramRef;
  const { store } = attributes.request;
  let place = '';
  if (kind.namespaced) {
    place = namespace || attributes.namespace;
    if (place === '')
      throw new Error('cannot use namespaced paramRef in policy binding that matches cluster-scoped resources');
  } else if (namespace !== '') {
    throw new Error('paramRef.namespace must not be provided for a cluster-scoped `paramKind`');
  }
  const found = name
    ? [findObject(store, kind, place, name)].filter((one) => one !== undefined)
    : allObjects(store, kind, place).filter(({ metadata }) =>
        matchesSelector(selectorFromObject(selector), metadata.labels),
      );
  if (found.length === 0 && parameterNotFoundAction === 'Deny') {
    throw new Error('no params found for policy binding with `Deny` parameterNotFoundAction');
  }
  return found.map((object) => fromStored(kind, object));
}
