import type { KubeObject } from '../../api/object.js';
import type { AddOn } from './add-on.js';

const NAMESPACE = 'custom-metrics';
const NAME = 'metrics-adapter';
const LABELS = { app: NAME };
const RBAC = 'rbac.authorization.k8s.io';
const RIGHTS = 'metrics-adapter';

/** This project's adapter for custom and external metrics; its ConfigMap `values` says what it tells. */
export const metricsAdapter: AddOn = {
  name: 'metrics-adapter',
  objects: () => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: NAME, namespace: NAMESPACE } },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name: RIGHTS },
      rules: [{ apiGroups: [''], resources: ['configmaps', 'pods'], verbs: ['get', 'list', 'watch'] }],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: RIGHTS },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: RIGHTS },
      subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: NAMESPACE }],
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'values', namespace: NAMESPACE },
      data: { 'values.yaml': 'custom: []\nexternal: []\n' },
    },
    deployment(),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: NAME, namespace: NAMESPACE },
      spec: { selector: LABELS, ports: [{ name: 'https', port: 443, targetPort: 6443 }] },
    },
    service('custom.metrics.k8s.io', 'v1beta2'),
    service('external.metrics.k8s.io', 'v1beta1'),
  ],
};

function deployment(): KubeObject {
  const probe = { httpGet: { path: '/readyz', port: 6443, scheme: 'HTTPS' }, periodSeconds: 5 };
  const container = {
    name: 'adapter',
    image: 'docker.io/kubedrill/metrics-adapter:1.0',
    ports: [{ containerPort: 6443 }],
    readinessProbe: probe,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME, namespace: NAMESPACE, labels: LABELS },
    spec: {
      selector: { matchLabels: LABELS },
      template: { metadata: { labels: LABELS }, spec: { serviceAccountName: NAME, containers: [container] } },
    },
  };
}

function service(group: string, version: string): KubeObject {
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: `${version}.${group}` },
    spec: {
      group,
      version,
      service: { name: NAME, namespace: NAMESPACE },
      insecureSkipTLSVerify: true,
      groupPriorityMinimum: 100,
      versionPriority: 100,
    },
  };
}
