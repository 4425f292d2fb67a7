import type { KubeObject } from '../../api/object.js';
import type { Gateway } from './types.js';

/** Who keeps what a gateway is run with, as its label says. */
export const MANAGED_BY = 'nginx-gateway-nginx';

/** What the controller runs gateways with. */
export interface ProvisionParts {
  readonly className: string;
  readonly namespace: string;
  readonly service: string;
  /** The release, which both images have in common. */
  readonly tag: string;
}

/** The name of everything that is made for a gateway. */
export function resourceName({ metadata }: Gateway, className: string): string {
  return `${metadata.name}-${className}`;
}

/** The name of the copy of the agents' certificates beside a gateway. */
export function agentSecretName(gateway: Gateway, className: string): string {
  return `${resourceName(gateway, className)}-agent-tls`;
}

/** What runs a gateway: an nginx of its own with an agent that asks the controller for its configuration (provisioner of NGF v2.3). */
export function gatewayObjects(gateway: Gateway, parts: ProvisionParts): KubeObject[] {
  const name = resourceName(gateway, parts.className);
  const namespace = gateway.metadata.namespace as string;
  const selector = {
    'app.kubernetes.io/instance': 'nginx-gateway',
    'app.kubernetes.io/managed-by': MANAGED_BY,
    'app.kubernetes.io/name': name,
    'gateway.networking.k8s.io/gateway-name': gateway.metadata.name as string,
  };
  const owner = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    name: gateway.metadata.name as string,
    uid: gateway.metadata.uid as string,
    controller: true,
    blockOwnerDeletion: true,
  };
  const meta = (suffix = '') => ({ name: `${name}${suffix}`, namespace, labels: selector, ownerReferences: [owner] });
  const ports = [...new Set(gateway.spec.listeners.map(({ port }) => port))].sort((one, other) => one - other);
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: meta('-agent-config'),
      data: { 'nginx-agent.conf': agentConfig(`${namespace}_${name}`, parts) },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(), automountServiceAccountToken: false },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta(),
      spec: {
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        ipFamilyPolicy: 'PreferDualStack',
        selector,
        ports: ports.map((port) => ({ name: `port-${port}`, port, protocol: 'TCP', targetPort: port })),
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: meta(),
      spec: { replicas: 1, selector: { matchLabels: selector }, template: podTemplate(name, selector, ports, parts) },
    },
  ];
}

function agentConfig(owner: string, { service, namespace }: ProvisionParts): string {
  return `command:
    server:
        host: ${service}.${namespace}.svc
        port: 443
    tls:
        cert: /var/run/secrets/ngf/tls.crt
        key: /var/run/secrets/ngf/tls.key
        ca: /var/run/secrets/ngf/ca.crt
        server_name: ${service}.${namespace}.svc
allowed_directories:
- /etc/nginx
- /usr/share/nginx
- /var/run/nginx
features:
- configuration
- certificates
- metrics
labels:
    owner-name: ${owner}
    owner-type: Deployment
`;
}

function podTemplate(name: string, labels: Record<string, string>, ports: readonly number[], { tag }: ProvisionParts) {
  const container = {
    name: 'nginx',
    image: `ghcr.io/nginx/nginx-gateway-fabric/nginx:${tag}`,
    imagePullPolicy: 'IfNotPresent',
    ports: [
      ...ports.map((port) => ({ name: `port-${port}`, containerPort: port })),
      { name: 'metrics', containerPort: 9113 },
    ],
    readinessProbe: { httpGet: { path: '/readyz', port: 8081 }, initialDelaySeconds: 3, periodSeconds: 1 },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsGroup: 1001,
      runAsNonRoot: true,
      runAsUser: 101,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [
      { mountPath: '/etc/nginx-agent', name: 'nginx-agent' },
      { mountPath: '/var/run/secrets/ngf', name: 'nginx-agent-tls' },
      { mountPath: '/etc/nginx/conf.d', name: 'nginx-conf' },
      { mountPath: '/etc/nginx/secrets', name: 'nginx-secrets' },
      { mountPath: '/var/run/nginx', name: 'nginx-run' },
      { mountPath: '/var/cache/nginx', name: 'nginx-cache' },
    ],
  };
  const empty = (volume: string) => ({ name: volume, emptyDir: {} });
  return {
    metadata: { labels, annotations: { 'prometheus.io/port': '9113', 'prometheus.io/scrape': 'true' } },
    spec: {
      automountServiceAccountToken: false,
      containers: [container],
      securityContext: {
        fsGroup: 1001,
        runAsNonRoot: true,
        sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
      },
      serviceAccountName: name,
      volumes: [
        { name: 'nginx-agent', configMap: { name: `${name}-agent-config` } },
        { name: 'nginx-agent-tls', secret: { secretName: `${name}-agent-tls` } },
        ...['nginx-conf', 'nginx-secrets', 'nginx-run', 'nginx-cache'].map(empty),
      ],
    },
  };
}
