import type { Case, Made } from './case.js';
import { MUTATING_POLICIES } from './mutating-policies.js';
import { VALIDATING_POLICIES } from './validating-policies.js';
import { WEBHOOKS } from './webhooks.js';

/** Everything that is recorded of policies and webhooks. */
export const CASES: readonly Case[] = [...VALIDATING_POLICIES, ...MUTATING_POLICIES, ...WEBHOOKS];

/** What is made before: the namespaces first, with what pods need there, then what each case wants. */
export function setUpOf(cases: readonly Case[]): Made[] {
  return [
    ...cases.flatMap(({ name }): Made[] => [
      { collection: '/api/v1/namespaces', object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } },
      {
        collection: `/api/v1/namespaces/${name}/serviceaccounts`,
        object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } },
      },
    ]),
    ...cases.flatMap(({ setUp }) => setUp.filter(({ collection }) => collection.startsWith('/api/'))),
    ...cases.flatMap(({ setUp }) => setUp.filter(({ collection }) => !collection.startsWith('/api/'))),
  ];
}
