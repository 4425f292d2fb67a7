import type { KubeObject } from '../../api/object.js';
import type { AddOn } from './add-on.js';

const DRIVER = 'hostpath.csi.k8s.io';
const NAMESPACE = 'default';
const ACCOUNT = 'csi-provisioner';
const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'];
const REGISTRY = 'registry.k8s.io/sig-storage';
const ADDRESS = '--csi-address=/csi/csi.sock';

const labels = (name: string, component: string) => ({
  'app.kubernetes.io/instance': DRIVER,
  'app.kubernetes.io/part-of': 'csi-driver-host-path',
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/component': component,
});
const LABELS = labels('csi-hostpathplugin', 'plugin');

/**
 * The CSI hostpath driver as its kubernetes-distributed deployment installs it, on each worker with a provisioner of its
 * own; besides it a resizer of its own, and classes that may grow. How much room there is, nobody tells the scheduler.
 */
export const csiHostpath: AddOn = {
  name: 'csi-hostpath',
  objects: () => [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ACCOUNT, namespace: NAMESPACE } },
    ...rights(),
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: { name: DRIVER, labels: labels(DRIVER, 'csi-driver') },
      spec: {
        volumeLifecycleModes: ['Persistent'],
        podInfoOnMount: true,
        attachRequired: false,
        fsGroupPolicy: 'File',
      },
    },
    daemonSet(),
    storageClass('fast'),
    storageClass('slow'),
  ],
};

function storageClass(kind: string): KubeObject {
  const name = `csi-hostpath-${kind}`;
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, labels: labels(name, 'storageclass') },
    provisioner: DRIVER,
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
    parameters: { kind },
  };
}

function rights(): KubeObject[] {
  const name = 'external-provisioner-runner';
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name },
      rules: [
        { apiGroups: [''], resources: ['persistentvolumes'], verbs: [...READ, 'create', 'patch', 'update', 'delete'] },
        { apiGroups: [''], resources: ['persistentvolumeclaims'], verbs: [...READ, 'update'] },
        { apiGroups: [''], resources: ['persistentvolumeclaims/status'], verbs: ['patch', 'update'] },
        { apiGroups: ['storage.k8s.io'], resources: ['storageclasses', 'csinodes'], verbs: READ },
        { apiGroups: [''], resources: ['events'], verbs: ['list', 'watch', 'create', 'update', 'patch'] },
        { apiGroups: [''], resources: ['nodes', 'pods'], verbs: READ },
      ],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'csi-provisioner-role' },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: ACCOUNT, namespace: NAMESPACE }],
    },
  ];
}

function daemonSet(): KubeObject {
  const hostPath = (name: string, path: string, type = 'DirectoryOrCreate') => ({ name, hostPath: { path, type } });
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'csi-hostpathplugin', namespace: NAMESPACE, labels: LABELS },
    spec: {
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: {
          serviceAccountName: ACCOUNT,
          containers: containers(),
          volumes: [
            hostPath('socket-dir', '/var/lib/kubelet/plugins/csi-hostpath'),
            hostPath('mountpoint-dir', '/var/lib/kubelet/pods'),
            hostPath('registration-dir', '/var/lib/kubelet/plugins_registry', 'Directory'),
            hostPath('plugins-dir', '/var/lib/kubelet/plugins', 'Directory'),
            hostPath('csi-data-dir', '/var/lib/csi-hostpath-data/'),
            hostPath('dev-dir', '/dev', 'Directory'),
          ],
        },
      },
    },
  };
}

function containers(): object[] {
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  const mount = (name: string, mountPath: string) => ({ name, mountPath });
  const socket = mount('socket-dir', '/csi');
  const node = field('KUBE_NODE_NAME', 'spec.nodeName');
  const securityContext = { privileged: true };
  const healthz = (containerPort: number) => [{ containerPort, name: 'healthz', protocol: 'TCP' }];
  const probe = { httpGet: { path: '/healthz', port: 'healthz' } };
  const spread = (name: string, path: string) => ({ ...mount(name, path), mountPropagation: 'Bidirectional' });
  return [
    {
      name: 'csi-provisioner',
      image: `${REGISTRY}/csi-provisioner:v6.3.0`,
      args: [
        '-v=5',
        ADDRESS,
        '--feature-gates=Topology=true',
        '--node-deployment=true',
        '--strict-topology=true',
        '--immediate-topology=false',
        '--worker-threads=5',
      ],
      env: [
        field('NODE_NAME', 'spec.nodeName'),
        field('NAMESPACE', 'metadata.namespace'),
        field('POD_NAME', 'metadata.name'),
      ],
      securityContext,
      volumeMounts: [socket],
    },
    {
      name: 'csi-resizer',
      image: `${REGISTRY}/csi-resizer:v2.0.0`,
      args: ['-v=5', ADDRESS],
      securityContext,
      volumeMounts: [socket],
    },
    {
      name: 'node-driver-registrar',
      image: `${REGISTRY}/csi-node-driver-registrar:v2.17.0`,
      args: [
        '--v=5',
        ADDRESS,
        '--kubelet-registration-path=/var/lib/kubelet/plugins/csi-hostpath/csi.sock',
        '--http-endpoint=:9809',
      ],
      env: [node],
      securityContext,
      ports: healthz(9809),
      livenessProbe: { ...probe, initialDelaySeconds: 30, timeoutSeconds: 15, periodSeconds: 10, failureThreshold: 3 },
      volumeMounts: [socket, mount('registration-dir', '/registration'), mount('csi-data-dir', '/csi-data-dir')],
    },
    {
      name: 'hostpath',
      image: `${REGISTRY}/hostpathplugin:v1.17.1`,
      args: [
        `--drivername=${DRIVER}`,
        '--v=5',
        '--endpoint=$(CSI_ENDPOINT)',
        '--nodeid=$(KUBE_NODE_NAME)',
        '--capacity=slow=10Gi',
        '--capacity=fast=100Gi',
      ],
      env: [{ name: 'CSI_ENDPOINT', value: 'unix:///csi/csi.sock' }, node],
      securityContext,
      ports: healthz(9898),
      livenessProbe: { ...probe, initialDelaySeconds: 10, timeoutSeconds: 3, periodSeconds: 2, failureThreshold: 5 },
      volumeMounts: [
        socket,
        spread('mountpoint-dir', '/var/lib/kubelet/pods'),
        spread('plugins-dir', '/var/lib/kubelet/plugins'),
        mount('csi-data-dir', '/csi-data-dir'),
        mount('dev-dir', '/dev'),
      ],
    },
    {
      name: 'liveness-probe',
      image: `${REGISTRY}/livenessprobe:v2.19.0`,
      args: [ADDRESS, '--health-port=9898'],
      volumeMounts: [socket],
    },
  ];
}
