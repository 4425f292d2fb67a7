/** Requests that make nothing: ways to what stands behind a Service, and questions that admission judges too. */
import type { Sequence, Step } from '../by-hand/sequence.js';
import { CORE, get, PODS, patch, pod, post, SERVICES } from '../by-hand/steps.js';

const ENDPOINTS = `${CORE}/endpoints`;

const service = (name: string, ports: readonly object[]): Step =>
  post(`set up: service ${name}`, SERVICES, { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports } });
const endpoints = (name: string, subsets: readonly object[]): Step =>
  post(`set up: endpoints ${name}`, ENDPOINTS, { apiVersion: 'v1', kind: 'Endpoints', metadata: { name }, subsets });
const targeted = (ip: string, name: string, namespace = 'NS') => ({ ip, targetRef: { kind: 'Pod', name, namespace } });
const PORTS = [{ name: 'page', port: 80 }];

const PROXY_STEPS: readonly Step[] = [
  post('set up: pod', PODS, pod('web')),
  patch('merge', 'set up: address', `${PODS}/web/status`, {
    status: { podIP: '10.1.2.3', podIPs: [{ ip: '10.1.2.3' }] },
  }),
  service('web', PORTS),
  service('bare', PORTS),
  service('two', [
    { name: 'page', port: 80 },
    { name: 'other', port: 81 },
  ]),
  endpoints('web', []),
  endpoints('two', [{ addresses: [targeted('10.1.2.3', 'web')], ports: PORTS }]),
  endpoints('strange', [
    { addresses: [{ ip: '10.1.2.3' }], ports: PORTS },
    { addresses: [targeted('10.1.2.4', 'web')], ports: PORTS },
    { addresses: [targeted('10.1.2.3', 'gone')], ports: PORTS },
    { addresses: [targeted('10.1.2.3', 'web', 'elsewhere')], ports: PORTS },
    { notReadyAddresses: [targeted('10.1.2.3', 'web')], ports: PORTS },
  ]),
  ...[
    ...['none', 'none:80', 'none:page', 'bare', 'bare:80', 'bare:page', 'bare:81', 'web', 'web:80', 'web:page'],
    ...['two', 'two:81', 'two:other', 'two:82', 'https:two:other', ':two:other', 'ftp:two:other', ':', 'a:b:c:d'],
    ...['strange:page', 'strange:80', 'http:strange:page', 'two:+81', 'two:-81'],
  ].map((name) => get(`to ${name}`, `${SERVICES}/${name}/proxy/`)),
  get('to a pod of a strange scheme', `${PODS}/ftp:web:80/proxy/`),
  get('to a pod without a name', `${PODS}/:80/proxy/`),
  get('to a node of a strange scheme', '/api/v1/nodes/ftp:web:80/proxy/'),
  get('to a node that is not there', '/api/v1/nodes/:nobody:80/proxy/'),
];

const REVIEW_KINDS = [
  ...['subjectaccessreviews', 'selfsubjectaccessreviews', 'localsubjectaccessreviews', 'selfsubjectrulesreviews'],
  ...['tokenreviews', 'selfsubjectreviews'],
];

/** A webhook that is asked about every question, and is not there. */
const JUDGE: Step = post('set up: hook', '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations', {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'no-questions' },
  webhooks: [
    {
      name: 'no-questions.example.com',
      clientConfig: { url: 'https://127.0.0.1:1/' },
      rules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE'], resources: REVIEW_KINDS }],
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
    },
  ],
});

const ask = (does: string, group: string, kind: string, spec: object | undefined, metadata: object = {}): Step => {
  const namespace = kind.startsWith('Local') ? '/namespaces/NS' : '';
  return post(does, `/apis/${group}.k8s.io/v1${namespace}/${kind.toLowerCase()}s`, {
    apiVersion: `${group}.k8s.io/v1`,
    kind,
    metadata,
    ...(spec ? { spec } : {}),
  });
};
const RESOURCE = { resourceAttributes: { verb: 'get', resource: 'pods', namespace: 'NS' } };

