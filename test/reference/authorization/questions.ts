import { createRandom, type Random } from '../../../src/sim/kernel/random.js';
import { headersOf, IMPERSONATORS, SUBJECTS, type Subject } from './subjects.js';

/** One request about rights. */
export interface Question {
  readonly id: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const SEED = '1936';
const COUNTS = { resources: 260, reviews: 130, paths: 40, nodes: 150, roles: 70, bindings: 60, impersonation: 60 };

/** Plural, group, whether in namespaces, a name that is there. */
const RESOURCES: readonly (readonly [plural: string, group: string, namespaced: boolean, name: string])[] = [
  ['pods', '', true, 'user'],
  ['pods/log', '', true, 'user'],
  ['pods/status', '', true, 'user'],
  ['services', '', true, 'none'],
  ['secrets', '', true, 'token'],
  ['configmaps', '', true, 'settings'],
  ['serviceaccounts', '', true, 'builder'],
  ['persistentvolumeclaims', '', true, 'data'],
  ['endpoints', '', true, 'none'],
  ['events', '', true, 'none'],
  ['resourcequotas', '', true, 'none'],
  ['namespaces', '', false, 'alpha'],
  ['namespaces/status', '', false, 'alpha'],
  ['nodes', '', false, 'n1'],
  ['persistentvolumes', '', false, 'disk'],
  ['deployments', 'apps', true, 'none'],
  ['deployments/scale', 'apps', true, 'none'],
  ['deployments/status', 'apps', true, 'none'],
  ['statefulsets/scale', 'apps', true, 'none'],
  ['controllerrevisions', 'apps', true, 'none'],
  ['jobs', 'batch', true, 'none'],
  ['cronjobs/status', 'batch', true, 'none'],
  ['ingresses', 'networking.k8s.io', true, 'none'],
  ['networkpolicies', 'networking.k8s.io', true, 'none'],
  ['poddisruptionbudgets', 'policy', true, 'none'],
  ['roles', 'rbac.authorization.k8s.io', true, 'reader'],
  ['rolebindings', 'rbac.authorization.k8s.io', true, 'readers'],
  ['clusterroles', 'rbac.authorization.k8s.io', false, 'view'],
  ['clusterrolebindings', 'rbac.authorization.k8s.io', false, 'roots'],
  ['storageclasses', 'storage.k8s.io', false, 'none'],
  ['leases', 'coordination.k8s.io', true, 'none'],
  ['endpointslices', 'discovery.k8s.io', true, 'none'],
  ['certificatesigningrequests', 'certificates.k8s.io', false, 'none'],
];
const VERSIONS: Readonly<Record<string, string>> = { '': 'v1' };
const NAMESPACES = ['alpha', 'beta', 'default', 'kube-system'];
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'get named'] as const;
const METHODS: Readonly<Record<string, string>> = {
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
};

/** All questions, the same ones every time. */
export function questions(): Question[] {
  const random = createRandom(SEED);
  const drawn = (name: keyof typeof COUNTS, make: (random: Random) => Omit<Question, 'id'>) => {
    const own = random.fork(name);
    return Array.from({ length: COUNTS[name] }, (_, index) => ({ id: `${name} ${index}`, ...make(own) }));
  };
  return [
    ...drawn('resources', resourceQuestion),
    ...drawn('reviews', reviewQuestion),
    ...drawn('paths', pathQuestion),
    ...drawn('nodes', nodeQuestion),
    ...drawn('roles', roleQuestion),
    ...drawn('bindings', bindingQuestion),
    ...drawn('impersonation', impersonationQuestion),
    ...SUBJECTS.flatMap(rulesQuestions),
  ];
}

function place(group: string, namespace: string): string {
  const base = group === '' ? '/api/v1' : `/apis/${group}/${VERSIONS[group] ?? 'v1'}`;
  return namespace === '' ? base : `${base}/namespaces/${namespace}`;
}

function resourceQuestion(random: Random): Omit<Question, 'id'> {
  const subject = random.pick(SUBJECTS);
  const [full, group, namespaced, there] = random.pick(RESOURCES);
  const namespace = namespaced ? (random.below(6) === 0 ? '' : random.pick(NAMESPACES)) : '';
  const name = random.below(4) === 0 ? 'missing' : there;
  return { ...asked(random.pick(VERBS), full, place(group, namespace), name), headers: headersOf(subject) };
}

