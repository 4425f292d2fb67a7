import type { KubeObject } from '../../api/object.js';
import type { AddOn } from './add-on.js';
import { gatewayDefinitions } from './gateway-api/definitions.js';

const VERSION = '2.3.0';
const NAMESPACE = 'nginx-gateway';
const SELECTOR = { 'app.kubernetes.io/instance': 'nginx-gateway', 'app.kubernetes.io/name': 'nginx-gateway' };
const LABELS = { ...SELECTOR, 'app.kubernetes.io/version': VERSION };

/**
 * The Gateway API's kinds (v1.4.1, standard channel) and NGINX Gateway Fabric, which serves the class `nginx`, as its
 * release's manifest installs it (deploy/default of v2.3). Its own kinds (NginxProxy and others) are left out: the
 * controller goes by what they say when nobody changes them.
 */
export const gatewayApi: AddOn = {
  name: 'gateway-api',
  objects: () => [...gatewayDefinitions(), ...gatewayFabricObjects()],
};

/** The objects of deploy/default/deploy.yaml. */
export function gatewayFabricObjects(): KubeObject[] {
  const cert = 'nginx-gateway-cert-generator';
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    account('nginx-gateway'),
    account(cert),
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: cert, namespace: NAMESPACE, labels: LABELS },
      rules: [rule('', ['secrets'], ['create', 'update', 'get'])],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'nginx-gateway', labels: LABELS },
      rules: RULES,
    },
    binding('RoleBinding', 'Role', cert),
    binding('ClusterRoleBinding', 'ClusterRole', 'nginx-gateway'),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'nginx-gateway', namespace: NAMESPACE, labels: LABELS },
      spec: {
        ports: [{ name: 'agent-grpc', port: 443, protocol: 'TCP', targetPort: 8443 }],
        selector: SELECTOR,
        type: 'ClusterIP',
      },
    },
    deployment(),
    certificates(cert),
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'nginx', labels: LABELS },
      spec: { controllerName: 'gateway.nginx.org/nginx-gateway-controller' },
    },
  ];
}

function account(name: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: NAMESPACE, labels: LABELS },
    automountServiceAccountToken: false,
  };
}

function rule(group: string, resources: string[], verbs: string[]) {
  return { apiGroups: [group], resources, verbs };
}

const KEEP = ['create', 'update', 'delete', 'list', 'get', 'watch'];
const RULES = [
  rule('', ['secrets', 'configmaps', 'serviceaccounts', 'services'], KEEP),
  rule('apps', ['deployments', 'daemonsets'], KEEP),
  rule('autoscaling', ['horizontalpodautoscalers'], KEEP),
  rule('', ['namespaces', 'pods'], ['get', 'list', 'watch']),
  rule('apps', ['replicasets'], ['get', 'list']),
  rule('', ['nodes'], ['list']),
  rule('', ['events'], ['create', 'patch']),
  rule('discovery.k8s.io', ['endpointslices'], ['list', 'watch']),
  rule('authentication.k8s.io', ['tokenreviews'], ['create']),
  rule(
    'gateway.networking.k8s.io',
    ['gatewayclasses', 'gateways', 'httproutes', 'referencegrants', 'grpcroutes', 'backendtlspolicies'],
    ['list', 'watch'],
  ),
  rule(
    'gateway.networking.k8s.io',
    ['httproutes/status', 'gateways/status', 'gatewayclasses/status', 'grpcroutes/status', 'backendtlspolicies/status'],
    ['update'],
  ),
  rule('coordination.k8s.io', ['leases'], ['create', 'get', 'update']),
  rule('apiextensions.k8s.io', ['customresourcedefinitions'], ['list', 'watch']),
];

function binding(kind: string, of: string, name: string): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: { name, ...(kind === 'RoleBinding' ? { namespace: NAMESPACE } : {}), labels: LABELS },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: of, name },
    subjects: [{ kind: 'ServiceAccount', name, namespace: NAMESPACE }],
  };
}

const fieldOf = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
const IMAGE = `ghcr.io/nginx/nginx-gateway-fabric:${VERSION}`;
const SECURITY = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsGroup: 1001,
  runAsUser: 101,
  seccompProfile: { type: 'RuntimeDefault' },
};

function deployment(): KubeObject {
  const container = {
    args: [
      'controller',
      '--gateway-ctlr-name=gateway.nginx.org/nginx-gateway-controller',
      '--gatewayclass=nginx',
      '--config=nginx-gateway-config',
      '--service=nginx-gateway',
      '--agent-tls-secret=agent-tls',
      '--metrics-port=9113',
      '--health-port=8081',
      '--leader-election-lock-name=nginx-gateway-leader-election',
    ],
    env: [
      fieldOf('POD_NAMESPACE', 'metadata.namespace'),
      fieldOf('POD_NAME', 'metadata.name'),
      fieldOf('POD_UID', 'metadata.uid'),
      { name: 'INSTANCE_NAME', value: 'nginx-gateway' },
      { name: 'IMAGE_NAME', value: IMAGE },
    ],
    image: IMAGE,
    imagePullPolicy: 'IfNotPresent',
    name: 'nginx-gateway',
    ports: [
      { containerPort: 8443, name: 'agent-grpc' },
      { containerPort: 9113, name: 'metrics' },
      { containerPort: 8081, name: 'health' },
    ],
    readinessProbe: { httpGet: { path: '/readyz', port: 'health' }, initialDelaySeconds: 3, periodSeconds: 1 },
    securityContext: SECURITY,
    volumeMounts: [{ mountPath: '/var/run/secrets/ngf', name: 'nginx-agent-tls' }],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'nginx-gateway', namespace: NAMESPACE, labels: LABELS },
    spec: {
      replicas: 1,
      selector: { matchLabels: SELECTOR },
      template: {
        metadata: {
          annotations: { 'prometheus.io/port': '9113', 'prometheus.io/scrape': 'true' },
          labels: SELECTOR,
        },
        spec: {
          automountServiceAccountToken: true,
          containers: [container],
          securityContext: { fsGroup: 1001, runAsNonRoot: true },
          serviceAccountName: 'nginx-gateway',
          terminationGracePeriodSeconds: 30,
          volumes: [{ name: 'nginx-agent-tls', secret: { secretName: 'server-tls' } }],
        },
      },
    },
  };
}

function certificates(account: string): KubeObject {
  const container = {
    args: [
      'generate-certs',
      '--service=nginx-gateway',
      '--cluster-domain=cluster.local',
      '--server-tls-secret=server-tls',
      '--agent-tls-secret=agent-tls',
    ],
    env: [fieldOf('POD_NAMESPACE', 'metadata.namespace')],
    image: IMAGE,
    imagePullPolicy: 'IfNotPresent',
    name: 'cert-generator',
    securityContext: SECURITY,
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: account, namespace: NAMESPACE, labels: LABELS },
    spec: {
      template: {
        spec: {
          automountServiceAccountToken: true,
          containers: [container],
          restartPolicy: 'Never',
          securityContext: { fsGroup: 1001, runAsNonRoot: true },
          serviceAccountName: account,
        },
      },
      ttlSecondsAfterFinished: 30,
    },
  };
}