const REVIEW_STEPS: readonly Step[] = [
  JUDGE,
  ask('what somebody may do', 'authorization', 'SubjectAccessReview', { user: 'jane', ...RESOURCE }),
  ask('what nobody may do', 'authorization', 'SubjectAccessReview', RESOURCE),
  ask('what somebody may do about nothing', 'authorization', 'SubjectAccessReview', { user: 'jane' }),
  ask('what I may do', 'authorization', 'SelfSubjectAccessReview', RESOURCE),
  ask('what I may do about nothing', 'authorization', 'SelfSubjectAccessReview', {}),
  ask('what I may do, with a name', 'authorization', 'SelfSubjectAccessReview', RESOURCE, { name: 'mine' }),
  ask('what somebody may do here', 'authorization', 'LocalSubjectAccessReview', { user: 'jane', ...RESOURCE }),
  ask('what somebody may do elsewhere', 'authorization', 'LocalSubjectAccessReview', {
    user: 'jane',
    resourceAttributes: { verb: 'get', resource: 'pods', namespace: 'elsewhere' },
  }),
  ask('my rules', 'authorization', 'SelfSubjectRulesReview', { namespace: 'NS' }),
  ask('my rules nowhere', 'authorization', 'SelfSubjectRulesReview', {}),
  ask('whose token', 'authentication', 'TokenReview', { token: 'one' }),
  ask('whose token without one', 'authentication', 'TokenReview', {}),
  ask('who I am', 'authentication', 'SelfSubjectReview', undefined),
];

const QUOTAS = `${CORE}/resourcequotas`;
const WIDGETS = '/apis/counted.example.com/v1/namespaces/NS/widgets';
const STRATEGIC = { 'content-type': 'application/strategic-merge-patch+json' };

/** A quota with what no controller is there to count. */
const quota = (name: string, hard: object, used: object): Step[] => [
  post(`set up: quota ${name}`, QUOTAS, {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name },
    spec: { hard },
  }),
  patch('merge', `set up: count of ${name}`, `${QUOTAS}/${name}/status`, { status: { hard, used } }),
];
const counted = (of: string): Step => get(`what is counted after ${of}`, `${QUOTAS}/${of.split(' ')[0]}`);
const widget = (does: string, name: string, query = ''): Step =>
  post(does, `${WIDGETS}${query}`, { apiVersion: 'counted.example.com/v1', kind: 'Widget', metadata: { name } });
const resize = (does: string, name: string, resources: object): Step => ({
  does,
  method: 'PATCH',
  path: `${PODS}/${name}/resize`,
  body: { spec: { containers: [{ name: 'main', resources }] } },
  headers: STRATEGIC,
});
const sized = (name: string, cpu: string): Step =>
  post(
    `a pod of ${cpu}, ${name}`,
    PODS,
    pod(name, { spec: { containers: [{ name: 'main', image: 'busybox', resources: { requests: { cpu } } }] } }),
  );

/** What a quota says of objects of custom kinds, and of pods that want more than they had. */
const QUOTA_STEPS: readonly Step[] = [
  post('set up: definition', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.counted.example.com' },
    spec: {
      group: 'counted.example.com',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  }),
  ...quota('widgets', { 'count/widgets.counted.example.com': '1' }, { 'count/widgets.counted.example.com': '0' }),
  ...quota('cpu', { 'requests.cpu': '1' }, { 'requests.cpu': '0' }),
  widget('a first widget, not kept', 'one', '?dryRun=All'),
  widget('a first widget', 'one'),
  counted('widgets once'),
  widget('a second widget', 'two'),
  widget('a second widget, not kept', 'two', '?dryRun=All'),
  sized('small', '400m'),
  sized('large', '700m'),
  resize('resized within the quota', 'small', { requests: { cpu: '900m' } }),
  counted('cpu once'),
  resize('resized beyond the quota', 'small', { requests: { cpu: '1100m' } }),
  resize('resized to less', 'small', { requests: { cpu: '100m' } }),
  counted('cpu twice'),
];

/** All of it. */
export const BEHIND_SEQUENCES: readonly Sequence[] = [
  { name: 'service-proxy', steps: PROXY_STEPS },
  { name: 'judged-reviews', steps: REVIEW_STEPS },
  { name: 'quota', steps: QUOTA_STEPS },
];
