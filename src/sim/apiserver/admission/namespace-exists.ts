import { notFound, StatusError } from '../../api/status.js';
import type { Admission } from './admission.js';

/** Nothing is made, changed or deleted in a namespace that is not there. */
export const NAMESPACE_EXISTS: Admission = {
  name: 'NamespaceExists',
  validate({ kind, namespace, operation, store }) {
    if (operation === 'CONNECT' || namespace === '' || (kind.kind === 'Namespace' && kind.group === '')) return;
    if (!kind.namespaced || store.get(`/registry/namespaces/${namespace}`)) return;
    throw new StatusError(notFound({ group: '', resource: 'namespaces' }, namespace));
  },
};
