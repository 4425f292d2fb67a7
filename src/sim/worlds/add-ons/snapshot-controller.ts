import type { KubeObject } from '../../api/object.js';
import type { AddOn } from './add-on.js';
import { DRIVER, labelsOf } from './csi-hostpath/pod.js';
import { snapshotDefinitions } from './snapshot-controller/definitions.js';

const NAMESPACE = 'kube-system';
const NAME = 'snapshot-controller';
const RBAC = 'rbac.authorization.k8s.io';
const GROUP = 'snapshot.storage.k8s.io';
const READ = ['get', 'list', 'watch'];

/**
 * Snapshots of volumes: the kinds of external-snapshotter and its controller, which lets drivers on each node take those
 * of their own, and a class for the CSI hostpath driver (`csi-hostpath` or `csi-hostpath-attach` beside it).
 */
export const snapshotController: AddOn = {
  name: NAME,
  objects: () => [
    ...snapshotDefinitions.classes(),
    ...snapshotDefinitions.contents(),
    ...snapshotDefinitions.snapshots(),
    ...snapshotControllerRights(),
    ...snapshotControllerSetup(['--enable-distributed-snapshotting=true']),
    {
      apiVersion: `${GROUP}/v1`,
      kind: 'VolumeSnapshotClass',
      metadata: { name: 'csi-hostpath-snapclass', labels: labelsOf('csi-hostpath-snapclass', 'volumesnapshotclass') },
      driver: DRIVER,
      deletionPolicy: 'Delete',
    },
  ],
};

/** rbac-snapshot-controller.yaml of its project. */
export function snapshotControllerRights(): KubeObject[] {
  const rule = (group: string, resources: string, verbs: readonly string[]) => ({
    apiGroups: [group],
    resources: resources.split(' '),
    verbs,
  });
  const subjects = [{ kind: 'ServiceAccount', name: NAME, namespace: NAMESPACE }];
  const bound = (kind: 'Role' | 'ClusterRole', name: string, binding: string, rules: object[]): KubeObject[] => {
    const space = kind === 'Role' ? { namespace: NAMESPACE } : {};
    const roleRef = { kind, name, apiGroup: RBAC };
    return [
      { apiVersion: `${RBAC}/v1`, kind, metadata: { name, ...space }, rules },
      { apiVersion: `${RBAC}/v1`, kind: `${kind}Binding`, metadata: { name: binding, ...space }, subjects, roleRef },
    ];
  };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: NAME, namespace: NAMESPACE } },
    ...bound('ClusterRole', `${NAME}-runner`, `${NAME}-role`, [
      rule('', 'persistentvolumes', READ),
      rule('', 'persistentvolumeclaims', [...READ, 'update']),
      rule('', 'events', ['list', 'watch', 'create', 'update', 'patch']),
      rule(GROUP, 'volumesnapshotclasses', READ),
      rule(GROUP, 'volumesnapshotcontents', ['create', ...READ, 'update', 'delete', 'patch']),
      rule(GROUP, 'volumesnapshotcontents/status', ['patch']),
      rule(GROUP, 'volumesnapshots', ['create', ...READ, 'update', 'patch', 'delete']),
      rule(GROUP, 'volumesnapshots/status', ['update', 'patch']),
      // What its manifest leaves to be added for distributed snapshotting.
      rule('', 'nodes', READ),
    ]),
    ...bound('Role', `${NAME}-leaderelection`, `${NAME}-leaderelection`, [
      rule('coordination.k8s.io', 'leases', ['get', 'watch', 'list', 'delete', 'update', 'create']),
    ]),
  ];
}

/** setup-snapshot-controller.yaml of its project, with more arguments. */
export function snapshotControllerSetup(args: readonly string[]): KubeObject[] {
  const labels = { 'app.kubernetes.io/name': NAME };
  const container = {
    name: NAME,
    image: `registry.k8s.io/sig-storage/${NAME}:v8.6.0`,
    args: ['--v=5', '--leader-election=true', ...args],
    imagePullPolicy: 'IfNotPresent',
  };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: NAME, namespace: NAMESPACE },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        minReadySeconds: 35,
        strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' },
        template: { metadata: { labels }, spec: { serviceAccountName: NAME, containers: [container] } },
      },
    },
  ];
}
