import type { KubeObject } from '../../api/object.js';
import type { PolicyRule, Subject } from '../../api/types/rbac.js';

const GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = `${GROUP}/v1`;
const SYSTEM = 'kube-system';
const READ = ['list', 'watch'];

const group = (name: string): Subject => ({ kind: 'Group', name });
const account = (name: string): Subject => ({ kind: 'ServiceAccount', name, namespace: SYSTEM });
/** Whoever joins with one of kubeadm's bootstrap tokens. */
const JOINING = group('system:bootstrappers:kubeadm:default-node-token');
const NODES = group('system:nodes');

/** What makes the administrators of admin.conf ones; `kubeadm init` creates it as the super administrator. */
export const ADMIN_BINDING: KubeObject = clusterBinding('kubeadm:cluster-admins', 'cluster-admin', [
  group('kubeadm:cluster-admins'),
]);

/** The rights `kubeadm init` gives to nodes and to who wants to become one, in its order (v1.36). */
export function kubeadmRights(): KubeObject[] {
  const mayRead = (name: string): PolicyRule => ({
    verbs: ['get'],
    apiGroups: [''],
    resources: ['configmaps'],
    resourceNames: [name],
  });
  return [
    ...namespaceRole(SYSTEM, 'kubeadm:nodes-kubeadm-config', mayRead('kubeadm-config'), [JOINING, NODES]),
    ...namespaceRole(SYSTEM, 'kubeadm:kubelet-config', mayRead('kubelet-config'), [NODES, JOINING]),
    clusterRole('kubeadm:get-nodes', [{ verbs: ['get'], apiGroups: [''], resources: ['nodes'] }]),
    clusterBinding('kubeadm:get-nodes', 'kubeadm:get-nodes', [JOINING]),
    clusterBinding('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', [JOINING]),
    clusterBinding(
      'kubeadm:node-autoapprove-bootstrap',
      'system:certificates.k8s.io:certificatesigningrequests:nodeclient',
      [JOINING],
    ),
    clusterBinding(
      'kubeadm:node-autoapprove-certificate-rotation',
      'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
      [NODES],
    ),
    ...namespaceRole('kube-public', 'kubeadm:bootstrap-signer-clusterinfo', mayRead('cluster-info'), [
      { kind: 'User', name: 'system:anonymous' },
    ]),
  ];
}

/** The rights of CoreDNS. */
export function corednsRights(): KubeObject[] {
  const resources = ['endpoints', 'services', 'pods', 'namespaces'];
  return [
    clusterRole('system:coredns', [
      { verbs: READ, apiGroups: [''], resources },
      { verbs: READ, apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'] },
    ]),
    clusterBinding('system:coredns', 'system:coredns', [account('coredns')]),
  ];
}

/** The rights of kube-proxy, and to its configuration. */
export function kubeProxyRights(): KubeObject[] {
  const configuration = { verbs: ['get'], apiGroups: [''], resources: ['configmaps'], resourceNames: ['kube-proxy'] };
  return [
    clusterBinding('kubeadm:node-proxier', 'system:node-proxier', [account('kube-proxy')]),
    ...namespaceRole(SYSTEM, 'kube-proxy', configuration, [JOINING]),
  ];
}

/** The rights of Calico's agent on every node (its manifest of v3.31), but for custom resources that are not here. */
export function calicoRights(): KubeObject[] {
  const core = (resources: string[], verbs: string[]): PolicyRule => ({ apiGroups: [''], resources, verbs });
  return [
    clusterRole('calico-node', [
      { ...core(['serviceaccounts/token'], ['create']), resourceNames: ['calico-cni-plugin'] },
      core(['pods', 'nodes', 'namespaces'], ['get']),
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['watch', 'list'] },
      core(['endpoints', 'services'], ['watch', 'list', 'get']),
      core(['configmaps'], ['get']),
      core(['nodes/status'], ['patch', 'update']),
      { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['watch', 'list'] },
      core(['pods', 'namespaces', 'serviceaccounts'], ['list', 'watch']),
      core(['pods/status'], ['patch']),
      core(['nodes'], ['get', 'list', 'watch']),
    ]),
    clusterBinding('calico-node', 'calico-node', [account('calico-node')]),
  ];
}

function clusterRole(name: string, rules: PolicyRule[]): KubeObject {
  return { apiVersion: API_VERSION, kind: 'ClusterRole', metadata: { name }, rules };
}

function clusterBinding(name: string, role: string, subjects: Subject[]): KubeObject {
  const roleRef = { apiGroup: GROUP, kind: 'ClusterRole', name: role };
  return { apiVersion: API_VERSION, kind: 'ClusterRoleBinding', metadata: { name }, roleRef, subjects };
}

/** A role of one rule and its binding, of the same name. */
function namespaceRole(namespace: string, name: string, rule: PolicyRule, subjects: Subject[]): KubeObject[] {
  const roleRef = { apiGroup: GROUP, kind: 'Role', name };
  return [
    { apiVersion: API_VERSION, kind: 'Role', metadata: { name, namespace }, rules: [rule] },
    { apiVersion: API_VERSION, kind: 'RoleBinding', metadata: { name, namespace }, roleRef, subjects },
  ];
}
