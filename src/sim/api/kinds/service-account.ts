/** core/v1 ServiceAccount. */
import { ageOf } from '../duration.js';
import type { ServiceAccount } from '../types/config.js';
import { type ApiKind, column, defineKind } from './kind.js';

const ENFORCE = 'kubernetes.io/enforce-mountable-secrets';
const ENFORCE_WARNING = `metadata.annotations[${ENFORCE}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`;

/** The strategy of service accounts. */
export const serviceAccountKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  namespaced: true,
  shortNames: ['sa'],
  subresourceFacts: [
    { name: 'token', verbs: ['create'], body: { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' } },
  ],
  returnsDeleted: true,
  prepareCreate: (object) => keepSecretNames(object as ServiceAccount),
  prepareUpdate: (object) => keepSecretNames(object as ServiceAccount),
  warnings: ({ metadata }, old) => {
    const isNew = metadata.annotations?.[ENFORCE] !== undefined && old?.metadata.annotations?.[ENFORCE] === undefined;
    return isNew ? [ENFORCE_WARNING] : [];
  },
  printer: {
    columns: [column('Name'), column('Age')],
    rows: ({ metadata }, now) => [{ cells: [metadata.name, ageOf(metadata.creationTimestamp, now)] }],
  },
});

/** Of a reference to a secret only the name counts. */
function keepSecretNames(account: ServiceAccount): void {
  if (account.secrets) account.secrets = account.secrets.map(({ name }) => (name === undefined ? {} : { name }));
}
