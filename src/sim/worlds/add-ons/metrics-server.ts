import type { KubeObject } from '../../api/object.js';
import type { AddOn } from './add-on.js';

const VERSION = 'v0.8.0';
const NAMESPACE = 'kube-system';
const LABELS = { 'k8s-app': 'metrics-server' };
const READ = ['get', 'list', 'watch'];
const ACCOUNT = { kind: 'ServiceAccount', name: 'metrics-server', namespace: NAMESPACE };
const RBAC = 'rbac.authorization.k8s.io';

/** metrics-server as its release's components.yaml makes it; kubeadm's kubelets sign their own certificates. */
export const metricsServer: AddOn = {
  name: 'metrics-server',
  objects: () => metricsServerObjects(['--kubelet-insecure-tls']),
};

/** The objects of components.yaml v0.8.0, in its order; `more` are arguments its server is given besides. */
export function metricsServerObjects(more: readonly string[] = []): KubeObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'metrics-server', namespace: NAMESPACE, labels: LABELS },
    },
    ...rights(),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'metrics-server', namespace: NAMESPACE, labels: LABELS },
      spec: {
        ports: [{ appProtocol: 'https', name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' }],
        selector: LABELS,
      },
    },
    deployment(more),
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io', labels: LABELS },
      spec: {
        group: 'metrics.k8s.io',
        groupPriorityMinimum: 100,
        insecureSkipTLSVerify: true,
        service: { name: 'metrics-server', namespace: NAMESPACE },
        version: 'v1beta1',
        versionPriority: 100,
      },
    },
  ];
}

function rights(): KubeObject[] {
  const binding = (kind: string, name: string, namespace: string | undefined, role: string, roleKind: string) => ({
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata: { name, ...(namespace ? { namespace } : {}), labels: LABELS },
    roleRef: { apiGroup: RBAC, kind: roleKind, name: role },
    subjects: [ACCOUNT],
  });
  const role = (name: string, labels: Readonly<Record<string, string>>, rules: readonly object[]) => ({
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name, labels: { ...LABELS, ...labels } },
    rules,
  });
  const aggregated = Object.fromEntries(
    ['admin', 'edit', 'view'].map((to) => [`rbac.authorization.k8s.io/aggregate-to-${to}`, 'true']),
  );
  return [
    role('system:aggregated-metrics-reader', aggregated, [
      { apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: READ },
    ]),
    role('system:metrics-server', {}, [
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      { apiGroups: [''], resources: ['pods', 'nodes'], verbs: READ },
    ]),
    binding(
      'RoleBinding',
      'metrics-server-auth-reader',
      NAMESPACE,
      'extension-apiserver-authentication-reader',
      'Role',
    ),
    binding(
      'ClusterRoleBinding',
      'metrics-server:system:auth-delegator',
      undefined,
      'system:auth-delegator',
      'ClusterRole',
    ),
    binding('ClusterRoleBinding', 'system:metrics-server', undefined, 'system:metrics-server', 'ClusterRole'),
  ];
}

function deployment(more: readonly string[]): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'metrics-server', namespace: NAMESPACE, labels: LABELS },
    spec: {
      selector: { matchLabels: LABELS },
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
      template: {
        metadata: { labels: LABELS },
        spec: {
          containers: [container(more)],
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          priorityClassName: 'system-cluster-critical',
          serviceAccountName: 'metrics-server',
          volumes: [{ emptyDir: {}, name: 'tmp-dir' }],
        },
      },
    },
  };
}

function container(more: readonly string[]): object {
  const probe = (path: string) => ({
    failureThreshold: 3,
    httpGet: { path, port: 'https', scheme: 'HTTPS' },
    periodSeconds: 10,
  });
  return {
    args: [
      '--cert-dir=/tmp',
      '--secure-port=10250',
      '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
      '--kubelet-use-node-status-port',
      '--metric-resolution=15s',
      ...more,
    ],
    image: `registry.k8s.io/metrics-server/metrics-server:${VERSION}`,
    imagePullPolicy: 'IfNotPresent',
    livenessProbe: probe('/livez'),
    name: 'metrics-server',
    ports: [{ containerPort: 10250, name: 'https', protocol: 'TCP' }],
    readinessProbe: { ...probe('/readyz'), initialDelaySeconds: 20 },
    resources: { requests: { cpu: '100m', memory: '200Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [{ mountPath: '/tmp', name: 'tmp-dir' }],
  };
}
