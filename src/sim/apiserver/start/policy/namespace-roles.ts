import { EVENTS, may } from './rule.js';

const LEADING = [
  may('create get list update watch', 'coordination.k8s.io', 'leases'),
  may('create get list update watch', 'coordination.k8s.io', 'leasecandidates'),
];

/** Roles within one namespace (namespace_policy.go, v1.36), in the order in which they are made. */
export const NAMESPACE_ROLES = [
  [
    'kube-public',
    'system:controller:bootstrap-signer',
    [may('get list watch', 'core', 'configmaps'), may('update', 'core', 'configmaps', 'cluster-info'), EVENTS],
  ],
  [
    'kube-system',
    'extension-apiserver-authentication-reader',
    [may('get list watch', 'core', 'configmaps', 'extension-apiserver-authentication')],
  ],
  ['kube-system', 'system:controller:bootstrap-signer', [may('get list watch', 'core', 'secrets')]],
  ['kube-system', 'system:controller:cloud-provider', [may('create get list watch', 'core', 'configmaps')]],
  ['kube-system', 'system:controller:token-cleaner', [may('delete get list watch', 'core', 'secrets'), EVENTS]],
  ['kube-system', 'system::leader-locking-kube-controller-manager', LEADING],
  ['kube-system', 'system::leader-locking-kube-scheduler', LEADING],
] as const;
