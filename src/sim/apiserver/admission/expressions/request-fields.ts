import type { JsonObject } from '../../../api/object.js';
import type { UserInfo } from '../../request/user-info.js';
import type { Attributes, View } from '../matching/attributes.js';

/** Who asks, as reviews and expressions see it: authentication/v1 UserInfo. */
export function userFields({ name, uid, groups, extra }: UserInfo): JsonObject {
  return {
    ...(name ? { username: name } : {}),
    ...(uid ? { uid } : {}),
    ...(groups.length > 0 ? { groups: [...groups] } : {}),
    ...(extra && Object.keys(extra).length > 0 ? { extra: { ...extra } } : {}),
  };
}

/** What admission/v1 AdmissionRequest says of a request, without its uid and objects, in Go's order. */
export function requestFields(attributes: Attributes, view: View): JsonObject {
  const { own, subresource, name, namespace, operation, request } = attributes;
  const options = request.options?.();
  return {
    kind: { ...view.kind },
    resource: { ...view.resource },
    ...(subresource ? { subResource: subresource } : {}),
    requestKind: { ...own.kind },
    requestResource: { ...own.resource },
    ...(subresource ? { requestSubResource: subresource } : {}),
    ...(name ? { name } : {}),
    ...(namespace ? { namespace } : {}),
    operation,
    userInfo: userFields(request.user),
    dryRun: request.dryRun,
    ...(options ? { options } : {}),
  };
}
