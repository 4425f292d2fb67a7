import { StatusError } from '../../api/status.js';
import type { HttpRequest } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { AuditTrail } from '../audit/trail.js';
import type { ServerParts } from '../parts.js';
import type { RequestInfo } from '../request/request-info.js';
import type { UserInfo } from '../request/user-info.js';
import { PlainError } from '../respond/plain-error.js';
import type { Access } from './authorizer.js';
import { decide, decided } from './decide.js';
import { entity, forbiddenAccess } from './forbidden.js';
import { impersonate, lastConstraint } from './impersonation/impersonate.js';

/** Lets a request pass, or throws 403 in the server's words. Gives back whom it acts for (impersonation). */
export function* authorize(
  parts: ServerParts,
  user: UserInfo,
  info: RequestInfo,
  request: HttpRequest,
  audit?: AuditTrail,
): Waiting<UserInfo> {
  const other = yield* decided(parts, () => impersonate(parts, user, info, request));
  if (other) audit?.impersonated(other, lastConstraint(parts, user));
  yield* decided(parts, () => requireAccess(parts, other ?? user, info, audit, request.target));
  return other ?? user;
}

/** Lets somebody do something, or throws 403 in the server's words. */
export function requireAccess(
  parts: ServerParts,
  user: UserInfo,
  info: Access,
  audit?: AuditTrail,
  target = info.path,
): void {
  const { decision, reason, error } = decide(parts, { user, info });
  if (error !== undefined && decision !== 'allow') {
    audit?.annotate('authorization.k8s.io/reason', 'internal error');
    throw new PlainError(`Internal Server Error: ${JSON.stringify(target).replace(/[&<>]/g, entity)}: ${error}`);
  }
  audit?.annotate('authorization.k8s.io/decision', decision === 'allow' ? 'allow' : 'forbid');
  audit?.annotate('authorization.k8s.io/reason', reason ?? '');
  if (decision !== 'allow') throw new StatusError(forbiddenAccess(user.name, info, reason ?? ''));
}
