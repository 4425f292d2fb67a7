import { required } from '../../api/field-error.js';
import type { KubeObject } from '../../api/object.js';
import { invalidObject, StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import { authenticate } from '../authentication/authenticate.js';
import type { RequestContext } from '../request/context.js';
import type { UserInfo } from '../request/user-info.js';

/** SelfSubjectReview: who am I to the server? */
export function reviewSelf(context: RequestContext, review: KubeObject): KubeObject {
  const metadata = { ...review.metadata, creationTimestamp: formatTime(context.now) };
  return { ...review, metadata, status: { userInfo: toApi(context.user) } };
}

/** TokenReview: whose token is this? Throws 422 without one. */
export function reviewToken(context: RequestContext, review: KubeObject): KubeObject {
  const { token = '' } = (review['spec'] ?? {}) as { token?: string };
  if (token === '') {
    const error = required('spec.token', '');
    throw new StatusError(invalidObject('authentication.k8s.io', 'TokenReview', '', [error]));
  }
  const headers = { authorization: `Bearer ${token}` };
  const { address } = context.peer;
  const user = authenticate({
    parts: { ...context.parts, anonymousAuth: false },
    request: { method: 'GET', target: '/', headers },
    peer: { address },
    now: context.now,
  });
  if (!user) return { ...review, status: { user: {}, error: '[invalid bearer token, unknown]' } };
  return { ...review, status: { authenticated: true, user: toApi(user) } };
}

function toApi({ name, uid, groups, extra }: UserInfo): object {
  return { username: name, ...(uid ? { uid } : {}), groups, ...(extra ? { extra } : {}) };
}
