import type { Subject } from '../../../api/types/rbac.js';

const GROUP = 'rbac.authorization.k8s.io';

function user(name: string): Subject {
  return { kind: 'User', apiGroup: GROUP, name };
}

function group(name: string): Subject {
  return { kind: 'Group', apiGroup: GROUP, name };
}

/** A service account of kube-system. */
export function systemAccount(name: string): Subject {
  return { kind: 'ServiceAccount', name, namespace: 'kube-system' };
}

const CONTROLLER_MANAGER = user('system:kube-controller-manager');
const SCHEDULER = user('system:kube-scheduler');
const AUTHENTICATED = group('system:authenticated');

/** Who has which role of the cluster; a binding is named like its role (policy.go, v1.36). */
export const CLUSTER_BINDINGS: readonly (readonly [role: string, subjects: readonly Subject[]])[] = [
  ['cluster-admin', [group('system:masters')]],
  ['system:monitoring', [group('system:monitoring')]],
  ['system:discovery', [AUTHENTICATED]],
  ['system:basic-user', [AUTHENTICATED]],
  ['system:public-info-viewer', [AUTHENTICATED, group('system:unauthenticated')]],
  ['system:node-proxier', [user('system:kube-proxy')]],
  ['system:kube-controller-manager', [CONTROLLER_MANAGER]],
  ['system:kube-dns', [systemAccount('kube-dns')]],
  ['system:kube-scheduler', [SCHEDULER]],
  ['system:volume-scheduler', [SCHEDULER]],
  // Nobody: the node authorizer does its work; clusters of long ago had all nodes here.
  ['system:node', []],
  ['system:service-account-issuer-discovery', [group('system:serviceaccounts')]],
];

/** Who has which role in a namespace, in the order in which they are made. */
export const NAMESPACE_BINDINGS: readonly (readonly [
  namespace: string,
  name: string,
  role: string,
  subjects: readonly Subject[],
])[] = [
  [
    'kube-public',
    'system:controller:bootstrap-signer',
    'system:controller:bootstrap-signer',
    [systemAccount('bootstrap-signer')],
  ],
  [
    'kube-system',
    'system::extension-apiserver-authentication-reader',
    'extension-apiserver-authentication-reader',
    [CONTROLLER_MANAGER, SCHEDULER],
  ],
  [
    'kube-system',
    'system::leader-locking-kube-controller-manager',
    'system::leader-locking-kube-controller-manager',
    [CONTROLLER_MANAGER, systemAccount('kube-controller-manager'), systemAccount('leader-election-controller')],
  ],
  [
    'kube-system',
    'system::leader-locking-kube-scheduler',
    'system::leader-locking-kube-scheduler',
    [SCHEDULER, systemAccount('kube-scheduler')],
  ],
  ...['bootstrap-signer', 'cloud-provider', 'token-cleaner'].map((name) => {
    const full = `system:controller:${name}`;
    return ['kube-system', full, full, [systemAccount(name)]] as const;
  }),
];
