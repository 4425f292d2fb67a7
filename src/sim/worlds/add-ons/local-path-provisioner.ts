import type { KubeObject } from '../../api/object.js';
import type { AddOn } from './add-on.js';

const VERSION = 'v0.0.37';
const NAMESPACE = 'local-path-storage';
const ACCOUNT = 'local-path-provisioner-service-account';
const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'];
const CHANGE = ['create', 'patch', 'update', 'delete'];

const HELPER_POD = `apiVersion: v1
kind: Pod
metadata:
  name: helper-pod
spec:
  priorityClassName: system-node-critical
  tolerations:
    - key: node.kubernetes.io/disk-pressure
      operator: Exists
      effect: NoSchedule
  containers:
  - name: helper-pod
    image: docker.io/library/busybox
    imagePullPolicy: IfNotPresent`;
const CONFIG = `{
        "nodePathMap":[
        {
                "node":"DEFAULT_PATH_FOR_NON_LISTED_NODES",
                "paths":["/opt/local-path-provisioner"]
        }
        ]
}`;

/** Volumes out of folders of nodes, as local-path-storage.yaml of its project installs it; its class is not the default. */
export const localPathProvisioner: AddOn = {
  name: 'local-path-provisioner',
  objects: () => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ACCOUNT, namespace: NAMESPACE } },
    ...rights(),
    deployment(),
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'local-path' },
      provisioner: 'rancher.io/local-path',
      volumeBindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Delete',
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'local-path-config', namespace: NAMESPACE },
      data: {
        'config.json': CONFIG,
        'helperPod.yaml': HELPER_POD,
        setup: '#!/bin/sh\nset -eu\nmkdir -m 0777 -p "$VOL_DIR"',
        teardown: '#!/bin/sh\nset -eu\nrm -rf "$VOL_DIR"',
      },
    },
  ],
};

function rights(): KubeObject[] {
  const name = 'local-path-provisioner-role';
  const binding = (kind: 'Role' | 'ClusterRole'): KubeObject => ({
    apiVersion: `${RBAC}/v1`,
    kind: `${kind}Binding`,
    metadata: { name: 'local-path-provisioner-bind', ...(kind === 'Role' ? { namespace: NAMESPACE } : {}) },
    roleRef: { apiGroup: RBAC, kind, name },
    subjects: [{ kind: 'ServiceAccount', name: ACCOUNT, namespace: NAMESPACE }],
  });
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata: { name, namespace: NAMESPACE },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: [...READ, ...CHANGE] }],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name },
      rules: [
        {
          apiGroups: [''],
          resources: ['nodes', 'persistentvolumeclaims', 'configmaps', 'pods', 'pods/log'],
          verbs: READ,
        },
        { apiGroups: [''], resources: ['persistentvolumes'], verbs: [...READ, ...CHANGE] },
        { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
        { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: READ },
      ],
    },
    binding('Role'),
    binding('ClusterRole'),
  ];
}

function deployment(): KubeObject {
  const labels = { app: 'local-path-provisioner' };
  const probe = (path: string, initialDelaySeconds: number, periodSeconds: number) => ({
    httpGet: { path, port: 'health' },
    initialDelaySeconds,
    periodSeconds,
  });
  const container = {
    name: 'local-path-provisioner',
    image: `docker.io/rancher/local-path-provisioner:${VERSION}`,
    imagePullPolicy: 'IfNotPresent',
    command: ['local-path-provisioner', '--debug', 'start', '--config', '/etc/config/config.json'],
    ports: [{ name: 'health', containerPort: 8080, protocol: 'TCP' }],
    startupProbe: { ...probe('/health', 5, 5), failureThreshold: 12 },
    livenessProbe: probe('/health', 10, 10),
    readinessProbe: probe('/ready', 5, 5),
    volumeMounts: [{ name: 'config-volume', mountPath: '/etc/config/' }],
    env: [
      { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'CONFIG_MOUNT_PATH', value: '/etc/config/' },
      { name: 'HEALTH_PORT', value: '8080' },
    ],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'local-path-provisioner', namespace: NAMESPACE },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: ACCOUNT,
          containers: [container],
          volumes: [{ name: 'config-volume', configMap: { name: 'local-path-config' } }],
        },
      },
    },
  };
}
