import { buildKind } from './build.js';

/** core/v1 ServiceAccount. */
export const SERVICE_ACCOUNT = buildKind({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  namespaced: true,
  shortNames: ['sa'],
  subresources: ['token'],
  returnsDeleted: true,
});
