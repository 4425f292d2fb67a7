import type { KubeObject } from '../../api/object.js';
import { badRequest, StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import { authenticate } from '../authentication/authenticate.js';
import type { RequestContext } from '../request/context.js';
import type { UserInfo } from '../request/user-info.js';

/** SelfSubjectReview: who am I to the server? The answer is a new object; nothing of the question is in it. */
export function reviewSelf(context: RequestContext, { apiVersion, kind }: KubeObject): KubeObject {
  const metadata = { creationTimestamp: formatTime(context.now) };
  return { kind, apiVersion, metadata, status: { userInfo: toApi(context.user) } };
}

/** TokenReview: whose token is this? Throws 400 without one. */
export function reviewToken(context: RequestContext, review: KubeObject): KubeObject {
  const { token = '' } = (review['spec'] ?? {}) as { token?: string };
  if (token === '') throw new StatusError(badRequest('token is required for TokenReview in authentication'));
  const headers = { authorization: `Bearer ${token}` };
  const { address } = context.peer;
  const user = authenticate({
    parts: { ...context.parts, anonymousAuth: false },
    request: { method: 'GET', target: '/', headers },
    peer: { address },
    now: context.now,
  });
  if (!user) return { ...review, status: { user: {}, error: 'invalid bearer token' } };
  return { ...review, status: { authenticated: true, user: toApi(user) } };
}

function toApi({ name, uid, groups, extra }: UserInfo): object {
  return { username: name, ...(uid ? { uid } : {}), groups, ...(extra ? { extra } : {}) };
}
