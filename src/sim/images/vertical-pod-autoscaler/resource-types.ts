import type { ResourceType } from '../../client/client.js';

/** Kinds of the core that are read besides. */
export const LIMIT_RANGES: ResourceType = {
  ...{ group: '', version: 'v1', resource: 'limitranges', kind: 'LimitRange', namespaced: true },
};
export const LEASES: ResourceType = {
  ...{ group: 'coordination.k8s.io', version: 'v1', resource: 'leases', kind: 'Lease', namespaced: true },
};
export const WEBHOOKS: ResourceType = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'mutatingwebhookconfigurations',
  kind: 'MutatingWebhookConfiguration',
  namespaced: false,
};
