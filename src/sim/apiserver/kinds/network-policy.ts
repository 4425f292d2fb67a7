import { buildKind } from './build.js';

/** networking.k8s.io/v1 NetworkPolicy. */
export const NETWORK_POLICY = buildKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  namespaced: true,
  shortNames: ['netpol'],
  counted: true,
});
