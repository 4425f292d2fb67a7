import { goQuote } from '../../api/go-text.js';
import { failure, forbiddenRequest, type Status, StatusError } from '../../api/status.js';
import type { HttpRequest } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ServerParts } from '../parts.js';
import type { RequestInfo } from '../request/request-info.js';
import type { UserInfo } from '../request/user-info.js';
import type { Access } from './authorizer.js';
import { decide } from './decide.js';
import { readImpersonation } from './impersonation.js';

/** Lets a request pass, or throws 403 in the server's words. Gives back whom it acts for (impersonation). */
export function* authorize(
  parts: ServerParts,
  user: UserInfo,
  info: RequestInfo,
  request: HttpRequest,
): Waiting<UserInfo> {
  const acting = readImpersonation(user, request);
  if (acting) {
    for (const access of acting.needed) requireAccess(parts, user, { ...info, ...access });
  }
  const subject = acting?.user ?? user;
  requireAccess(parts, subject, info);
  return subject;
}

/** Lets somebody do something, or throws 403 in the server's words. */
export function requireAccess(parts: ServerParts, user: UserInfo, info: Access): void {
  const { decision, reason } = decide(parts, { user, info });
  if (decision !== 'allow') throw new StatusError(forbiddenAccess(user, info, reason ?? ''));
}

/** 403 as the authorization filter words it. */
function forbiddenAccess(user: UserInfo, info: Access, reason: string): Status {
  const suffix = reason === '' ? '' : `: ${reason}`;
  const who = `User ${goQuote(user.name)} cannot ${info.verb}`;
  if (!info.isResource) {
    const message = `forbidden: ${who} path ${goQuote(info.path)}${suffix}`;
    return failure(403, 'Forbidden', message, {});
  }
  const resource = info.subresource === '' ? info.resource : `${info.resource}/${info.subresource}`;
  const scope = info.namespace === '' ? ' at the cluster scope' : ` in the namespace ${goQuote(info.namespace)}`;
  const why = `${who} resource ${goQuote(resource)} in API group ${goQuote(info.group)}${scope}${suffix}`;
  return forbiddenRequest({ group: info.group, resource: info.resource }, info.name, why);
}
