/** Pods that are made and changed while somebody judges their images. */
import type { ReferenceRequest } from '../requests.js';

/** Where the judge listens, and where nobody does. */
export const PORTS = { judge: 26482, nobody: 26483 };
/** Where the files of a scene lie. */
export const FOLDER = '/etc/kubernetes/images';

/** A server with its settings, and what is asked of it in order. */
export interface Scene {
  readonly name: string;
  readonly settings: string;
  readonly server: string;
  readonly steps: readonly ReferenceRequest[];
}

/** How images are judged: by what they are called. */
export const RULES: readonly object[] = [
  {
    match: { annotations: { 'shop.image-policy.k8s.io/break-glass': 'yes' } },
    auditAnnotations: { 'break-glass': 'yes' },
  },
  {
    match: { images: ['bad/*'], namespaces: ['images', 'strict'] },
    deny: { message: 'not from there' },
    auditAnnotations: { denied: 'yes', 'not a key!': 'x', 'audit-required': 'true' },
  },
  { match: { images: ['silent/*'] }, deny: {} },
  { match: { images: ['audited/*'] }, auditAnnotations: { seen: 'yes', 'a.b/c': 'd' } },
  { match: { images: ['slow/*'] }, delay: '31s' },
  ...['empty', 'no-response', 'not-json', 'wrong-version'].map((broken) => ({
    match: { images: [`${broken}/*`] },
    broken,
  })),
  ...[400, 401, 403, 404, 429, 500, 503, 504].map((status) => ({
    match: { images: [`status-${status}/*`] },
    status,
    body: `words of ${status}`,
  })),
  ...Object.entries({
    bare: '{"status": {"allowed": true}}',
    yaml: 'kind: ImageReview\napiVersion: imagepolicy.k8s.io/v1alpha1\nstatus: {allowed: true}\n',
    list: '[]',
    null: 'null',
    object: '{}',
    typed: '{"kind": "ImageReview", "apiVersion": "imagepolicy.k8s.io/v1alpha1", "status": {"allowed": "yes"}}',
    reason: '{"status": {"allowed": true, "reason": "why not", "more": 1}}',
    failure: '{"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": "out of order", "code": 500}',
    success: '{"kind": "Status", "apiVersion": "v1", "status": "Success"}',
    pod: '{"kind": "Pod", "apiVersion": "v1"}',
    other: '{"kind": "TokenReview", "apiVersion": "imagepolicy.k8s.io/v1alpha1"}',
  }).map(([name, body]) => ({ match: { images: [`says-${name}/*`] }, status: 200, body })),
  {
    match: { images: ['status-object/*'] },
    status: 500,
    body: '{"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "InternalError", "message": "no way", "code": 500}',
  },
];

type Body = Record<string, unknown>;

function request(
  title: string,
  method: string,
  target: string,
  body?: object,
  type = 'application/json',
): ReferenceRequest {
  return {
    id: title,
    kind: 'images',
    method,
    target,
    headers: body ? { 'content-type': type } : {},
    ...(body ? { body: body as Body } : {}),
  };
}

interface PodParts {
  readonly metadata?: object;
  readonly spec?: object;
  readonly namespace?: string;
  readonly query?: string;
}

let made = 0;

