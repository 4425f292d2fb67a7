import type { KubeObject } from '../../api/object.js';
import { calicoRights, corednsRights, kubeProxyRights } from './rights.js';
import type { ClusterSettings, ControlPlaneHost } from './settings.js';
import { VERSIONS } from './settings.js';

const SYSTEM = 'kube-system';

/** What `kubeadm init` puts into a new cluster besides itself, in the order it is applied. */
export function addOnObjects(settings: ClusterSettings, host: ControlPlaneHost): KubeObject[] {
  return [...corednsObjects(settings), ...kubeProxyObjects(settings, host)];
}

/** The Corefile kubeadm writes. */
function defaultCorefile({ domain }: ClusterSettings): string {
  return `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes ${domain} in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30 {
       disable success ${domain}
       disable denial ${domain}
    }
    loop
    reload
    loadbalance
}
`;
}

function corednsObjects(settings: ClusterSettings): KubeObject[] {
  const labels = { 'k8s-app': 'kube-dns' };
  const port = (name: string, containerPort: number, protocol = 'TCP') => ({ name, containerPort, protocol });
  const servicePort = (name: string, number: number, protocol = 'TCP') => ({
    name,
    port: number,
    protocol,
    targetPort: number,
  });
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'coredns', namespace: SYSTEM } },
    ...corednsRights(),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'coredns', namespace: SYSTEM },
      data: { Corefile: defaultCorefile(settings) },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'kube-dns',
        namespace: SYSTEM,
        labels: { ...labels, 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
        annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
      },
      spec: {
        clusterIP: settings.dnsAddress,
        ports: [servicePort('dns', 53, 'UDP'), servicePort('dns-tcp', 53), servicePort('metrics', 9153)],
        selector: labels,
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'coredns', namespace: SYSTEM, labels },
      spec: {
        replicas: 2,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            priorityClassName: 'system-cluster-critical',
            serviceAccountName: 'coredns',
            affinity: {
              podAntiAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                  {
                    weight: 100,
                    podAffinityTerm: {
                      labelSelector: { matchExpressions: [{ key: 'k8s-app', operator: 'In', values: ['kube-dns'] }] },
                      topologyKey: 'kubernetes.io/hostname',
                    },
                  },
                ],
              },
            },
            tolerations: [
              { key: 'CriticalAddonsOnly', operator: 'Exists' },
              { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
            ],
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            containers: [
              {
                name: 'coredns',
                image: `registry.k8s.io/coredns/coredns:${VERSIONS.coredns}`,
                imagePullPolicy: 'IfNotPresent',
                args: ['-conf', '/etc/coredns/Corefile'],
                resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
                volumeMounts: [{ name: 'config-volume', mountPath: '/etc/coredns', readOnly: true }],
                ports: [
                  port('dns', 53, 'UDP'),
                  port('dns-tcp', 53),
                  port('metrics', 9153),
                  port('liveness-probe', 8080),
                  port('readiness-probe', 8181),
                ],
                livenessProbe: {
                  httpGet: { path: '/health', port: 'liveness-probe', scheme: 'HTTP' },
                  initialDelaySeconds: 60,
                  timeoutSeconds: 5,
                  successThreshold: 1,
                  failureThreshold: 5,
                },
                readinessProbe: { httpGet: { path: '/ready', port: 'readiness-probe', scheme: 'HTTP' } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
                  readOnlyRootFilesystem: true,
                },
              },
            ],
            dnsPolicy: 'Default',
            volumes: [
              { name: 'config-volume', configMap: { name: 'coredns', items: [{ key: 'Corefile', path: 'Corefile' }] } },
            ],
          },
        },
      },
    },
  ];
}

