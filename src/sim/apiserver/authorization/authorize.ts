import { StatusError } from '../../api/status.js';
import type { HttpRequest } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ServerParts } from '../parts.js';
import type { RequestInfo } from '../request/request-info.js';
import type { UserInfo } from '../request/user-info.js';
import type { Access } from './authorizer.js';
import { decide } from './decide.js';
import { forbiddenAccess } from './forbidden.js';
import { impersonate } from './impersonation/impersonate.js';

/** Lets a request pass, or throws 403 in the server's words. Gives back whom it acts for (impersonation). */
export function* authorize(
  parts: ServerParts,
  user: UserInfo,
  info: RequestInfo,
  request: HttpRequest,
): Waiting<UserInfo> {
  const acting = impersonate(parts, user, info, request) ?? user;
  requireAccess(parts, acting, info);
  return acting;
}

/** Lets somebody do something, or throws 403 in the server's words. */
export function requireAccess(parts: ServerParts, user: UserInfo, info: Access): void {
  const { decision, reason } = decide(parts, { user, info });
  if (decision !== 'allow') throw new StatusError(forbiddenAccess(user.name, info, reason ?? ''));
}
