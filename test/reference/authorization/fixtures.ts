/** An object that is there before anything is asked, and the collection it is made in. */
export interface Fixture {
  readonly collection: string;
  readonly object: { readonly metadata: { readonly name: string; readonly namespace?: string } };
}

interface Rule {
  verbs: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

const GROUP = 'rbac.authorization.k8s.io';
const RBAC = `/apis/${GROUP}/v1`;

const words = (text: string) => text.split(' ').map((word) => (word === 'core' ? '' : word));
const may = (verbs: string, apiGroups: string, resources: string, names?: string): Rule => ({
  verbs: words(verbs),
  apiGroups: words(apiGroups),
  resources: words(resources),
  ...(names === undefined ? {} : { resourceNames: words(names) }),
});
const paths = (verbs: string, urls: string): Rule => ({ verbs: words(verbs), nonResourceURLs: words(urls) });

function made(collection: string, apiVersion: string, kind: string, name: string, more: object = {}): Fixture {
  const namespace = /namespaces\/([^/]+)\//.exec(collection)?.[1];
  const { metadata = {}, ...rest } = more as { metadata?: object };
  return {
    collection,
    object: {
      apiVersion,
      kind,
      metadata: { name, ...(namespace ? { namespace } : {}), ...metadata },
      ...rest,
    } as Fixture['object'],
  };
}

const core = (namespace: string, plural: string, kind: string, name: string, more: object = {}) =>
  made(`/api/v1/${namespace ? `namespaces/${namespace}/` : ''}${plural}`, 'v1', kind, name, more);
const clusterRole = (name: string, rules: Rule[], labels?: Record<string, string>) =>
  made(`${RBAC}/clusterroles`, `${GROUP}/v1`, 'ClusterRole', name, {
    rules,
    ...(labels ? { metadata: { labels } } : {}),
  });
const role = (namespace: string, name: string, rules: Rule[]) =>
  made(`${RBAC}/namespaces/${namespace}/roles`, `${GROUP}/v1`, 'Role', name, { rules });

/** `user:x`, `group:x`, `account:ns/x`. */
function subject(text: string): object {
  const [kind, name = ''] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)];
  if (kind === 'account') {
    const [namespace, account] = name.split('/');
    return { kind: 'ServiceAccount', name: account, namespace };
  }
  return { kind: kind === 'user' ? 'User' : 'Group', apiGroup: GROUP, name };
}

function binding(namespace: string, name: string, kind: string, to: string, ...subjects: string[]): Fixture {
  const [collection, own] = namespace
    ? [`${RBAC}/namespaces/${namespace}/rolebindings`, 'RoleBinding']
    : [`${RBAC}/clusterrolebindings`, 'ClusterRoleBinding'];
  const roleRef = { apiGroup: GROUP, kind, name: to };
  return made(collection, `${GROUP}/v1`, own, name, { roleRef, subjects: subjects.map(subject) });
}

const ROLES: readonly Fixture[] = [
  role('alpha', 'reader', [may('get list watch', 'core', 'pods services'), may('get', 'apps', 'deployments/scale')]),
  role('alpha', 'named', [
    may('get update patch delete', 'core', 'configmaps', 'settings other'),
    may('list watch', 'core', 'secrets', 'token'),
    may('create', 'core', 'configmaps'),
  ]),
  role('beta', 'logs', [may('get', 'core', 'pods/log'), may('create', 'core', 'pods/exec pods/eviction')]),
  role('alpha', 'builder', [
    may('get list', 'core', 'serviceaccounts'),
    may('create', 'core', 'serviceaccounts/token', 'builder'),
    may('*', 'batch', '*'),
  ]),
  clusterRole('all-scales', [may('get update', '*', '*/scale'), may('patch', 'apps', '*/status')]),
  clusterRole('wild-verbs', [
    may('*', 'apps', 'deployments'),
    may('get list', '*', 'ingresses'),
    may('watch', 'core', '*'),
  ]),
  clusterRole('urls', [paths('get', '/metrics /logs/*'), paths('*', '/healthz/*'), paths('head', '/version')]),
  clusterRole('extra-view', [may('get list', 'example.com', 'widgets')], { [`${GROUP}/aggregate-to-view`]: 'true' }),
  clusterRole('granter', [
    may('get list watch create update patch delete', GROUP, 'roles rolebindings clusterroles clusterrolebindings'),
    may('get list', 'core apps', 'pods deployments configmaps'),
    may('get', 'core', 'secrets', 'token'),
    paths('get', '/metrics /logs/*'),
  ]),
  clusterRole('binder', [
    may('create update patch', GROUP, 'rolebindings clusterrolebindings roles clusterroles'),
    may('bind', GROUP, 'clusterroles', 'view edit'),
    may('bind', GROUP, 'roles'),
    may('escalate', GROUP, 'roles'),
  ]),
  clusterRole('impersonator', [
    may('impersonate', 'core', 'users', 'jane nina'),
    may('impersonate', 'core', 'groups', 'developers readers'),
    may('impersonate', 'core', 'serviceaccounts'),
    may('impersonate', 'authentication.k8s.io', 'uids', 'u-1'),
    may('impersonate', 'authentication.k8s.io', 'userextras/scopes', 'view'),
  ]),
  clusterRole('constrained', [
    may('impersonate:user-info', 'authentication.k8s.io', 'users', 'jane vic'),
    may('impersonate:user-info', 'authentication.k8s.io', 'groups'),
    may('impersonate-on:user-info:get impersonate-on:user-info:list', 'core', 'pods'),
    may('impersonate:serviceaccount', 'authentication.k8s.io', 'serviceaccounts', 'builder'),
    may('impersonate-on:serviceaccount:list', 'core', 'serviceaccounts'),
    may('impersonate:arbitrary-node', 'authentication.k8s.io', 'nodes', 'n1'),
    may('impersonate-on:arbitrary-node:get', 'core', 'nodes'),
    may('impersonate:user-info', 'authentication.k8s.io', 'userextras/example.com/scopes', 'view'),
  ]),
];

