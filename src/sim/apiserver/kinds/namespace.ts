import { buildKind, fields, keepStatus } from './build.js';

/** core/v1 Namespace. */
export const NAMESPACE = buildKind({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
  shortNames: ['ns'],
  subresources: ['status', 'finalize'],
  returnsDeleted: true,
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  ...fields({ 'status.phase': ['status', 'phase'], name: ['metadata', 'name'] }),
  applyDefaults: ({ metadata }) => {
    if (metadata.name) metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
  },
  prepareCreate: (object) => {
    object['spec'] = { finalizers: ['kubernetes'] };
    object['status'] = { phase: 'Active' };
  },
  prepareUpdate: (object, old) => {
    object['spec'] = old['spec'];
    keepStatus(object, old);
  },
});