function pod(
  title: string,
  image: string,
  { metadata = {}, spec = {}, namespace = 'images', query = '' }: PodParts = {},
) {
  made += 1;
  return request(title, 'POST', `/api/v1/namespaces/${namespace}/pods${query}`, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${made}`, ...metadata },
    spec: { containers: [{ name: 'main', image }], ...spec },
  });
}

const MERGE = 'application/strategic-merge-patch+json';
const PLACE = '/api/v1/namespaces/images/pods/changed';

/** What may be said of images, and about what it is asked. */
const JUDGED: readonly ReferenceRequest[] = [
  pod('good', 'good/one'),
  pod('good again, as another pod', 'good/one'),
  pod('good in another namespace', 'good/one', { namespace: 'others' }),
  pod('bad', 'bad/one'),
  pod('bad again', 'bad/one'),
  pod('bad where it is not', 'bad/one', { namespace: 'others' }),
  pod('bad without a word', 'silent/one'),
  pod('containers and those before', 'good/main', {
    spec: {
      initContainers: [{ name: 'first', image: 'good/first' }],
      containers: [
        { name: 'main', image: 'good/main' },
        { name: 'side', image: 'good/side' },
      ],
    },
  }),
  pod('bad before', 'good/main', { spec: { initContainers: [{ name: 'first', image: 'bad/first' }] } }),
  pod('annotated', 'good/two', {
    metadata: {
      annotations: {
        'z.image-policy.k8s.io/z': '1',
        'a.image-policy.k8s.io/a': '2',
        'image-policy.k8s.io/b': '3',
        other: '4',
      },
    },
  }),
  pod('bad with a reason', 'bad/two', { metadata: { annotations: { 'shop.image-policy.k8s.io/break-glass': 'yes' } } }),
  pod('audited', 'audited/one'),
  pod('of a drawn name', 'bad/drawn', { metadata: { name: '', generateName: 'drawn-' } }),
  pod('a dry run', 'good/dry', { query: '?dryRun=All' }),
  pod('bad and invalid', 'bad/three', { spec: { restartPolicy: 'Sometimes' } }),
  pod('bad and against the level', 'bad/four', { namespace: 'strict', spec: { hostNetwork: true } }),
  pod('good and against the level', 'good/four', { namespace: 'strict', spec: { hostNetwork: true } }),
  request('a replica set of a bad one', 'POST', '/apis/apps/v1/namespaces/images/replicasets', {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'set' },
    spec: {
      selector: { matchLabels: { app: 'a' } },
      template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'main', image: 'bad/set' }] } },
    },
  }),
  pod('to be changed', 'good/changed', { metadata: { name: 'changed' } }),
  request('another label', 'PATCH', PLACE, { metadata: { labels: { a: 'b' } } }, MERGE),
  request('another image', 'PATCH', PLACE, { spec: { containers: [{ name: 'main', image: 'good/other' }] } }, MERGE),
  request('a bad image', 'PATCH', PLACE, { spec: { containers: [{ name: 'main', image: 'bad/other' }] } }, MERGE),
  request('its state', 'PATCH', `${PLACE}/status`, { status: { message: 'well' } }, MERGE),
  request('bound', 'POST', `${PLACE}/binding`, {
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { name: 'changed' },
    target: { kind: 'Node', name: 'node' },
  }),
  request(
    'an ephemeral container',
    'PATCH',
    `${PLACE}/ephemeralcontainers`,
    { spec: { ephemeralContainers: [{ name: 'look', image: 'good/look' }] } },
    MERGE,
  ),
  request(
    'a bad ephemeral container',
    'PATCH',
    `${PLACE}/ephemeralcontainers`,
    { spec: { ephemeralContainers: [{ name: 'harm', image: 'bad/harm' }] } },
    MERGE,
  ),
  request('evicted', 'POST', `${PLACE}/eviction`, {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: 'changed' },
    deleteOptions: { gracePeriodSeconds: 0 },
  }),
];

/** Answers that are none. */
const ANSWERS = [
  ...['empty', 'no-response', 'not-json', 'wrong-version'],
  ...[400, 401, 403, 404, 429, 500, 503, 504].map((status) => `status-${status}`),
  ...['bare', 'yaml', 'list', 'null', 'object', 'typed', 'reason', 'failure', 'success', 'pod', 'other'].map(
    (name) => `says-${name}`,
  ),
  'status-object',
];
const UNANSWERED = ANSWERS.map((name) => pod(`answers ${name}`, `${name}/image`));

const JUDGE = `https://127.0.0.1:${PORTS.judge}`;

/** Every server that is recorded. */
export const SCENES: readonly Scene[] = [
  {
    name: 'closed',
    settings: 'allowTTL: 1000, denyTTL: 1000, retryBackoff: 10, defaultAllow: false',
    server: `${JUDGE}/judge/`,
    steps: [...JUDGED, ...UNANSWERED, pod('too slow', 'slow/one')],
  },
  {
    name: 'open',
    settings: 'allowTTL: -1, denyTTL: -1, retryBackoff: 10, defaultAllow: true',
    server: JUDGE,
    steps: [...JUDGED, ...UNANSWERED.filter(({ id }) => ['empty', '500', 'null'].some((word) => id.includes(word)))],
  },
  ...[false, true].map(
    (defaultAllow): Scene => ({
      name: defaultAllow ? 'nobody, open' : 'nobody',
      settings: `retryBackoff: 10, defaultAllow: ${defaultAllow}`,
      server: `https://127.0.0.1:${PORTS.nobody}/judge`,
      steps: [pod('a pod', 'good/one'), pod('a pod again', 'good/one')],
    }),
  ),
];

/** What is there before. */
export const SET_UP: readonly ReferenceRequest[] = ['images', 'others', 'strict'].flatMap((name) => [
  request('namespace', 'POST', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: name === 'strict' ? { 'pod-security.kubernetes.io/enforce': 'baseline' } : {} },
  }),
  request('account', 'POST', `/api/v1/namespaces/${name}/serviceaccounts`, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default' },
  }),
]);

/** The file of --admission-control-config-file. */
export function configuration(scene: Scene): string {
  const policy = `{kubeConfigFile: ${FOLDER}/kubeconfig, ${scene.settings}}`;
  const plugin = `- name: ImagePolicyWebhook\n  configuration: {imagePolicy: ${policy}}\n`;
  return `apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n${plugin}`;
}

/** The file that says where the judge is. */
export function kubeconfig(scene: Scene, authority: string): string {
  const data = Buffer.from(authority).toString('base64');
  return `apiVersion: v1
kind: Config
clusters: [{name: judge, cluster: {server: "${scene.server}", certificate-authority-data: ${data}}}]
users: [{name: api, user: {}}]
contexts: [{name: judge, context: {cluster: judge, user: api}}]
current-context: judge
`;
}

/** What is kept of an answer: what became of a pod, its annotations, or the refusal. */
export function kept(body: unknown): unknown {
  const { kind, metadata, spec } = body as { kind?: string; metadata?: Body; spec?: Body };
  if (kind === 'Status' || kind === undefined) return body;
  const containers = ((spec?.['containers'] ?? []) as { image?: string }[]).map(({ image }) => image);
  return { kind, annotations: metadata?.['annotations'] ?? {}, containers };
}

/** One step as it was played. */
export interface Row {
  readonly id: string;
  readonly status: number;
  readonly body: unknown;
  /** What the judge was asked. */
  readonly reviews: readonly unknown[];
  /** What the audit log was told of it. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Annotations of the plug-in among those of an audit event. */
export function ownAnnotations(all: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith('imagepolicywebhook.')));
}
