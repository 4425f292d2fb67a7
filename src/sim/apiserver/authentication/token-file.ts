import { readCsv } from '../../api/csv.js';
import type { UserInfo } from '../request/user-info.js';
import type { TokenAuthenticator } from './authenticator.js';

/** Tokens of a file (--token-auth-file): lines of `token,user,uid,"group1,group2"`. Throws in the words of its reader. */
export function tokenFileAuthenticator(text: string, path = 'tokens.csv'): TokenAuthenticator {
  const users = new Map<string, UserInfo>();
  for (const [token = '', name = '', uid, groups] of readRecords(text, path)) {
    if (token === '') continue;
    users.set(token, { name, ...(uid ? { uid } : {}), groups: groups === undefined ? [] : groups.split(',') });
  }
  return {
    name: 'token-auth-file',
    authenticate: (token) => {
      const user = users.get(token);
      return user && { user };
    },
  };
}

function readRecords(text: string, path: string): string[][] {
  const records: string[][] = [];
  for (const record of readCsv(text)) {
    if (record.length < 3) {
      const words = 'must have at least 3 columns (token, user name, user uid), found';
      throw new Error(`token file '${path}' ${words} ${record.length}`);
    }
    records.push(record);
  }
  return records;
}
