import { ANONYMOUS, type UserInfo } from '../request/user-info.js';
import type { Credentialed } from './authenticator.js';

/** Asks each authenticator in turn; nobody knowing anything is anonymous, when that is allowed. Undefined: 401. */
export function authenticate(request: Credentialed): UserInfo | undefined {
  let refused = false;
  for (const authenticator of request.parts.authenticators) {
    const found = authenticator.authenticate(request);
    if (found === 'invalid') refused = true;
    else if (found) return withAuthenticated(found);
  }
  return refused || !request.parts.anonymousAuth ? undefined : ANONYMOUS;
}

function withAuthenticated(user: UserInfo): UserInfo {
  if (user.groups.includes('system:authenticated') || user.groups.includes('system:unauthenticated')) return user;
  return { ...user, groups: [...user.groups, 'system:authenticated'] };
}
