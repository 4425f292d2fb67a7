import { internalError, StatusError } from '../../api/status.js';
import type { HttpRequest } from '../../kernel/network.js';
import type { UserInfo } from '../request/user-info.js';
import type { Access } from './authorizer.js';

/** Whom a request acts for, and what its real user needs for that. */
export interface Impersonation {
  readonly user: UserInfo;
  readonly needed: readonly Partial<Access>[];
}

/** Reads the Impersonate- headers (kubectl --as, --as-group). Several groups stand in one header, separated by commas. */
export function readImpersonation(_user: UserInfo, request: HttpRequest): Impersonation | undefined {
  const name = request.headers['impersonate-user'] ?? '';
  const groups = (request.headers['impersonate-group'] ?? '')
    .split(',')
    .map((group) => group.trim())
    .filter(Boolean);
  const uid = request.headers['impersonate-uid'] ?? '';
  if (name === '') {
    if (groups.length === 0 && uid === '') return undefined;
    throw new StatusError(internalError('requested [{groups}] without impersonating a user'));
  }
  const verb = { isResource: true, verb: 'impersonate', group: '', version: '', subresource: '', namespace: '' };
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  const needed: Partial<Access>[] = [
    account
      ? { ...verb, resource: 'serviceaccounts', namespace: account[1] as string, name: account[2] as string }
      : { ...verb, resource: 'users', name },
    ...groups.map((group) => ({ ...verb, resource: 'groups', name: group })),
  ];
  const all = account ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`, ...groups] : groups;
  const authenticated = name === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated';
  return {
    user: { name, groups: all.includes(authenticated) ? all : [...all, authenticated], ...(uid === '' ? {} : { uid }) },
    needed,
  };
}
