import { buildKind } from './build.js';

/** coordination.k8s.io/v1 Lease. */
export const LEASE = buildKind({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
  createOnUpdate: true,
  unconditionalUpdate: false,
});
