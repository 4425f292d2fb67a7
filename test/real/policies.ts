import { kubectl } from './kubectl.js';

/** Built from k3s' copy of kube-router, which is among the public modules. */
export const KUBE_ROUTER_IMAGE = 'docker.io/cloudnativelabs/kube-router:v2.2.1';

const NAME = 'kube-router';
const NAMESPACE = 'kube-system';
const LABELS = { 'k8s-app': NAME };
const READS = ['get', 'list', 'watch'];

/** Starts on every node what enforces NetworkPolicies, and nothing else of it, and waits for it. */
export async function startPolicies(kubeconfig: string): Promise<void> {
  const metadata = { name: NAME, namespace: NAMESPACE };
  const items = [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: NAME },
      rules: [
        { apiGroups: [''], resources: ['endpoints', 'namespaces', 'nodes', 'pods', 'services'], verbs: READS },
        { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: READS },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READS },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: NAME },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: NAME },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
    { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { ...metadata, labels: LABELS }, spec: daemonSet() },
  ];
  await kubectl(kubeconfig, ['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await kubectl(kubeconfig, ['-n', NAMESPACE, 'rollout', 'status', `daemonset/${NAME}`, '--timeout=120s']);
}

function daemonSet(): object {
  return {
    selector: { matchLabels: LABELS },
    template: {
      metadata: { labels: LABELS },
      spec: {
        hostNetwork: true,
        serviceAccountName: NAME,
        priorityClassName: 'system-node-critical',
        tolerations: [{ operator: 'Exists' }],
        containers: [
          {
            name: NAME,
            image: KUBE_ROUTER_IMAGE,
            args: [
              '--run-firewall=true',
              '--run-router=false',
              '--run-service-proxy=false',
              '--service-cluster-ip-range=10.96.0.0/12',
            ],
            env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
            livenessProbe: { httpGet: { path: '/healthz', port: 20244 }, initialDelaySeconds: 10, periodSeconds: 10 },
            readinessProbe: { httpGet: { path: '/healthz', port: 20244 }, periodSeconds: 1 },
            securityContext: { privileged: true },
          },
        ],
      },
    },
  };
}
