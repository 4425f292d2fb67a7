import type { UserInfo } from '../request/user-info.js';
import type { Authenticator } from './authenticator.js';
import { bearerToken } from './bearer.js';

/** Tokens of a file (--token-auth-file): lines of `token,user,uid,"group1,group2"`. */
export function tokenFileAuthenticator(text: string): Authenticator {
  const users = new Map<string, UserInfo>();
  for (const line of text.split(/\r?\n/)) {
    const fields = readCsv(line);
    const [token, name, uid, groups] = fields;
    if (fields.length < 3 || !token) continue;
    users.set(token, {
      name: name ?? '',
      ...(uid ? { uid } : {}),
      groups: groups ? groups.split(',').map((group) => group.trim()) : [],
    });
  }
  return {
    name: 'token-auth-file',
    authenticate: (request) => {
      const token = bearerToken(request);
      return token === undefined ? undefined : users.get(token);
    },
  };
}

/** A token nobody knows is refused, not anonymous; stands behind the other token authenticators. */
export const UNKNOWN_TOKEN: Authenticator = {
  name: 'unknown-token',
  authenticate: (request) => (bearerToken(request) === undefined ? undefined : 'invalid'),
};

function readCsv(line: string): string[] {
  const fields: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
  }
  return fields;
}
