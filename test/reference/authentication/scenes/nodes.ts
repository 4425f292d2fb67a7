import type { Sequence, Step } from '../../by-hand/sequence.js';
import { CORE, PODS, patch, pod, remove } from '../../by-hand/steps.js';
import { as, certificate, get, post, put, tokenRequest } from '../steps.js';

const NODES = '/api/v1/nodes';
const A = certificate('node-a');
const LEASES = '/apis/coordination.k8s.io/v1/namespaces';
const CSI_NODES = '/apis/storage.k8s.io/v1/csinodes';
const SLICES = '/apis/resource.k8s.io/v1/resourceslices';

const node = (name: string, more: object = {}, spec?: object) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, ...more },
  ...(spec ? { spec } : {}),
});
const owner = (more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  name: 'node-a',
  uid: '{node a/metadata/uid}',
  controller: true,
  ...more,
});
const MIRROR = { 'kubernetes.io/config.mirror': 'x' };

function mirror(does: string, name: string, spec: object = {}, owners: readonly object[] = [owner()]): Step {
  const metadata = { annotations: MIRROR, ownerReferences: owners };
  return as(A, post(does, PODS, pod(name, { metadata, spec: { nodeName: 'node-a', ...spec } })));
}

const volume = (source: object) => ({ volumes: [{ name: 'v', ...source }] });
const environment = (more: object) => ({ containers: [{ name: 'c', image: 'c', ...more }] });

/** Nodes, and pods as their mirrors. */
export const NODE_RESTRICTION: Sequence = {
  name: 'node-restriction',
  steps: [
    post('node a', NODES, node('node-a')),
    post('node b', NODES, node('node-b')),
    as(certificate('node-nameless'), post('nameless', NODES, node('node-c'))),
    as(certificate('node-alone'), post('no node of the group', NODES, node('node-c'))),
    as(A, post('another', NODES, node('node-c'))),
    as(A, post('itself again', NODES, node('node-a'))),
    as(A, patch('merge', 'another one changed', `${NODES}/node-b`, { metadata: { labels: { a: 'b' } } })),
    as(A, remove('another one deleted', `${NODES}/node-b`)),
    as(A, patch('merge', 'a label', `${NODES}/node-a`, { metadata: { labels: { a: 'b' } } })),
    ...[
      'kubernetes.io/hostname',
      'kubernetes.io/os',
      'kubernetes.io/role',
      'node-role.kubernetes.io/worker',
      'node.kubernetes.io/mine',
      'kubelet.kubernetes.io/mine',
      'sub.node.kubernetes.io/mine',
      'topology.kubernetes.io/zone',
      'topology.kubernetes.io/rack',
      'node-restriction.kubernetes.io/a',
      'sub.node-restriction.kubernetes.io/a',
      'example.com/node-restriction.kubernetes.io',
      'k8s.io/a',
      'sub.k8s.io/a',
      'notkubernetes.io/a',
      'beta.kubernetes.io/instance-type',
    ].map((label) =>
      as(A, patch('merge', `label ${label}`, `${NODES}/node-a`, { metadata: { labels: { [label]: 'x' } } })),
    ),
    as(
      A,
      patch('merge', 'two labels', `${NODES}/node-a`, { metadata: { labels: { 'x.k8s.io/b': '', 'x.k8s.io/a': '' } } }),
    ),
    as(
      A,
      patch('merge', 'a label of the status', `${NODES}/node-a/status`, { metadata: { labels: { 'x.k8s.io/b': '' } } }),
    ),
    as(A, patch('merge', 'a taint', `${NODES}/node-a`, { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } })),
    as(A, patch('merge', 'unschedulable', `${NODES}/node-a`, { spec: { unschedulable: true } })),
    as(
      A,
      patch('merge', 'an owner', `${NODES}/node-a`, { metadata: { ownerReferences: [owner({ controller: false })] } }),
    ),
    as(
      A,
      post('new with labels', NODES, node('node-a', { labels: { 'x.k8s.io/b': '', 'node-role.kubernetes.io/a': '' } })),
    ),
    as(A, post('new with a config source', NODES, node('node-a', {}, { configSource: { configMap: {} } }))),
    as(A, put('config source', `${NODES}/node-a`, node('node-a', {}, { configSource: { configMap: {} } }))),

    as(A, post('no mirror', PODS, pod('plain', { spec: { nodeName: 'node-a' } }))),
    mirror('on another node', 'm1', { nodeName: 'node-b' }),
    mirror('on no node', 'm1', { nodeName: '' }),
    mirror('no owner', 'm1', {}, []),
    mirror('two owners', 'm1', {}, [owner(), owner({ controller: false, uid: 'x', name: 'y' })]),
    mirror('owned by another', 'm1', {}, [owner({ name: 'node-b' })]),
    mirror('owned by a pod', 'm1', {}, [owner({ kind: 'Pod' })]),
    mirror('owned without control', 'm1', {}, [owner({ controller: false })]),
    mirror('owned and blocking', 'm1', {}, [owner({ blockOwnerDeletion: true })]),
    mirror('owned by a wrong UID', 'm1', {}, [owner({ uid: 'wrong' })]),
    mirror('with an account', 'm1', { serviceAccountName: 'default' }),
    mirror('with a secret volume', 'm1', volume({ secret: { secretName: 's' } })),
    mirror('with a map volume', 'm1', volume({ configMap: { name: 's' } })),
    mirror('with a claim', 'm1', volume({ persistentVolumeClaim: { claimName: 's' } })),
    mirror('with a driver', 'm1', volume({ csi: { driver: 'a.b' } })),
    mirror(
      'with an ephemeral volume',
      'm1',
      volume({
        ephemeral: {
          volumeClaimTemplate: {
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        },
      }),
    ),
    mirror('with a projected secret', 'm1', volume({ projected: { sources: [{ secret: { name: 's' } }] } })),
    mirror('with a projected map', 'm1', volume({ projected: { sources: [{ configMap: { name: 's' } }] } })),
    mirror(
      'with a projected token',
      'm1',
      volume({ projected: { sources: [{ serviceAccountToken: { path: 't' } }] } }),
    ),
    mirror(
      'with projected fields',
      'm2',
      volume({
        projected: { sources: [{ downwardAPI: { items: [{ path: 'n', fieldRef: { fieldPath: 'metadata.name' } }] } }] },
      }),
    ),
    mirror('with secrets in the environment', 'm1', environment({ envFrom: [{ secretRef: { name: 's' } }] })),
    mirror(
      'with a map in the environment',
      'm1',
      environment({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 's', key: 'k' } } }] }),
    ),
    mirror('with a pull secret', 'm1', { imagePullSecrets: [{ name: 's' }] }),
    mirror('with a host path', 'm1', volume({ hostPath: { path: '/x' } })),
    as(A, patch('merge', 'mirror changed', `${PODS}/m1`, { metadata: { labels: { a: 'b' } } })),
    post(
      'mirror by an administrator with an account',
      PODS,
      pod('m9', { metadata: { annotations: MIRROR }, spec: { serviceAccountName: 'default', nodeName: 'node-a' } }),
    ),
    post(
      'mirror by an administrator with a secret',
      PODS,
      pod('m9', {
        metadata: { annotations: MIRROR },
        spec: { nodeName: 'node-a', ...environment({ envFrom: [{ secretRef: { name: 's' } }] }) },
      }),
    ),
    post(
      'mirror by an administrator with a token',
      PODS,
      pod('m9', {
        metadata: { annotations: MIRROR },
        spec: { nodeName: 'node-a', ...volume({ projected: { sources: [{ serviceAccountToken: { path: 't' } }] } }) },
      }),
    ),
  ],
};

