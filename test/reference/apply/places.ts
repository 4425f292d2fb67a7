import type { Target } from './step.js';

/** A field as somebody may apply it, in a kind that has it. */
export interface ApplyPlace {
  readonly name: string;
  readonly target: Target;
  /** What the object needs so that it can be. */
  readonly base: object;
  /** An object with nothing but the field. */
  readonly with: (value: unknown) => object;
  readonly first: unknown;
  /** Differs from the first in at least one thing. */
  readonly second: unknown;
  readonly empty: unknown;
  readonly wrong: unknown;
}

export const DEPLOYMENT: Target = { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' };
export const CONFIG_MAP: Target = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' };
export const SERVICE: Target = { apiVersion: 'v1', kind: 'Service', plural: 'services' };
export const POD: Target = { apiVersion: 'v1', kind: 'Pod', plural: 'pods' };
const SERVICE_ACCOUNT: Target = { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts' };
const SECRET: Target = { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' };
const ROLE: Target = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', plural: 'roles' };

export const WEB = {
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] },
    },
  },
};
export const PORT_80 = { spec: { ports: [{ port: 80, name: 'http' }] } };

function inPod(
  name: string,
  field: string,
  values: Pick<ApplyPlace, 'first' | 'second' | 'empty' | 'wrong'>,
): ApplyPlace {
  const set = (value: unknown) => ({ spec: { template: { spec: { [field]: value } } } });
  return { name, target: DEPLOYMENT, base: WEB, with: set, ...values };
}

function inContainer(
  name: string,
  field: string,
  values: Pick<ApplyPlace, 'first' | 'second' | 'empty' | 'wrong'>,
): ApplyPlace {
  const set = (value: unknown) => ({ spec: { template: { spec: { containers: [{ name: 'web', [field]: value }] } } } });
  return { name, target: DEPLOYMENT, base: WEB, with: set, ...values };
}

