import type { KubeObject } from '../../api/object.js';
import { badRequest, internalError, StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import { identify } from '../authentication/authenticate.js';
import { CredentialError } from '../authentication/authenticator.js';
import type { RequestContext } from '../request/context.js';
import type { UserInfo } from '../request/user-info.js';

/** SelfSubjectReview: who am I to the server? The answer is a new object; nothing of the question is in it. */
export function reviewSelf(context: RequestContext, { apiVersion, kind }: KubeObject): () => KubeObject {
  const metadata = { creationTimestamp: formatTime(context.now) };
  return () => ({ kind, apiVersion, metadata, status: { userInfo: toApi(context.user) } });
}

/** TokenReview: whose token is this, and is it for those who are asked about? Throws 400 without a token. */
export function reviewToken(context: RequestContext, review: KubeObject): () => KubeObject {
  const { token = '', audiences: asked } = (review['spec'] ?? {}) as { token?: string; audiences?: string[] | null };
  if (token === '') throw new StatusError(badRequest('token is required for TokenReview in authentication'));
  return () => identified(context, review, token, asked);
}

function identified(
  context: RequestContext,
  review: KubeObject,
  token: string,
  asked: string[] | null | undefined,
): KubeObject {
  const { address } = context.peer;
  const audiences = asked?.length ? asked : (context.parts.audiences ?? []);
  const request = { method: 'GET', target: '/', headers: { authorization: `Bearer ${token}` } };
  const { parts, now, warnings } = context;
  const found = identify(parts.authenticators, { parts, request, peer: { address }, now, warnings, audiences });
  if (found instanceof CredentialError) return { ...review, status: { user: {}, error: found.message } };
  if (!found) return { ...review, status: { user: {} } };
  if (audiences.length > 0 && !audiences.some((one) => found.audiences?.includes(one))) {
    throw new StatusError(internalError('error validating audiences'));
  }
  const given = found.audiences?.length ? { audiences: found.audiences } : {};
  return { ...review, status: { authenticated: true, user: toApi(found.user), ...given } };
}

function toApi({ name, uid, groups, extra }: UserInfo): object {
  return {
    username: name,
    ...(uid ? { uid } : {}),
    groups,
    ...(extra && Object.keys(extra).length > 0 ? { extra } : {}),
  };
}
