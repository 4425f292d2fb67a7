/** Requests whose lines in the audit log are compared. */
import type { Sequence, Step } from '../by-hand/sequence.js';
import {
  CONFIG_MAPS,
  configMap,
  DEPLOYMENTS,
  deployment,
  get,
  PODS,
  patch,
  pod,
  post,
  put,
  raw,
  remove,
} from '../by-hand/steps.js';

/** The policy; the first rule that fits decides. */
export const POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
omitManagedFields: true
rules:
- level: None
  users: [quiet]
- level: None
  nonResourceURLs: ["/healthz*", "/version"]
- level: Metadata
  nonResourceURLs: ["/api*"]
  omitStages: [RequestReceived]
- level: Request
  nonResourceURLs: ["*"]
- level: Metadata
  userGroups: [watchers]
  omitStages: [ResponseComplete]
- level: Metadata
  resources:
  - {group: "", resources: [secrets]}
  - {group: authorization.k8s.io}
- level: Request
  verbs: [create, patch, delete, deletecollection]
  resources: [{group: "", resources: [configmaps]}]
  omitManagedFields: false
- level: None
  resources: [{group: "", resources: [configmaps], resourceNames: [silent]}]
- level: RequestResponse
  namespaces: [by-hand-audit]
- level: RequestResponse
  resources: [{group: "", resources: [namespaces, "nodes/*", "*/status"]}]
  omitStages: [RequestReceived]
- level: Metadata
  resources: [{group: "", resources: ["*"]}]
