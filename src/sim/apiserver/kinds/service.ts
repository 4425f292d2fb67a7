import { buildKind, fields, keepStatus } from './build.js';

/** core/v1 Service. */
export const SERVICE = buildKind({
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  namespaced: true,
  shortNames: ['svc'],
  categories: ['all'],
  storagePrefix: 'services/specs',
  subresources: ['status', 'proxy'],
  createOnUpdate: true,
  returnsDeleted: true,
  ...fields({ 'spec.clusterIP': ['spec', 'clusterIP'], 'spec.type': ['spec', 'type'] }),
  verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
  prepareCreate: (object) => {
    object['status'] = { loadBalancer: {} };
  },
  prepareUpdate: keepStatus,
});
