import { buildKind } from './build.js';

/** discovery.k8s.io/v1 EndpointSlice. */
export const ENDPOINT_SLICE = buildKind({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  namespaced: true,
  counted: true,
});