/** What belongs to pods and nodes. */
export const NODE_BELONGINGS: Sequence = {
  name: 'node-belongings',
  steps: [
    post('account', `${CORE}/serviceaccounts`, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'robot' },
    }),
    post('its pod', PODS, pod('own', { spec: { nodeName: 'node-a', serviceAccountName: 'robot' } })),
    post(
      'its pod for a vault',
      PODS,
      pod('vault', {
        spec: {
          nodeName: 'node-a',
          serviceAccountName: 'robot',
          ...volume({ projected: { sources: [{ serviceAccountToken: { path: 't', audience: 'vault' } }] } }),
        },
      }),
    ),
    post(
      'its pod with a driver',
      PODS,
      pod('driven', {
        spec: {
          nodeName: 'node-a',
          serviceAccountName: 'robot',
          automountServiceAccountToken: false,
          ...volume({ csi: { driver: 'none.example.com' } }),
        },
      }),
    ),
    post('other pod', PODS, pod('other', { spec: { nodeName: 'node-b', serviceAccountName: 'robot' } })),
    as(A, patch('merge', 'own status', `${PODS}/own/status`, { status: { phase: 'Running' } })),
    as(A, patch('merge', 'other status', `${PODS}/other/status`, { status: { phase: 'Running' } })),
    as(A, patch('merge', 'labels by status', `${PODS}/own/status`, { metadata: { labels: { a: 'b' } } })),
    as(
      A,
      patch('merge', 'claims by status', `${PODS}/own/status`, { status: { resourceClaimStatuses: [{ name: 'x' }] } }),
    ),
    as(A, patch('merge', 'own pod changed', `${PODS}/own`, { metadata: { labels: { a: 'b' } } })),
    as(A, remove('other deleted', `${PODS}/other`)),
    as(A, remove('none deleted', `${PODS}/none`)),
    as(
      A,
      post('other evicted', `${PODS}/other/eviction`, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: 'other' },
      }),
    ),
    as(
      A,
      post('none evicted', `${PODS}/none/eviction`, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: 'none' },
      }),
    ),
    as(
      A,
      post('bound', `${PODS}/own/binding`, {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name: 'own' },
        target: { kind: 'Node', name: 'node-a' },
      }),
    ),
    as(
      A,
      patch('strategic', 'debugged', `${PODS}/own/ephemeralcontainers`, {
        spec: { ephemeralContainers: [{ name: 'd', image: 'd' }] },
      }),
    ),
    ...(
      [
        ['for no pod', {}],
        ['for a secret', { boundObjectRef: { apiVersion: 'v1', kind: 'Secret', name: 'x' } }],
        ['for a node', { boundObjectRef: { apiVersion: 'v1', kind: 'Node', name: 'node-a' } }],
        ['without UID', { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'own' } }],
        ['with a wrong UID', { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'own', uid: 'wrong' } }],
        ['for a pod that is not there', { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'none', uid: 'x' } }],
        [
          'for another node',
          { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'other', uid: '{other pod/metadata/uid}' } },
        ],
        [
          'for its pod',
          { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'own', uid: '{its pod/metadata/uid}' } },
        ],
        [
          'for its pod and a vault',
          {
            audiences: ['vault'],
            boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'own', uid: '{its pod/metadata/uid}' },
          },
        ],
        [
          'for two',
          {
            audiences: ['vault', 'x'],
            boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'vault', uid: '{its pod for a vault/metadata/uid}' },
          },
        ],
        [
          'for the vault',
          {
            audiences: ['vault'],
            boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'vault', uid: '{its pod for a vault/metadata/uid}' },
          },
        ],
        [
          'for no known driver',
          {
            audiences: ['vault'],
            boundObjectRef: {
              apiVersion: 'v1',
              kind: 'Pod',
              name: 'driven',
              uid: '{its pod with a driver/metadata/uid}',
            },
          },
        ],
      ] as const
    ).map(([name, spec]) => as(A, tokenRequest(`token ${name}`, spec, 'robot'))),
    as(A, post('own lease', `${LEASES}/kube-node-lease/leases`, lease('node-a'))),
    as(A, post('another lease', `${LEASES}/kube-node-lease/leases`, lease('node-b'))),
    as(A, post('a lease elsewhere', `${LEASES}/NS/leases`, lease('node-a'))),
    as(A, remove('another lease deleted', `${LEASES}/kube-node-lease/leases/node-b`)),
    as(A, post('own drivers', CSI_NODES, csiNode('node-a'))),
    as(A, post("another's drivers", CSI_NODES, csiNode('node-b'))),
    as(A, remove("another's drivers deleted", `${CSI_NODES}/node-b`)),
    as(A, post('own devices', SLICES, slice('a', 'node-a'))),
    as(A, post("another's devices", SLICES, slice('b', 'node-b'))),
    as(A, post("everybody's devices", SLICES, slice('c'))),
    post('claim', `${CORE}/persistentvolumeclaims`, claim()),
    as(A, patch('merge', 'claim labelled', `${CORE}/persistentvolumeclaims/c`, { metadata: { labels: { a: 'b' } } })),
    as(
      A,
      patch('merge', 'claim resized', `${CORE}/persistentvolumeclaims/c/status`, {
        status: { capacity: { storage: '1Gi' } },
      }),
    ),
    as(A, remove('claim deleted', `${CORE}/persistentvolumeclaims/c`)),
    as(A, post('a map', `${CORE}/configmaps`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' } })),
    get('the pod', `${PODS}/own`),
  ],
};

function lease(name: string): object {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name }, spec: { holderIdentity: name } };
}

function csiNode(name: string): object {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'CSINode', metadata: { name }, spec: { drivers: [] } };
}

function slice(name: string, nodeName?: string): object {
  return {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceSlice',
    metadata: { name },
    spec: {
      driver: 'gpu.example.com',
      pool: { name: 'p', generation: 1, resourceSliceCount: 1 },
      ...(nodeName ? { nodeName } : { allNodes: true }),
    },
  };
}

function claim(): object {
  const resources = { requests: { storage: '1Gi' } };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'c' },
    spec: { accessModes: ['ReadWriteOnce'], resources },
  };
}