`;

const SECRETS = '/api/v1/namespaces/NS/secrets';
const AGENT = { 'user-agent': 'reference/v1 (linux/amd64)' };
const as = (user: string, more: Record<string, string> = {}) => ({ 'impersonate-user': user, ...more });
const secret = (name: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData: { a: 'b' } });
const asked = (does: string, method: string, path: string, headers: Record<string, string>): Step => ({
  does,
  method,
  path,
  headers,
});
const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
const PARTIAL = { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' };
const APPLY = 'application/apply-patch+yaml';

/** All of them, one after another. */
export const AUDITED: Sequence = {
  name: 'audit',
  steps: [
    get('health', '/healthz/ping'),
    get('version', '/version'),
    get('readiness', '/readyz?verbose=1&exclude=a'),
    get('discovery', '/apis/apps'),
    get('discovery that is not there', '/apis/nonsense'),
    get('a path of nobody', '/nonsense?x=<y>&z=1'),
    get('resource of nobody', '/apis/nonsense.io/v1/things'),
    post('make a pod', PODS, pod('one')),
    post('make it again', PODS, pod('one')),
    post('make a bad pod', PODS, pod('Bad_Name')),
    post('try a pod', `${PODS}?dryRun=All&fieldManager=me`, pod('tried')),
    post(
      'pod with a drawn name',
      PODS,
      { ...(pod('x') as object), metadata: { generateName: 'drawn-' } },
      { headers: AGENT },
    ),
    get('read it', `${PODS}/one`),
    get('read it as a table', `${PODS}/one`, TABLE),
    get('read its metadata', `${PODS}/one`, PARTIAL),
    get('read one that is not there', `${PODS}/nobody`),
    get('list', `${PODS}?limit=1`),
    get('list by label', `${PODS}?labelSelector=${encodeURIComponent('a=b')}`),
    get('list all', '/api/v1/pods?limit=2'),
    put('put it', `${PODS}/one`, pod('one', { metadata: { labels: { a: 'b' } } })),
    patch('merge', 'patch it', `${PODS}/one`, { metadata: { annotations: { a: '<b>' } } }),
    patch('json', 'patch it by pointers', `${PODS}/one`, [{ op: 'add', path: '/metadata/annotations/c', value: 'd' }]),
    raw(
      'apply it',
      'PATCH',
      `${PODS}/one?fieldManager=me`,
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: one\n  labels: {c: d}\n',
      APPLY,
    ),
    patch('merge', 'patch what is not there', `${PODS}/nobody`, { metadata: { labels: { a: 'b' } } }),
    patch('merge', 'patch its status', `${PODS}/one/status`, { status: { phase: 'Running' } }),
    raw('broken JSON', 'POST', PODS, '{"a":'),
    raw('another kind', 'POST', PODS, '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"}}'),
    raw('broken patch', 'PATCH', `${PODS}/one`, '{"a":', 'application/merge-patch+json'),
    raw('as text', 'POST', PODS, 'hello', 'text/plain'),
    get('not acceptable', `${PODS}/one`, { accept: 'text/nonsense' }),
    post('bind it', `${PODS}/one/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'one' },
      target: { kind: 'Node', name: 'nowhere' },
    }),
    post('evict it', `${PODS}/one/eviction?dryRun=All`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'one' },
    }),
    get('watch', `${PODS}?watch=true&timeoutSeconds=1`),
    get('watch by a wrong version', `${PODS}?watch=true&resourceVersion=abc&timeoutSeconds=1`),
    get('method that is not there', `${PODS}/one/nonsense`),
    { does: 'method not allowed', method: 'POST', path: `${PODS}/one`, body: pod('one') },
    post('make a Deployment', DEPLOYMENTS, deployment('web')),
    get('its scale', `${DEPLOYMENTS}/web/scale`),
    patch('merge', 'scale it', `${DEPLOYMENTS}/web/scale`, { spec: { replicas: 3 } }),
    put('put its status', `${DEPLOYMENTS}/web/status`, deployment('web')),
    remove('delete it', `${DEPLOYMENTS}/web`, { propagationPolicy: 'Background' }),
    remove('delete it once more', `${DEPLOYMENTS}/web?dryRun=All`),
    post('make a ConfigMap', CONFIG_MAPS, configMap('a', { data: { x: '1' } })),
    put('put it without a log of objects', `${CONFIG_MAPS}/a`, configMap('a', { data: { x: '2' } })),
    patch('merge', 'patch the ConfigMap', `${CONFIG_MAPS}/a`, { data: { x: '3' } }),
    get('a silent ConfigMap', `${CONFIG_MAPS}/silent`),
    get('a ConfigMap', `${CONFIG_MAPS}/a`),
    remove('delete with options', `${CONFIG_MAPS}/a`, { gracePeriodSeconds: 0, preconditions: { uid: 'wrong' } }),
    remove('delete without', `${CONFIG_MAPS}/a`),
    remove('delete the collection', `${CONFIG_MAPS}?labelSelector=a%3Db`),
    post('make a Secret', SECRETS, secret('s')),
    get('read the Secret', `${SECRETS}/s`),
    get('list Secrets', SECRETS),
    remove('delete the Secret', `${SECRETS}/s`),
    asked('somebody who may nothing', 'GET', PODS, as('nobody')),
    asked('nobody may make', 'DELETE', `${PODS}/one`, as('nobody')),
    asked('nobody at a path', 'GET', '/metrics', as('nobody')),
    asked('somebody quiet', 'GET', PODS, as('quiet')),
    asked('a watcher', 'GET', PODS, as('w', { 'impersonate-group': 'watchers' })),
    asked('a friend with words', 'GET', `${PODS}/one`, {
      ...as('friend', { 'impersonate-group': 'system:masters', 'impersonate-uid': 'u-1' }),
      'impersonate-extra-scopes': 'view',
    }),
    asked('a group without a user', 'GET', PODS, { 'impersonate-group': 'x' }),
    asked('a wrong token', 'GET', PODS, { authorization: 'Bearer wrong' }),
    asked('anonymous', 'GET', PODS, { authorization: '' }),
    asked('anonymous at a path', 'GET', '/livez', { authorization: '' }),
    asked('through a proxy', 'GET', `${PODS}/one`, {
      'x-forwarded-for': '203.0.113.7, 10.1.1.1',
      'x-real-ip': '203.0.113.9',
    }),
    asked('a long agent', 'GET', `${PODS}/one`, { 'user-agent': 'x'.repeat(1100) }),
    post('review', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb: 'get', resource: 'pods' } },
    }),
    get('an old kind', '/api/v1/componentstatuses/nonsense'),
    get('an old kind in a namespace', '/api/v1/namespaces/NS/endpoints'),
    post('make a namespace', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'NS-b' } }),
    get('read the namespace', '/api/v1/namespaces/NS-b'),
    put('finalize', '/api/v1/namespaces/NS-b/finalize', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'NS-b' },
      spec: { finalizers: ['kubernetes'] },
    }),
    remove('delete the pod', `${PODS}/one?gracePeriodSeconds=0`),
    remove('delete all pods', `${PODS}?gracePeriodSeconds=0`),
  ],
};
