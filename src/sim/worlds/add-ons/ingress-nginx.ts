import type { KubeObject } from '../../api/object.js';
import type { AddOn } from './add-on.js';

const VERSION = '1.15.1';
const NAMESPACE = 'ingress-nginx';
const SELECTOR = {
  'app.kubernetes.io/component': 'controller',
  'app.kubernetes.io/instance': 'ingress-nginx',
  'app.kubernetes.io/name': 'ingress-nginx',
};
const labels = (component?: string): Record<string, string> => ({
  ...(component ? { 'app.kubernetes.io/component': component } : {}),
  'app.kubernetes.io/instance': 'ingress-nginx',
  'app.kubernetes.io/name': 'ingress-nginx',
  'app.kubernetes.io/part-of': 'ingress-nginx',
  'app.kubernetes.io/version': VERSION,
});

/** Reached by node ports, as on machines that nobody gives addresses to (provider baremetal), or by a load balancer. */
export type Provider = 'baremetal' | 'cloud';

/** The controller with its webhook as the release's manifest installs them (deploy/static/provider of v1.15). */
export const ingressNginx: AddOn = { name: 'ingress-nginx', objects: () => ingressNginxObjects('cloud') };

/** The objects of the release's manifest for a provider. */
export function ingressNginxObjects(provider: Provider): KubeObject[] {
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: namespaceLabels() } },
    account('ingress-nginx', 'controller'),
    account('ingress-nginx-admission', 'admission-webhook'),
    ...rights(),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: meta('ingress-nginx-controller', 'controller'),
    },
    ...services(provider),
    deployment(provider),
    job('create', [
      'create',
      '--host=ingress-nginx-controller-admission,ingress-nginx-controller-admission.$(POD_NAMESPACE).svc',
      '--namespace=$(POD_NAMESPACE)',
      '--secret-name=ingress-nginx-admission',
    ]),
    job('patch', [
      'patch',
      '--webhook-name=ingress-nginx-admission',
      '--namespace=$(POD_NAMESPACE)',
      '--patch-mutating=false',
      '--secret-name=ingress-nginx-admission',
      '--patch-failure-policy=Fail',
    ]),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx', labels: labels('controller') },
      spec: { controller: 'k8s.io/ingress-nginx' },
    },
    webhook(),
  ];
}

function namespaceLabels(): Record<string, string> {
  return { 'app.kubernetes.io/instance': 'ingress-nginx', 'app.kubernetes.io/name': 'ingress-nginx' };
}

function meta(name: string, component: string) {
  return { name, namespace: NAMESPACE, labels: labels(component) };
}

function account(name: string, component: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: meta(name, component),
    automountServiceAccountToken: true,
  };
}

const READ = ['get', 'list', 'watch'];
const rule = (group: string, resources: string[], verbs: string[], resourceNames?: string[]) => ({
  apiGroups: [group],
  resources,
  verbs,
  ...(resourceNames ? { resourceNames } : {}),
});

function rights(): KubeObject[] {
  const group = 'rbac.authorization.k8s.io';
  const role = (kind: string, name: string, component: string | undefined, rules: unknown[]): KubeObject => ({
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name, ...(kind === 'Role' ? { namespace: NAMESPACE } : {}), labels: labels(component) },
    rules,
  });
  const binding = (kind: string, of: string, name: string, component: string | undefined): KubeObject => ({
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name, ...(kind === 'RoleBinding' ? { namespace: NAMESPACE } : {}), labels: labels(component) },
    roleRef: { apiGroup: group, kind: of, name },
    subjects: [{ kind: 'ServiceAccount', name, namespace: NAMESPACE }],
  });
  const [own, webhooks] = ['ingress-nginx', 'ingress-nginx-admission'];
  return [
    role('Role', own, 'controller', [
      rule('', ['namespaces'], ['get']),
      rule('', ['configmaps', 'pods', 'secrets', 'endpoints'], READ),
      rule('', ['services'], READ),
      rule('networking.k8s.io', ['ingresses'], READ),
      rule('networking.k8s.io', ['ingresses/status'], ['update']),
      rule('networking.k8s.io', ['ingressclasses'], READ),
      rule('coordination.k8s.io', ['leases'], ['get', 'update'], ['ingress-nginx-leader']),
      rule('coordination.k8s.io', ['leases'], ['create']),
      rule('', ['events'], ['create', 'patch']),
      rule('discovery.k8s.io', ['endpointslices'], ['list', 'watch', 'get']),
    ]),
    role('Role', webhooks, 'admission-webhook', [rule('', ['secrets'], ['get', 'create'])]),
    role('ClusterRole', own, undefined, [
      rule('', ['configmaps', 'endpoints', 'nodes', 'pods', 'secrets', 'namespaces'], ['list', 'watch']),
      rule('coordination.k8s.io', ['leases'], ['list', 'watch']),
      rule('', ['nodes'], ['get']),
      rule('', ['services'], READ),
      rule('networking.k8s.io', ['ingresses'], READ),
      rule('', ['events'], ['create', 'patch']),
      rule('networking.k8s.io', ['ingresses/status'], ['update']),
      rule('networking.k8s.io', ['ingressclasses'], READ),
      rule('discovery.k8s.io', ['endpointslices'], ['list', 'watch', 'get']),
    ]),
    role('ClusterRole', webhooks, 'admission-webhook', [
      rule('admissionregistration.k8s.io', ['validatingwebhookconfigurations'], ['get', 'update']),
    ]),
    binding('RoleBinding', 'Role', own, 'controller'),
    binding('RoleBinding', 'Role', webhooks, 'admission-webhook'),
    binding('ClusterRoleBinding', 'ClusterRole', own, undefined),
    binding('ClusterRoleBinding', 'ClusterRole', webhooks, 'admission-webhook'),
  ];
}

