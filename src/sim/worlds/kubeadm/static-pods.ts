import { printYaml } from '../../api/yaml/print.js';
import { apiserverCommand, controllerManagerCommand, etcdCommand, schedulerCommand } from './arguments.js';
import type { ClusterSettings, ControlPlaneHost } from './settings.js';
import { VERSIONS } from './settings.js';

const REGISTRY = 'registry.k8s.io';
const PKI = '/etc/kubernetes/pki';

interface Mount {
  readonly name: string;
  readonly path: string;
  readonly type: 'DirectoryOrCreate' | 'FileOrCreate';
  readonly readOnly?: boolean;
}

interface Component {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly requests: Readonly<Record<string, string>>;
  readonly port: number;
  readonly probeHost: string;
  readonly scheme: 'HTTP' | 'HTTPS';
  readonly liveness: string;
  readonly readiness: string | undefined;
  readonly startup: string;
  readonly mounts: readonly Mount[];
  readonly annotations?: Readonly<Record<string, string>>;
}

const directory = (name: string, path: string, readOnly = true): Mount => ({
  name,
  path,
  type: 'DirectoryOrCreate',
  readOnly,
});

/** Certificates of the host that kubeadm mounts where the distribution keeps them (Debian and Ubuntu). */
const SYSTEM_CERTIFICATES: readonly Mount[] = [
  directory('ca-certs', '/etc/ssl/certs'),
  directory('etc-ca-certificates', '/etc/ca-certificates'),
  directory('usr-local-share-ca-certificates', '/usr/local/share/ca-certificates'),
  directory('usr-share-ca-certificates', '/usr/share/ca-certificates'),
];

/** The manifests in /etc/kubernetes/manifests by file name, as kubeadm v1.36 writes them. */
export function staticPodManifests(host: ControlPlaneHost, settings: ClusterSettings): Map<string, string> {
  const components: Component[] = [etcd(host), apiserver(host, settings), controllerManager(settings), scheduler()];
  return new Map(components.map((component) => [`${component.name}.yaml`, printYaml(manifest(component))]));
}

function etcd(host: ControlPlaneHost): Component {
  return {
    name: 'etcd',
    image: `${REGISTRY}/etcd:${VERSIONS.etcd}`,
    command: etcdCommand(host),
    requests: { cpu: '100m', memory: '100Mi' },
    port: 2381,
    probeHost: '127.0.0.1',
    scheme: 'HTTP',
    liveness: '/livez',
    readiness: '/readyz',
    startup: '/readyz',
    mounts: [directory('etcd-data', '/var/lib/etcd', false), directory('etcd-certs', `${PKI}/etcd`, false)],
    annotations: { 'kubeadm.kubernetes.io/etcd.advertise-client-urls': `https://${host.address}:2379` },
  };
}

function apiserver(host: ControlPlaneHost, settings: ClusterSettings): Component {
  return {
    name: 'kube-apiserver',
    image: `${REGISTRY}/kube-apiserver:${VERSIONS.kubernetes}`,
    command: apiserverCommand(host, settings),
    requests: { cpu: '250m' },
    port: 6443,
    probeHost: host.address,
    scheme: 'HTTPS',
    liveness: '/livez',
    readiness: '/readyz',
    startup: '/livez',
    mounts: [...SYSTEM_CERTIFICATES, directory('k8s-certs', PKI)],
    annotations: { 'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': `${host.address}:6443` },
  };
}

function controllerManager(settings: ClusterSettings): Component {
  return {
    name: 'kube-controller-manager',
    image: `${REGISTRY}/kube-controller-manager:${VERSIONS.kubernetes}`,
    command: controllerManagerCommand(settings),
    requests: { cpu: '200m' },
    port: 10257,
    probeHost: '127.0.0.1',
    scheme: 'HTTPS',
    liveness: '/healthz',
    readiness: undefined,
    startup: '/healthz',
    mounts: [
      ...SYSTEM_CERTIFICATES,
      directory('flexvolume-dir', '/usr/libexec/kubernetes/kubelet-plugins/volume/exec', false),
      directory('k8s-certs', PKI),
      { name: 'kubeconfig', path: '/etc/kubernetes/controller-manager.conf', type: 'FileOrCreate', readOnly: true },
    ],
  };
}

function scheduler(): Component {
  return {
    name: 'kube-scheduler',
    image: `${REGISTRY}/kube-scheduler:${VERSIONS.kubernetes}`,
    command: schedulerCommand(),
    requests: { cpu: '100m' },
    port: 10259,
    probeHost: '127.0.0.1',
    scheme: 'HTTPS',
    liveness: '/livez',
    readiness: '/readyz',
    startup: '/livez',
    mounts: [{ name: 'kubeconfig', path: '/etc/kubernetes/scheduler.conf', type: 'FileOrCreate', readOnly: true }],
  };
}

function manifest(component: Component): unknown {
  const { name, annotations, mounts } = component;
  const byName = [...mounts].sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(annotations ? { annotations } : {}),
      labels: { component: name, tier: 'control-plane' },
      name,
      namespace: 'kube-system',
    },
    spec: {
      containers: [container(component)],
      hostNetwork: true,
      priority: 2_000_001_000,
      priorityClassName: 'system-node-critical',
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      volumes: byName.map(({ name: volume, path, type }) => ({ hostPath: { path, type }, name: volume })),
    },
    status: {},
  };
}

function container(component: Component): unknown {
  const { name, image, command, requests, port, liveness, readiness, startup, mounts } = component;
  const byName = [...mounts].sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    command,
    image,
    imagePullPolicy: 'IfNotPresent',
    livenessProbe: probe(component, liveness, { initialDelaySeconds: 10, failureThreshold: 8, periodSeconds: 10 }),
    name,
    ports: [{ containerPort: port, name: 'probe-port', protocol: 'TCP' }],
    ...(readiness ? { readinessProbe: probe(component, readiness, { failureThreshold: 3, periodSeconds: 1 }) } : {}),
    resources: { requests },
    startupProbe: probe(component, startup, { initialDelaySeconds: 10, failureThreshold: 24, periodSeconds: 10 }),
    volumeMounts: byName.map(({ name: volume, path, readOnly }) => ({
      mountPath: path,
      name: volume,
      ...(readOnly ? { readOnly } : {}),
    })),
  };
}

function probe({ probeHost, scheme }: Component, path: string, thresholds: Readonly<Record<string, number>>): unknown {
  return { ...thresholds, httpGet: { host: probeHost, path, port: 'probe-port', scheme }, timeoutSeconds: 15 };
}