function kubeProxyObjects({ podSubnet }: ClusterSettings, { address }: ControlPlaneHost): KubeObject[] {
  const account = '/var/run/secrets/kubernetes.io/serviceaccount';
  const kubeconfig = `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority: ${account}/ca.crt
    server: https://${address}:6443
  name: default
contexts:
- context:
    cluster: default
    namespace: default
    user: default
  name: default
current-context: default
users:
- name: default
  user:
    tokenFile: ${account}/token
`;
  const config = `apiVersion: kubeproxy.config.k8s.io/v1alpha1
bindAddress: 0.0.0.0
clientConnection:
  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf
clusterCIDR: ${podSubnet}
kind: KubeProxyConfiguration
mode: ""
`;
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'kube-proxy', namespace: SYSTEM } },
    ...kubeProxyRights(),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kube-proxy', namespace: SYSTEM, labels: { app: 'kube-proxy' } },
      data: { 'config.conf': config, 'kubeconfig.conf': kubeconfig },
    },
    daemonSet('kube-proxy', {
      priorityClassName: 'system-node-critical',
      containers: [
        {
          name: 'kube-proxy',
          image: `registry.k8s.io/kube-proxy:${VERSIONS.kubernetes}`,
          imagePullPolicy: 'IfNotPresent',
          command: [
            '/usr/local/bin/kube-proxy',
            '--config=/var/lib/kube-proxy/config.conf',
            '--hostname-override=$(NODE_NAME)',
          ],
          securityContext: { privileged: true },
          volumeMounts: [
            { mountPath: '/var/lib/kube-proxy', name: 'kube-proxy' },
            { mountPath: '/run/xtables.lock', name: 'xtables-lock' },
            { mountPath: '/lib/modules', name: 'lib-modules', readOnly: true },
          ],
          env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
        },
      ],
      hostNetwork: true,
      serviceAccountName: 'kube-proxy',
      volumes: [
        { name: 'kube-proxy', configMap: { name: 'kube-proxy' } },
        { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
        { name: 'lib-modules', hostPath: { path: '/lib/modules' } },
      ],
      tolerations: [{ operator: 'Exists' }],
      nodeSelector: { 'kubernetes.io/os': 'linux' },
    }),
  ];
}

/** The network plugin: an agent on every node that sets pods' addresses up and enforces NetworkPolicy. */
export function calicoObjects({ podSubnet }: ClusterSettings): KubeObject[] {
  const [four, six] = podSubnet.split(',');
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'calico-node', namespace: SYSTEM } },
    ...calicoRights(),
    daemonSet('calico-node', {
      priorityClassName: 'system-node-critical',
      containers: [
        {
          name: 'calico-node',
          image: `docker.io/calico/node:${VERSIONS.calico}`,
          imagePullPolicy: 'IfNotPresent',
          env: [
            { name: 'DATASTORE_TYPE', value: 'kubernetes' },
            { name: 'NODENAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
            { name: 'CALICO_IPV4POOL_CIDR', value: four },
            ...(six === undefined
              ? []
              : [
                  { name: 'IP6', value: 'autodetect' },
                  { name: 'CALICO_IPV6POOL_CIDR', value: six },
                  { name: 'FELIX_IPV6SUPPORT', value: 'true' },
                ]),
          ],
          securityContext: { privileged: true },
          resources: { requests: { cpu: '250m' } },
          livenessProbe: {
            exec: { command: ['/bin/calico-node', '-felix-live'] },
            periodSeconds: 10,
            initialDelaySeconds: 10,
            failureThreshold: 6,
            timeoutSeconds: 10,
          },
          readinessProbe: {
            exec: { command: ['/bin/calico-node', '-felix-ready'] },
            periodSeconds: 10,
            timeoutSeconds: 10,
          },
          volumeMounts: [{ mountPath: '/host/etc/cni/net.d', name: 'cni-net-dir' }],
        },
      ],
      hostNetwork: true,
      serviceAccountName: 'calico-node',
      terminationGracePeriodSeconds: 0,
      volumes: [{ name: 'cni-net-dir', hostPath: { path: '/etc/cni/net.d', type: 'DirectoryOrCreate' } }],
      tolerations: [
        { effect: 'NoSchedule', operator: 'Exists' },
        { key: 'CriticalAddonsOnly', operator: 'Exists' },
        { effect: 'NoExecute', operator: 'Exists' },
      ],
      nodeSelector: { 'kubernetes.io/os': 'linux' },
    }),
  ];
}

function daemonSet(name: string, spec: Record<string, unknown>): KubeObject {
  const labels = { 'k8s-app': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: SYSTEM, labels },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate' },
      template: { metadata: { labels }, spec },
    },
  };
}
