import { map, type Schema, strings, text } from './schema/words.js';

/** Who asks the API server. */
export type Who =
  | { readonly user: string; readonly groups?: readonly string[] }
  /** `namespace/name`. */
  | { readonly serviceAccount: string }
  /** Anybody of these groups. */
  | { readonly groups: readonly string[] };

const groups = strings('Groups that the user is a member of.');

/** The schema of a `Who`. */
export const who = (description: string): Schema => ({
  description,
  oneOf: [
    map({ user: text('The name of a user of the API server.'), groups }, ['user'], 'A user, perhaps with groups.'),
    map(
      { serviceAccount: text('A service account as namespace/name.', { pattern: '^(\\S+/\\S+|\\{\\{.*)$' }) },
      ['serviceAccount'],
      'A service account and its groups.',
    ),
    map({ groups }, ['groups'], 'Somebody unknown who is in these groups.'),
  ],
});

/** The user's name and groups as the API server sees them after it has asked who somebody is. */
export function userInfo(somebody: Who): { readonly user: string; readonly groups: readonly string[] } {
  if ('serviceAccount' in somebody) {
    const [namespace = '', name = ''] = somebody.serviceAccount.split('/');
    return {
      user: `system:serviceaccount:${namespace}:${name}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    };
  }
  const { groups: given = [] } = somebody;
  return { user: 'user' in somebody ? somebody.user : 'somebody', groups: [...given, 'system:authenticated'] };
}

/** Somebody in words: `jane`, `shop/builder`, `somebody of developers`. */
export function whoName(somebody: Who): string {
  if ('serviceAccount' in somebody) return somebody.serviceAccount;
  return 'user' in somebody ? somebody.user : `somebody of ${somebody.groups.join(', ')}`;
}
