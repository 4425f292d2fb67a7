import { invalid, required } from '../../api/field-error.js';
import type { KubeObject } from '../../api/object.js';
import { badRequest, invalidObject, StatusError } from '../../api/status.js';
import { decide } from '../authorization/authorize.js';
import type { AccessRequest } from '../authorization/authorizer.js';
import type { RequestContext } from '../request/context.js';
import type { UserInfo } from '../request/user-info.js';

interface AccessSpec {
  resourceAttributes?: {
    namespace?: string;
    verb?: string;
    group?: string;
    version?: string;
    resource?: string;
    subresource?: string;
    name?: string;
  } | null;
  nonResourceAttributes?: { path?: string; verb?: string } | null;
  user?: string;
  groups?: string[];
  uid?: string;
  extra?: Record<string, string[]>;
}

/** SelfSubjectAccessReview: may who asks do this? */
export function reviewOwnAccess(context: RequestContext, review: KubeObject): KubeObject {
  return answered(context, review, context.user);
}

/** SubjectAccessReview: may somebody do this? Throws 422. */
export function reviewAccess(context: RequestContext, review: KubeObject): KubeObject {
  const { user = '', groups = [], uid, extra } = specOf(review);
  if (user === '' && groups.length === 0) {
    const words = 'at least one of user or group must be specified';
    throw refused(review, [invalid('spec.user', '', words)]);
  }
  return answered(context, review, {
    name: user,
    groups,
    ...(uid ? { uid } : {}),
    ...(extra ? { extra } : {}),
  });
}

/** LocalSubjectAccessReview: the same, within the namespace of the request. Throws 400 and 422. */
export function reviewLocalAccess(context: RequestContext, review: KubeObject): KubeObject {
  const { resourceAttributes } = specOf(review);
  if (resourceAttributes?.namespace !== context.info.namespace) {
    const words = `spec.resourceAttributes.namespace must match namespace: ${context.info.namespace}`;
    throw new StatusError(badRequest(words));
  }
  return reviewAccess(context, review);
}

function answered(context: RequestContext, review: KubeObject, user: UserInfo): KubeObject {
  const { decision, reason } = decide(context.parts, { user, info: accessOf(review) });
  const status = {
    allowed: decision === 'allow',
    ...(decision === 'deny' ? { denied: true } : {}),
    ...(reason ? { reason } : {}),
  };
  return { ...review, status };
}

/** What the review asks about. Throws 422 when it is nothing, or two things. */
function accessOf(review: KubeObject): AccessRequest['info'] {
  const { resourceAttributes: resource, nonResourceAttributes: path } = specOf(review);
  const nothing = { group: '', version: '', namespace: '', resource: '', subresource: '', name: '' };
  if (resource && path) {
    throw refused(review, [
      invalid('spec.nonResourceAttributes', path, 'cannot be specified in combination with resourceAttributes'),
    ]);
  }
  if (path) return { ...nothing, isResource: false, path: path.path ?? '', verb: path.verb ?? '' };
  if (resource) return { ...nothing, isResource: true, path: '', verb: '', ...resource };
  throw refused(review, [
    required('spec.resourceAttributes', 'exactly one of nonResourceAttributes or resourceAttributes must be specified'),
  ]);
}

function specOf(review: KubeObject): AccessSpec {
  return (review['spec'] ?? {}) as AccessSpec;
}

function refused({ kind }: KubeObject, errors: Parameters<typeof invalidObject>[3]): StatusError {
  return new StatusError(invalidObject('authorization.k8s.io', kind, '', errors));
}
