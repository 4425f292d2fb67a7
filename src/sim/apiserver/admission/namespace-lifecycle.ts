import { forbiddenRequest, notFound, StatusError } from '../../api/status.js';
import { groupResource } from '../served-kind.js';
import { objectOf } from '../storage/stored-object.js';
import type { Admission } from './admission.js';

const IMMORTAL = ['default', 'kube-system', 'kube-public'];

/** Nothing is made in a namespace that is not there or is going; the three first namespaces stay for ever. */
export const NAMESPACE_LIFECYCLE: Admission = {
  name: 'NamespaceLifecycle',
  mutate(request) {
    const { kind, namespace, operation, store } = request;
    const isNamespace = kind.kind === 'Namespace' && kind.group === '';
    if (operation === 'DELETE' && isNamespace && IMMORTAL.includes(request.name)) {
      throw new StatusError(forbiddenRequest(groupResource(kind), request.name, 'this namespace may not be deleted'));
    }
    if (operation !== 'CREATE' || isNamespace || !kind.namespaced || namespace === '') return;
    // A review asks about a namespace; it is not made in it.
    if (kind.kind === 'LocalSubjectAccessReview') return;
    const entry = store.get(`/registry/namespaces/${namespace}`);
    if (!entry) throw new StatusError(notFound({ group: '', resource: 'namespaces' }, namespace));
    const found = objectOf(entry);
    if (!found.metadata.deletionTimestamp) return;
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    const status = forbiddenRequest(groupResource(kind), request.object?.metadata.name ?? '', why);
    const cause = {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    };
    throw new StatusError({ ...status, details: { ...status.details, causes: [cause] } });
  },
};