const BINDINGS: readonly Fixture[] = [
  binding('', 'roots', 'ClusterRole', 'cluster-admin', 'group:admins'),
  binding('alpha', 'anna', 'ClusterRole', 'admin', 'user:anna'),
  binding('alpha', 'ed', 'ClusterRole', 'edit', 'user:ed'),
  binding('', 'watchers', 'ClusterRole', 'view', 'group:watchers'),
  binding('alpha', 'readers', 'Role', 'reader', 'group:readers', 'account:beta/default'),
  binding('beta', 'logs', 'Role', 'logs', 'group:developers'),
  binding('alpha', 'nina', 'Role', 'named', 'user:nina'),
  binding('', 'sue', 'ClusterRole', 'all-scales', 'user:sue'),
  binding('', 'sue-urls', 'ClusterRole', 'urls', 'user:sue'),
  binding('', 'walt', 'ClusterRole', 'wild-verbs', 'user:walt'),
  binding('alpha', 'builder', 'Role', 'builder', 'account:alpha/builder'),
  binding('alpha', 'broken', 'Role', 'gone', 'user:broken'),
  binding('', 'broken', 'ClusterRole', 'gone', 'group:lost'),
  binding('', 'granter', 'ClusterRole', 'granter', 'user:granter'),
  binding('alpha', 'granter-broken', 'Role', 'gone', 'user:granter'),
  binding('', 'binder', 'ClusterRole', 'binder', 'user:binder'),
  binding('', 'movers', 'ClusterRole', 'impersonator', 'group:movers'),
  binding('', 'carol', 'ClusterRole', 'constrained', 'user:carol'),
];

const container = { name: 'c', image: 'nginx' };

/** A pod on a node that refers to a secret, a config map, a claim and an account. */
const REFERRING = {
  nodeName: 'n1',
  serviceAccountName: 'builder',
  imagePullSecrets: [{ name: 'registry' }],
  containers: [
    {
      ...container,
      env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'env-secret', key: 'a' } } }],
      envFrom: [{ configMapRef: { name: 'env-map' } }],
    },
  ],
  volumes: [
    { name: 's', secret: { secretName: 'mounted' } },
    { name: 'm', configMap: { name: 'mounted' } },
    { name: 'c', persistentVolumeClaim: { claimName: 'data' } },
    { name: 'p', projected: { sources: [{ secret: { name: 'projected' } }, { configMap: { name: 'projected' } }] } },
    { name: 'e', ephemeral: { volumeClaimTemplate: { spec: volumeClaim() } } },
  ],
};

function volumeClaim(volumeName?: string): object {
  const resources = { requests: { storage: '1Gi' } };
  return { accessModes: ['ReadWriteOnce'], resources, ...(volumeName ? { volumeName, storageClassName: '' } : {}) };
}

const SECRETS = ['token', 'mounted', 'env-secret', 'registry', 'projected', 'pv-secret', 'free'];
const CONFIG_MAPS = ['settings', 'other', 'mounted', 'env-map', 'projected', 'free'];

const OBJECTS: readonly Fixture[] = [
  core('alpha', 'serviceaccounts', 'ServiceAccount', 'builder'),
  ...SECRETS.map((name) => core('alpha', 'secrets', 'Secret', name)),
  ...CONFIG_MAPS.map((name) => core('alpha', 'configmaps', 'ConfigMap', name)),
  core('', 'nodes', 'Node', 'n1'),
  core('', 'nodes', 'Node', 'n2'),
  core('', 'persistentvolumes', 'PersistentVolume', 'disk', {
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      claimRef: { namespace: 'alpha', name: 'data' },
      csi: {
        driver: 'd.example.com',
        volumeHandle: 'h',
        nodePublishSecretRef: { namespace: 'alpha', name: 'pv-secret' },
        controllerPublishSecretRef: { namespace: 'alpha', name: 'free' },
      },
    },
  }),
  core('alpha', 'persistentvolumeclaims', 'PersistentVolumeClaim', 'data', { spec: volumeClaim('disk') }),
  core('alpha', 'persistentvolumeclaims', 'PersistentVolumeClaim', 'loose', { spec: volumeClaim() }),
  core('alpha', 'pods', 'Pod', 'user', { spec: REFERRING }),
  core('alpha', 'pods', 'Pod', 'elsewhere', { spec: { nodeName: 'n2', containers: [container] } }),
  core('alpha', 'pods', 'Pod', 'pending', { spec: { containers: [container] } }),
  made('/apis/storage.k8s.io/v1/volumeattachments', 'storage.k8s.io/v1', 'VolumeAttachment', 'attached', {
    spec: { attacher: 'd.example.com', nodeName: 'n1', source: { persistentVolumeName: 'disk' } },
  }),
  made('/apis/resource.k8s.io/v1/resourceslices', 'resource.k8s.io/v1', 'ResourceSlice', 'slice', {
    spec: {
      driver: 'd.example.com',
      nodeName: 'n1',
      pool: { name: 'n1', generation: 1, resourceSliceCount: 1 },
      devices: [],
    },
  }),
];

/** Everything that is there, in the order in which it is made. */
export const FIXTURES: readonly Fixture[] = [
  ...['alpha', 'beta'].map((name) => core('', 'namespaces', 'Namespace', name)),
  ...['alpha', 'beta', 'default'].map((name) => core(name, 'serviceaccounts', 'ServiceAccount', 'default')),
  ...ROLES,
  ...BINDINGS,
  ...OBJECTS,
];