function services(provider: Provider): KubeObject[] {
  const port = (name: string, number: number) => ({
    appProtocol: name,
    name,
    port: number,
    protocol: 'TCP',
    targetPort: name,
  });
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta('ingress-nginx-controller', 'controller'),
      spec: {
        ...(provider === 'cloud' ? { externalTrafficPolicy: 'Local' } : {}),
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        ports: [port('http', 80), port('https', 443)],
        selector: SELECTOR,
        type: provider === 'cloud' ? 'LoadBalancer' : 'NodePort',
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta('ingress-nginx-controller-admission', 'controller'),
      spec: {
        ports: [{ appProtocol: 'https', name: 'https-webhook', port: 443, targetPort: 'webhook' }],
        selector: SELECTOR,
        type: 'ClusterIP',
      },
    },
  ];
}

const healthz = (failureThreshold: number) => ({
  failureThreshold,
  httpGet: { path: '/healthz', port: 10254, scheme: 'HTTP' },
  initialDelaySeconds: 10,
  periodSeconds: 10,
  successThreshold: 1,
  timeoutSeconds: 1,
});

const fieldOf = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });

function deployment(provider: Provider): KubeObject {
  const publish = provider === 'cloud' ? ['--publish-service=$(POD_NAMESPACE)/ingress-nginx-controller'] : [];
  const container = {
    args: [
      '/nginx-ingress-controller',
      ...publish,
      '--election-id=ingress-nginx-leader',
      '--controller-class=k8s.io/ingress-nginx',
      '--ingress-class=nginx',
      '--configmap=$(POD_NAMESPACE)/ingress-nginx-controller',
      '--validating-webhook=:8443',
      '--validating-webhook-certificate=/usr/local/certificates/cert',
      '--validating-webhook-key=/usr/local/certificates/key',
    ],
    env: [
      fieldOf('POD_NAME', 'metadata.name'),
      fieldOf('POD_NAMESPACE', 'metadata.namespace'),
      { name: 'LD_PRELOAD', value: '/usr/local/lib/libmimalloc.so' },
    ],
    image: `registry.k8s.io/ingress-nginx/controller:v${VERSION}`,
    imagePullPolicy: 'IfNotPresent',
    lifecycle: { preStop: { exec: { command: ['/wait-shutdown'] } } },
    livenessProbe: healthz(5),
    name: 'controller',
    ports: [
      { containerPort: 80, name: 'http', protocol: 'TCP' },
      { containerPort: 443, name: 'https', protocol: 'TCP' },
      { containerPort: 8443, name: 'webhook', protocol: 'TCP' },
    ],
    readinessProbe: healthz(3),
    resources: { requests: { cpu: '100m', memory: '90Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
      readOnlyRootFilesystem: false,
      runAsGroup: 82,
      runAsNonRoot: true,
      runAsUser: 101,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [{ mountPath: '/usr/local/certificates/', name: 'webhook-cert', readOnly: true }],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta('ingress-nginx-controller', 'controller'),
    spec: {
      minReadySeconds: 0,
      revisionHistoryLimit: 10,
      selector: { matchLabels: SELECTOR },
      strategy: { rollingUpdate: { maxUnavailable: 1 }, type: 'RollingUpdate' },
      template: {
        metadata: { labels: labels('controller') },
        spec: {
          automountServiceAccountToken: true,
          containers: [container],
          dnsPolicy: 'ClusterFirst',
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          serviceAccountName: 'ingress-nginx',
          terminationGracePeriodSeconds: 300,
          volumes: [{ name: 'webhook-cert', secret: { secretName: 'ingress-nginx-admission' } }],
        },
      },
    },
  };
}

function job(command: string, args: readonly string[]): KubeObject {
  const name = `ingress-nginx-admission-${command}`;
  const container = {
    args: [...args],
    env: [fieldOf('POD_NAMESPACE', 'metadata.namespace')],
    image: 'registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.6.9',
    imagePullPolicy: 'IfNotPresent',
    name: command,
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsGroup: 65532,
      runAsNonRoot: true,
      runAsUser: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: meta(name, 'admission-webhook'),
    spec: {
      template: {
        metadata: { name, labels: labels('admission-webhook') },
        spec: {
          automountServiceAccountToken: true,
          containers: [container],
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          restartPolicy: 'OnFailure',
          serviceAccountName: 'ingress-nginx-admission',
        },
      },
      ttlSecondsAfterFinished: 0,
    },
  };
}

function webhook(): KubeObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'ingress-nginx-admission', labels: labels('admission-webhook') },
    webhooks: [
      {
        admissionReviewVersions: ['v1'],
        clientConfig: {
          service: {
            name: 'ingress-nginx-controller-admission',
            namespace: NAMESPACE,
            path: '/networking/v1/ingresses',
            port: 443,
          },
        },
        failurePolicy: 'Fail',
        matchPolicy: 'Equivalent',
        name: 'validate.nginx.ingress.kubernetes.io',
        rules: [
          {
            apiGroups: ['networking.k8s.io'],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['ingresses'],
          },
        ],
        sideEffects: 'None',
      },
    ],
  };
}
