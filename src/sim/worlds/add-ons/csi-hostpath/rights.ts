import type { KubeObject } from '../../../api/object.js';

const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'];
const SNAPSHOTS = 'snapshot.storage.k8s.io';
const EVENTS = { apiGroups: [''], resources: ['events'], verbs: ['list', 'watch', 'create', 'update', 'patch'] };

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const rule = (group: string, resources: string, verbs: readonly string[]): Rule => ({
  apiGroups: [group],
  resources: resources.split(' '),
  verbs,
});

/** What the sidecars' own manifests let each of them do in the whole cluster. */
const CLUSTER: Readonly<Record<string, readonly Rule[]>> = {
  attacher: [
    rule('', 'persistentvolumes', [...READ, 'patch']),
    rule('storage.k8s.io', 'csinodes', READ),
    rule('storage.k8s.io', 'volumeattachments', [...READ, 'patch']),
    rule('storage.k8s.io', 'volumeattachments/status', ['patch']),
  ],
  provisioner: [
    // A volume's finalizer is taken off by an update here, which the real one patches.
    rule('', 'persistentvolumes', [...READ, 'create', 'patch', 'update', 'delete']),
    rule('', 'persistentvolumeclaims', [...READ, 'update']),
    rule('storage.k8s.io', 'storageclasses', READ),
    EVENTS,
    rule(SNAPSHOTS, 'volumesnapshots', [...READ, 'update']),
    rule(SNAPSHOTS, 'volumesnapshotcontents', ['get', 'list']),
    rule('storage.k8s.io', 'csinodes', READ),
    rule('', 'nodes', READ),
    rule('storage.k8s.io', 'volumeattachments', READ),
    rule('storage.k8s.io', 'volumeattributesclasses', READ),
  ],
  resizer: [
    rule('', 'persistentvolumes', [...READ, 'patch', 'update']),
    rule('', 'persistentvolumeclaims pods', READ),
    rule('', 'persistentvolumeclaims/status', ['patch', 'update']),
    EVENTS,
    rule('storage.k8s.io', 'volumeattributesclasses', READ),
  ],
  snapshotter: [
    EVENTS,
    rule(SNAPSHOTS, 'volumesnapshotclasses', READ),
    rule(SNAPSHOTS, 'volumesnapshotcontents', [...READ, 'update', 'patch']),
    rule(SNAPSHOTS, 'volumesnapshotcontents/status', ['update', 'patch']),
  ],
};
/** And in their own namespace. */
const OWN: Readonly<Record<string, readonly Rule[]>> = {
  provisioner: [
    rule('coordination.k8s.io', 'leases', [...READ, 'delete', 'update', 'create']),
    rule('storage.k8s.io', 'csistoragecapacities', [...READ, 'create', 'update', 'patch', 'delete']),
    rule('', 'pods', ['get']),
    rule('apps', 'replicasets daemonsets', ['get']),
  ],
};

/** The account of a driver's pods, and the rights that its sidecars need. */
export function sidecarRights(account: string, namespace: string, sidecars: readonly string[]): KubeObject[] {
  const subjects = [{ kind: 'ServiceAccount', name: account, namespace }];
  const pair = (kind: 'Role' | 'ClusterRole', sidecar: string, name: string, rules: readonly Rule[]): KubeObject[] => {
    const space = kind === 'Role' ? { namespace } : {};
    const suffix = kind === 'Role' ? '-cfg' : '';
    return [
      { apiVersion: `${RBAC}/v1`, kind, metadata: { name, ...space }, rules },
      {
        apiVersion: `${RBAC}/v1`,
        kind: `${kind}Binding`,
        metadata: { name: `csi-${sidecar}-role${suffix}`, ...space },
        roleRef: { apiGroup: RBAC, kind, name },
        subjects,
      },
    ];
  };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace } },
    ...sidecars.flatMap((sidecar) =>
      pair('ClusterRole', sidecar, `external-${sidecar}-runner`, CLUSTER[sidecar] as Rule[]),
    ),
    ...sidecars.flatMap((sidecar) => {
      const rules = OWN[sidecar];
      return rules ? pair('Role', sidecar, `external-${sidecar}-cfg`, rules) : [];
    }),
  ];
}