/** Each way in which fields are looked into: scalars, granular and atomic maps and structs, sets, lists by one key and by more. */
export const PLACES: readonly ApplyPlace[] = [
  {
    name: 'a number',
    target: DEPLOYMENT,
    base: WEB,
    with: (replicas) => ({ spec: { replicas } }),
    first: 2,
    second: 3,
    empty: 0,
    wrong: 'two',
  },
  {
    name: 'labels',
    target: CONFIG_MAP,
    base: { data: { here: 'yes' } },
    with: (labels) => ({ metadata: { labels } }),
    first: { tier: 'front', zone: 'a' },
    second: { tier: 'back', team: 'x' },
    empty: {},
    wrong: 'text',
  },
  {
    name: 'data',
    target: CONFIG_MAP,
    base: { metadata: { labels: { here: 'yes' } } },
    with: (data) => ({ data }),
    first: { colour: 'red' },
    second: { colour: 'blue', 'size.max': '7' },
    empty: {},
    wrong: ['a'],
  },
  {
    name: 'a flag',
    target: CONFIG_MAP,
    base: {},
    with: (immutable) => ({ immutable }),
    first: false,
    second: true,
    empty: false,
    wrong: 'yes',
  },
  {
    name: 'finalizers, a set',
    target: CONFIG_MAP,
    base: {},
    with: (finalizers) => ({ metadata: { finalizers } }),
    first: ['example.com/a', 'example.com/b'],
    second: ['example.com/c', 'example.com/a'],
    empty: [],
    wrong: [{ name: 'a' }],
  },
  {
    name: 'owners',
    target: CONFIG_MAP,
    base: {},
    with: (ownerReferences) => ({ metadata: { ownerReferences } }),
    first: [{ apiVersion: 'v1', kind: 'Pod', name: 'a', uid: '1' }],
    second: [
      { apiVersion: 'v1', kind: 'Pod', name: 'b', uid: '2' },
      { apiVersion: 'v1', kind: 'Pod', name: 'c', uid: '1' },
    ],
    empty: [],
    wrong: [{ name: 'a' }],
  },
  inPod('containers', 'containers', {
    first: [{ name: 'side', image: 'busybox' }],
    second: [
      { name: 'extra', image: 'alpine' },
      { name: 'side', image: 'busybox:1' },
    ],
    empty: [],
    wrong: { name: 'side' },
  }),
  inPod('a node selector, atomic', 'nodeSelector', {
    first: { disk: 'ssd' },
    second: { zone: 'a' },
    empty: {},
    wrong: 7,
  }),
  inPod('tolerations, atomic', 'tolerations', {
    first: [{ key: 'a', operator: 'Exists' }],
    second: [{ key: 'b', operator: 'Exists' }, { operator: 'Exists' }],
    empty: [],
    wrong: 'all',
  }),
  inPod('a security context', 'securityContext', {
    first: { runAsUser: 1 },
    second: { runAsUser: 2, fsGroup: 3 },
    empty: {},
    wrong: { runAsUser: 'root' },
  }),
  inPod('spreading, by two keys', 'topologySpreadConstraints', {
    first: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
    second: [
      { maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
      { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' },
    ],
    empty: [],
    wrong: [{ maxSkew: 1 }],
  }),
  inPod('volumes', 'volumes', {
    first: [{ name: 'data', emptyDir: {} }],
    second: [
      { name: 'data', emptyDir: { medium: 'Memory' } },
      { name: 'conf', configMap: { name: 'c', items: [{ key: 'a', path: 'b' }] } },
    ],
    empty: [],
    wrong: [{ name: 'data', emptyDirectory: {} }],
  }),
  inContainer('variables', 'env', {
    first: [{ name: 'A', value: '1' }],
    second: [
      { name: 'B', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
      { name: 'A', value: '2' },
    ],
    empty: [],
    wrong: [{ name: 'A', value: 1 }],
  }),
  inContainer('ports, with a key left out', 'ports', {
    first: [{ containerPort: 80 }],
    second: [
      { containerPort: 80, name: 'http' },
      { containerPort: 80, protocol: 'UDP' },
    ],
    empty: [],
    wrong: [{ containerPort: 'http' }],
  }),
  inContainer('arguments, atomic', 'args', { first: ['a'], second: ['b', 'c'], empty: [], wrong: [1] }),
  inContainer('quantities', 'resources', {
    first: { limits: { cpu: '0.5' } },
    second: { limits: { cpu: '200m', memory: '1Gi' }, requests: { cpu: 0.1 } },
    empty: {},
    wrong: { limits: { cpu: {} } },
  }),
  inContainer('a probe', 'livenessProbe', {
    first: { httpGet: { port: 80, path: '/' } },
    second: { httpGet: { port: 'http', path: '/up' }, periodSeconds: 5 },
    empty: {},
    wrong: { httpGet: [] },
  }),
  {
    name: 'a number or percentage',
    target: DEPLOYMENT,
    base: WEB,
    with: (maxSurge) => ({ spec: { strategy: { rollingUpdate: { maxSurge } } } }),
    first: 1,
    second: '30%',
    empty: 0,
    wrong: {},
  },
  {
    name: 'ports of a service, by port and protocol',
    target: SERVICE,
    base: PORT_80,
    with: (ports) => ({ spec: { ports } }),
    first: [{ port: 443, name: 'https' }],
    second: [
      { port: 443, name: 'tls', targetPort: 8443 },
      { port: 443, protocol: 'UDP', name: 'quic' },
    ],
    empty: [],
    wrong: [{ port: 'https' }],
  },
  {
    name: 'a selector of a service, atomic',
    target: SERVICE,
    base: PORT_80,
    with: (selector) => ({ spec: { selector } }),
    first: { app: 'web' },
    second: { app: 'web', tier: 'front' },
    empty: {},
    wrong: [],
  },
  {
    name: 'bytes',
    target: SECRET,
    base: {},
    with: (data) => ({ data }),
    first: { a: 'YQ==' },
    second: { a: 'Yg==', b: 'Yg==' },
    empty: {},
    wrong: { a: 1 },
  },
  {
    name: 'references to secrets',
    target: SERVICE_ACCOUNT,
    base: {},
    with: (imagePullSecrets) => ({ imagePullSecrets }),
    first: [{ name: 'a' }],
    second: [{ name: 'b' }, { name: 'a' }],
    empty: [],
    wrong: ['a'],
  },
  {
    name: 'rules, atomic',
    target: ROLE,
    base: {},
    with: (rules) => ({ rules }),
    first: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    second: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }],
    empty: [],
    wrong: {},
  },
];
