import type { KubeObject } from '../../api/object.js';
import type { PolicyRule } from '../../api/types/rbac.js';
import type { AddOn } from './add-on.js';
import { metallbDefinitions } from './metallb/definitions.js';

const VERSION = 'v0.15.2';
const NAMESPACE = 'metallb-system';
const LABELS = { app: 'metallb' };
const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'];

/** MetalLB as its metallb-native.yaml makes it, with a pool of addresses of the hosts' network, announced by layer 2. */
export const metallb: AddOn = {
  name: 'metallb',
  objects: () => [
    ...metallbObjects(),
    custom('IPAddressPool', 'pool', { addresses: ['172.30.1.200-172.30.1.250'] }),
    custom('L2Advertisement', 'layer2', { ipAddressPools: ['pool'] }),
  ],
};

/** The objects of metallb-native.yaml: no pools yet. */
export function metallbObjects(): KubeObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    },
    ...metallbDefinitions(),
    ...rights('controller', [
      { apiGroups: [''], resources: ['services', 'namespaces'], verbs: [...READ, 'update'] },
      { apiGroups: [''], resources: ['services/status'], verbs: ['update'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
      { apiGroups: ['metallb.io'], resources: ['*'], verbs: READ },
    ]),
    ...rights('speaker', [
      { apiGroups: [''], resources: ['services', 'endpoints', 'nodes', 'namespaces'], verbs: READ },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
      { apiGroups: ['metallb.io'], resources: ['*'], verbs: READ },
    ]),
    workload('Deployment', 'controller', {}),
    workload('DaemonSet', 'speaker', {
      hostNetwork: true,
      tolerations: [
        { key: 'node-role.kubernetes.io/master', effect: 'NoSchedule', operator: 'Exists' },
        { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule', operator: 'Exists' },
      ],
      terminationGracePeriodSeconds: 2,
    }),
  ];
}

function custom(kind: string, name: string, spec: object): KubeObject {
  return { apiVersion: 'metallb.io/v1beta1', kind, metadata: { name, namespace: NAMESPACE }, spec };
}

function rights(name: string, rules: readonly PolicyRule[]): KubeObject[] {
  const role = `metallb-system:${name}`;
  const metadata = { name: role, labels: LABELS };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: NAMESPACE, labels: LABELS } },
    { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata, rules },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name, namespace: NAMESPACE }],
    },
  ];
}

function workload(kind: string, component: string, more: object): KubeObject {
  const labels = { ...LABELS, component };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: component, namespace: NAMESPACE, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: component,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          containers: [
            {
              name: component,
              image: `quay.io/metallb/${component}:${VERSION}`,
              args: ['--port=7472', '--log-level=info'],
              env: [{ name: 'METALLB_NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
            },
          ],
          ...more,
        },
      },
    },
  };
}
