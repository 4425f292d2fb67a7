import { isAlreadyExists } from '../../api/status.js';
import { createAsServer } from '../start/system-request.js';
import type { Admission } from './admission.js';
import { refusal } from './refusal.js';

/** Makes the namespace that something is to be made in. */
export const NAMESPACE_AUTO_PROVISION: Admission = {
  name: 'NamespaceAutoProvision',
  *mutate(request) {
    const { kind, namespace, operation, dryRun, parts, store } = request;
    if (operation !== 'CREATE' || dryRun || namespace === '' || (kind.kind === 'Namespace' && kind.group === ''))
      return;
    if (store.get(`/registry/namespaces/${namespace}`)) return;
    const made = parts.kinds.kind('v1', 'Namespace');
    if (!made) return;
    try {
      yield* createAsServer(parts, made, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    } catch (error) {
      if (isAlreadyExists(error)) return;
      throw refusal(request, (error as Error).message);
    }
  },
};