/** A request for a verb; what writes only tries. */
function asked(
  verb: (typeof VERBS)[number],
  full: string,
  base: string,
  name: string,
): Omit<Question, 'id' | 'headers'> {
  const [plural, subresource] = full.split('/');
  const method = METHODS[verb] ?? 'GET';
  const collection = `${base}/${plural}`;
  const one = `${collection}/${name}${subresource ? `/${subresource}` : ''}`;
  if (verb === 'get') return { method, target: one };
  if (verb === 'list') return { method, target: `${collection}?limit=1` };
  if (verb === 'watch') return { method, target: `${collection}?watch=1&resourceVersion=x` };
  if (verb === 'get named') return { method, target: `${collection}?fieldSelector=metadata.name%3D${name}&limit=1` };
  if (verb === 'create') return { method, target: `${collection}?dryRun=All`, body: { metadata: {}, wrong: true } };
  if (verb === 'deletecollection') return { method, target: `${collection}?dryRun=All&labelSelector=no%3Dsuch` };
  if (verb === 'delete') return { method, target: `${one}?dryRun=All` };
  return { method, target: `${one}?dryRun=All`, body: {} };
}

const REVIEWED_VERBS = ['get', 'list', 'create', 'delete', '*', 'impersonate', 'escalate', 'bind', 'use', 'proxy'];
const REVIEWED_NAMES = ['', 'settings', 'token', 'builder', 'other', 'n1', '*'];

function reviewQuestion(random: Random): Omit<Question, 'id'> {
  const { name: user, groups } = random.pick(SUBJECTS);
  const [full, group, namespaced] = random.pick(RESOURCES);
  const [resource, subresource] = full.split('/');
  const attributes = {
    verb: random.pick(REVIEWED_VERBS),
    group: random.below(8) === 0 ? '*' : group,
    resource: random.below(10) === 0 ? '*' : resource,
    ...(subresource ? { subresource } : {}),
    ...(namespaced && random.below(4) > 0 ? { namespace: random.pick(NAMESPACES) } : {}),
    name: random.pick(REVIEWED_NAMES),
  };
  const path = { verb: random.pick(['get', 'head', 'post', '*']), path: random.pick(PATHS) };
  const what = random.below(6) === 0 ? { nonResourceAttributes: path } : { resourceAttributes: attributes };
  return {
    method: 'POST',
    target: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    headers: headersOf({ name: 'root', groups: ['admins'] }),
    body: { spec: { user, groups: [...groups, 'system:authenticated'], ...what } },
  };
}

const PATHS = [
  '/metrics',
  '/logs/kubelet.log',
  '/logs',
  '/healthz',
  '/healthz/etcd',
  '/version',
  '/version/',
  '/api',
  '/apis/apps',
  '/nothing',
  '/',
  '/openapi/v2x',
  '/livez/ping',
  '/debug/pprof/',
];
const METHODS_OF_PATHS = ['GET', 'POST', 'HEAD', 'DELETE', 'PUT'];

function pathQuestion(random: Random): Omit<Question, 'id'> {
  const method = random.pick(METHODS_OF_PATHS);
  return {
    method: method === 'HEAD' ? 'GET' : method,
    target: random.pick(PATHS),
    headers: headersOf(random.pick(SUBJECTS)),
  };
}

const NODE_TARGETS: readonly string[] = [
  ...['token', 'mounted', 'env-secret', 'registry', 'projected', 'pv-secret', 'free', 'missing'].map(
    (name) => `secrets/${name}`,
  ),
  ...['settings', 'mounted', 'env-map', 'projected', 'free'].map((name) => `configmaps/${name}`),
  ...['data', 'loose', 'user-e', 'data/status'].map((name) => `persistentvolumeclaims/${name}`),
  ...['user', 'elsewhere', 'pending', 'user/status', 'user/eviction', 'user/log'].map((name) => `pods/${name}`),
  'serviceaccounts/builder',
  'serviceaccounts/default',
  'serviceaccounts/builder/token',
  'serviceaccounts/default/token',
  'services/none',
  'endpoints/none',
].map((path) => `/api/v1/namespaces/alpha/${path}`);
const CLUSTER_TARGETS: readonly string[] = [
  ...['n1', 'n2', 'n1/status', 'n2/status', 'n1/proxy'].map((name) => `/api/v1/nodes/${name}`),
  '/api/v1/persistentvolumes/disk',
  '/apis/storage.k8s.io/v1/volumeattachments/attached',
  '/apis/storage.k8s.io/v1/csinodes/n1',
  '/apis/storage.k8s.io/v1/csinodes/n2',
  '/apis/storage.k8s.io/v1/csidrivers/none',
  '/apis/resource.k8s.io/v1/resourceslices/slice',
  '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n1',
  '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n2',
  '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/n1',
  '/apis/certificates.k8s.io/v1/certificatesigningrequests/none',
  '/apis/node.k8s.io/v1/runtimeclasses/none',
  '/apis/resource.k8s.io/v1/namespaces/alpha/resourceclaims/none',
];
const SELECTIONS = [
  '',
  '?fieldSelector=spec.nodeName%3Dn1',
  '?fieldSelector=spec.nodeName%3Dn2',
  '?fieldSelector=metadata.name%3Dmounted',
  '?fieldSelector=metadata.name%3Dn1',
  '?watch=1&resourceVersion=x&fieldSelector=metadata.name%3Dmounted',
];
const NODE_COLLECTIONS = ['pods', 'secrets', 'configmaps', 'services'].map((one) => `/api/v1/namespaces/alpha/${one}`);
const CLUSTER_COLLECTIONS = [
  '/api/v1/pods',
  '/api/v1/nodes',
  '/api/v1/secrets',
  '/apis/resource.k8s.io/v1/resourceslices',
  '/apis/storage.k8s.io/v1/csinodes',
];

/** What nodes ask for, of their own and of others. */
function nodeQuestion(random: Random): Omit<Question, 'id'> {
  const nodes = SUBJECTS.filter(({ name }) => name.startsWith('system:node:'));
  const headers = headersOf(random.pick([...nodes, nodes[0] as Subject]));
  if (random.below(4) === 0) {
    const collection = random.pick([...NODE_COLLECTIONS, ...CLUSTER_COLLECTIONS]);
    return { method: 'GET', target: collection + random.pick(SELECTIONS), headers };
  }
  const target = random.pick([...NODE_TARGETS, ...NODE_TARGETS, ...CLUSTER_TARGETS]);
  const method = random.pick(['GET', 'GET', 'GET', 'PUT', 'PATCH', 'POST', 'DELETE']);
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
  return { method, target: method === 'GET' ? target : `${target}?dryRun=All`, headers, ...body };
}

const GRANTERS = ['granter', 'binder', 'anna', 'root', 'granter'];
const RBAC = 'rbac.authorization.k8s.io';

function granter(random: Random): Subject {
  const name = random.pick(GRANTERS);
  return SUBJECTS.find((subject) => subject.name === name) as Subject;
}

function some<T>(random: Random, items: readonly T[], most: number): T[] {
  const count = 1 + random.below(most);
  return Array.from({ length: count }, () => random.pick(items));
}

function randomRule(random: Random, namespaced: boolean): object {
  if (!namespaced && random.below(5) === 0) {
    return {
      verbs: some(random, ['get', 'post', '*'], 2),
      nonResourceURLs: some(random, ['/metrics', '/logs/a', '/logs/*', '/x'], 2),
    };
  }
  return {
    verbs: some(random, ['get', 'list', 'watch', 'create', '*'], 3),
    apiGroups: some(random, ['', 'apps', '*'], 2),
    resources: some(random, ['pods', 'deployments', 'configmaps', 'secrets', 'pods/log', '*', '*/scale'], 3),
    ...(random.below(3) === 0 ? { resourceNames: some(random, ['token', 'other', 'x'], 2) } : {}),
  };
}

function roleQuestion(random: Random): Omit<Question, 'id'> {
  const namespaced = random.below(2) === 0;
  const namespace = random.pick(['alpha', 'beta']);
  const collection = namespaced ? `${place(RBAC, namespace)}/roles` : `${place(RBAC, '')}/clusterroles`;
  const rules = Array.from({ length: 1 + random.below(2) }, () => randomRule(random, namespaced));
  const aggregates = !namespaced && random.below(5) === 0;
  const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] };
  const update = random.below(4) === 0;
  const name = update ? (namespaced ? 'reader' : 'urls') : 'made';
  const body = {
    apiVersion: `${RBAC}/v1`,
    kind: namespaced ? 'Role' : 'ClusterRole',
    metadata: { name },
    rules,
    ...(aggregates ? { aggregationRule } : {}),
  };
  const headers = headersOf(granter(random));
  const target = `${collection}${update ? `/${name}` : ''}?dryRun=All`;
  return { method: update ? 'PUT' : 'POST', target, headers, body };
}

const BOUND_ROLES = ['view', 'edit', 'urls', 'granter', 'gone', 'reader', 'named', 'cluster-admin'];

function bindingQuestion(random: Random): Omit<Question, 'id'> {
  const namespaced = random.below(3) > 0;
  const namespace = random.pick(['alpha', 'beta']);
  const kind = namespaced && random.below(2) === 0 ? 'Role' : 'ClusterRole';
  const collection = namespaced ? `${place(RBAC, namespace)}/rolebindings` : `${place(RBAC, '')}/clusterrolebindings`;
  const body = {
    apiVersion: `${RBAC}/v1`,
    kind: namespaced ? 'RoleBinding' : 'ClusterRoleBinding',
    metadata: { name: 'made' },
    roleRef: { apiGroup: RBAC, kind, name: random.pick(BOUND_ROLES) },
    subjects: [{ kind: 'User', apiGroup: RBAC, name: 'friend' }],
  };
  return { method: 'POST', target: `${collection}?dryRun=All`, headers: headersOf(granter(random)), body };
}

const WANTED_USERS = [
  'jane',
  'nina',
  'vic',
  'root',
  'system:serviceaccount:alpha:builder',
  'system:serviceaccount:beta:x',
  'system:node:n1',
  'system:node:n9',
  'system:anonymous',
  '',
];
const WANTED_GROUPS: readonly (readonly string[])[] = [
  [],
  [],
  [],
  ['developers'],
  ['developers', 'readers'],
  ['system:masters'],
  ['a', 'b', 'c', 'd'],
  ['system:authenticated'],
];
const WANTED_EXTRAS: readonly Record<string, string>[] = [
  {},
  {},
  {},
  { 'impersonate-extra-scopes': 'view' },
  { 'impersonate-extra-scopes': 'view\nedit' },
  { 'impersonate-extra-example.com%2fscopes': 'view' },
];
const IMPERSONATED_TARGETS = [
  '/api/v1/namespaces/alpha/pods?limit=1',
  '/api/v1/namespaces/alpha/serviceaccounts?limit=1',
  '/api/v1/nodes/n1',
  '/version',
  '/api/v1/namespaces/alpha/pods/user',
];

function impersonationQuestion(random: Random): Omit<Question, 'id'> {
  const user = random.pick(WANTED_USERS);
  const groups = random.pick(WANTED_GROUPS);
  const uid = random.below(5) === 0 ? random.pick(['u-1', 'u-2']) : '';
  const headers = {
    ...headersOf(random.pick(IMPERSONATORS)),
    ...(user === '' ? {} : { 'impersonate-user': user }),
    ...(groups.length > 0 ? { 'impersonate-group': groups.join('\n') } : {}),
    ...(uid === '' ? {} : { 'impersonate-uid': uid }),
    ...random.pick(WANTED_EXTRAS),
  };
  return { method: 'GET', target: random.pick(IMPERSONATED_TARGETS), headers };
}

/** What each may do in a namespace, and who he is. */
function rulesQuestions(subject: Subject, index: number): Question[] {
  const headers = headersOf(subject);
  const asks = (id: string, group: string, resource: string, body: object): Question => ({
    id: `${id} of ${index} ${subject.name}`,
    method: 'POST',
    target: `/apis/${group}/v1/${resource}`,
    headers,
    body,
  });
  return [
    asks('rules', 'authorization.k8s.io', 'selfsubjectrulesreviews', { spec: { namespace: 'alpha' } }),
    asks('self', 'authentication.k8s.io', 'selfsubjectreviews', {}),
  ];
}
