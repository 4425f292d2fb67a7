/** Requests about the labels of namespaces, about workloads' templates, and about pods that change. */
import type { Sequence, Step } from '../by-hand/sequence.js';
import { patch, pod, post, put, raw, remove } from '../by-hand/steps.js';

const NAMESPACES = '/api/v1/namespaces';
const PREFIX = 'pod-security.kubernetes.io/';

type Labels = Readonly<Record<string, string>>;
type Fields = Record<string, unknown>;

const labelled = (labels: Labels): Fields =>
  Object.fromEntries(Object.entries(labels).map(([key, value]) => [`${PREFIX}${key}`, value]));
const namespace = (name: string, labels: Labels): Fields => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: labelled(labels) },
});
const account = (name: string): Step =>
  post(`set up: account of ${name}`, `${NAMESPACES}/${name}/serviceaccounts`, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default' },
  });
/** A namespace that is there for later steps. */
const home = (name: string, labels: Labels): Step[] => [
  post(`set up: ${name}`, NAMESPACES, namespace(name, labels)),
  account(name),
];
const said = (labels: Labels): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ') || 'nothing';

const LABELS: readonly Labels[] = [
  {},
  { enforce: 'privileged' },
  { enforce: 'baseline' },
  { enforce: 'restricted' },
  { enforce: 'Restricted' },
  { enforce: '' },
  { enforce: 'strict' },
  { audit: 'strict' },
  { warn: 'strict' },
  { enforce: 'a', audit: 'b', warn: 'c' },
  { 'enforce-version': 'latest' },
  { 'enforce-version': 'v1.24' },
  { 'enforce-version': '1.24' },
  { 'enforce-version': 'v1.024' },
  { 'enforce-version': 'v2.1' },
  { 'enforce-version': 'v1.24.1' },
  { 'enforce-version': 'v1.99999' },
  { 'enforce-version': 'v1.99999999999999999999' },
  { 'enforce-version': 'v1.9223372036854775807' },
  { 'enforce-version': '' },
  { 'audit-version': 'x' },
  { 'warn-version': 'x' },
  { enforce: 'baseline', 'enforce-version': 'newest', audit: 'none', 'audit-version': 'v1' },
  { enforce: 'x', 'enforce-version': 'x', audit: 'x', 'audit-version': 'x', warn: 'x', 'warn-version': 'x' },
  { other: 'x' },
];

/** Namespaces with labels of all sorts are made and not kept. */
const VALIDITY: Sequence = {
  name: 'ps-labels',
  steps: [
    ...LABELS.map((labels) => post(`make ${said(labels)}`, `${NAMESPACES}?dryRun=All`, namespace('NS-new', labels))),
    ...LABELS.map((labels) =>
      patch('merge', `change to ${said(labels)}`, `${NAMESPACES}/NS?dryRun=All`, {
        metadata: { labels: labelled(labels) },
      }),
    ),
    put('finalize with wrong labels', `${NAMESPACES}/NS/finalize?dryRun=All`, namespace('NS', { enforce: 'x' })),
    put('status with wrong labels', `${NAMESPACES}/NS/status?dryRun=All`, namespace('NS', { enforce: 'x' })),
  ],
};

const owned = (name: string, uid: string, spec: Fields): Fields =>
  pod(name, {
    metadata: {
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'set', uid, controller: true }],
    },
    spec,
  }) as Fields;
const PRIVILEGED = [{ name: 'one', image: 'nginx:1.27', securityContext: { privileged: true } }];
const GOOD = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'one',
      image: 'nginx:1.27',
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
};
const PODS = `${NAMESPACES}/NS/pods`;
const TARGETS: readonly Labels[] = [
  { enforce: 'privileged' },
  { enforce: 'baseline' },
  { enforce: 'restricted' },
  { enforce: 'restricted', 'enforce-version': 'v1.0' },
  { enforce: 'restricted', 'enforce-version': 'v1.18' },
  { enforce: 'restricted', 'enforce-version': 'v1.22' },
  { enforce: 'baseline', 'enforce-version': 'v1.99' },
  { audit: 'restricted', warn: 'restricted' },
  { 'enforce-version': 'v1.24' },
  { enforce: 'nonsense' },
];
const relabel = (does: string, labels: Labels, keep = false): Step =>
  patch('merge', does, `${NAMESPACES}/NS${keep ? '' : '?dryRun=All'}`, { metadata: { labels: labelled(labels) } });
const all = (prefix: string): Step[] => TARGETS.map((labels) => relabel(`${prefix}: ${said(labels)}`, labels));

/** A namespace with pods becomes stricter and milder. */
const EXISTING: Sequence = {
  name: 'ps-existing',
  steps: [
    ...all('no pods'),
    post('a good pod', PODS, pod('good', { spec: GOOD })),
    relabel('good pod: restricted', { enforce: 'restricted' }),
    post('a plain pod', PODS, pod('plain')),
    ...all('plain pod'),
    post('a privileged pod', PODS, pod('mighty', { spec: { containers: PRIVILEGED } })),
    post('a pod of the host', PODS, pod('hosted', { spec: { hostNetwork: true } })),
    ...all('three pods'),
    post('another plain pod', PODS, pod('another')),
    relabel('two plain pods: restricted', { enforce: 'restricted' }),
    post('set of privileged pods', PODS, owned('set-b', 'uid-1', { containers: PRIVILEGED })),
    post('second of the set', PODS, owned('set-a', 'uid-1', { containers: PRIVILEGED })),
    post('second set', PODS, owned('other-a', 'uid-2', { containers: PRIVILEGED, hostPID: true })),
    ...all('sets'),
    relabel('keep baseline', { enforce: 'baseline' }, true),
    ...all('from baseline'),
    relabel('keep restricted v1.20', { enforce: 'restricted', 'enforce-version': 'v1.20' }, true),
    ...all('from restricted v1.20'),
    patch('merge', 'an annotation changes nothing', `${NAMESPACES}/NS?dryRun=All`, {
      metadata: { annotations: { a: 'b' } },
    }),
  ],
};

const PLAIN = { containers: [{ name: 'one', image: 'nginx:1.27' }] };
const labels = { app: 'a' };
const template = (spec: unknown, more: Fields = {}): Fields => ({ metadata: { labels, ...more }, spec });
const workloads = (spec: Fields): readonly (readonly [group: string, plural: string, kind: string, spec: Fields])[] => [
  ['apps/v1', 'deployments', 'Deployment', { selector: { matchLabels: labels }, template: template(spec) }],
  ['apps/v1', 'replicasets', 'ReplicaSet', { selector: { matchLabels: labels }, template: template(spec) }],
  ['apps/v1', 'daemonsets', 'DaemonSet', { selector: { matchLabels: labels }, template: template(spec) }],
  [
    'apps/v1',
    'statefulsets',
    'StatefulSet',
    { serviceName: 's', selector: { matchLabels: labels }, template: template(spec) },
  ],
  ['batch/v1', 'jobs', 'Job', { template: template({ restartPolicy: 'Never', ...spec }) }],
  [
    'batch/v1',
    'cronjobs',
    'CronJob',
    { schedule: '* * * * *', jobTemplate: { spec: { template: template({ restartPolicy: 'Never', ...spec }) } } },
  ],
  ['v1', 'replicationcontrollers', 'ReplicationController', { selector: labels, template: template(spec) }],
];
const path = (group: string, plural: string, where: string): string =>
  `${group === 'v1' ? '/api/v1' : `/apis/${group}`}/namespaces/${where}/${plural}`;

function made(where: string, what: string, spec: Fields): Step[] {
  const steps = workloads(spec).map(([group, plural, kind, own]) =>
    post(`${what} ${kind} in ${where}`, `${path(group, plural, where)}?dryRun=All`, {
      apiVersion: group,
      kind,
      metadata: { name: 'a' },
      spec: own,
    }),
  );
  const templates = `${NAMESPACES}/${where}/podtemplates?dryRun=All`;
  const body = { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'a' }, template: template(spec) };
  return [...steps, post(`${what} PodTemplate in ${where}`, templates, body)];
}

const DEPLOYMENTS = path('apps/v1', 'deployments', 'NS-warned');
const deployment = (more: Fields = {}): Fields => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'kept' },
  spec: { replicas: 0, selector: { matchLabels: labels }, template: template({ ...PLAIN, ...more }) },
});

/** What pods are made from is warned of, never refused. */
const WORKLOADS: Sequence = {
  name: 'ps-workloads',
  steps: [
    ...home('NS-warned', { warn: 'restricted' }),
    ...home('NS-enforced', { enforce: 'restricted' }),
    ...home('NS-both', { enforce: 'restricted', 'enforce-version': 'v1.20', warn: 'baseline', audit: 'restricted' }),
    ...home('NS-versioned', { enforce: 'baseline', 'warn-version': 'v1.20', 'enforce-version': 'v1.30' }),
    ...made('NS-warned', 'plain', PLAIN),
    ...made('NS-warned', 'good', GOOD),
    ...made('NS-enforced', 'plain', PLAIN),
    ...made('NS-both', 'privileged', { containers: PRIVILEGED, hostNetwork: true }),
    ...made('NS-versioned', 'privileged', { containers: PRIVILEGED }),
    post('a controller without template', path('v1', 'replicationcontrollers', 'NS-warned'), {
      apiVersion: 'v1',
      kind: 'ReplicationController',
      metadata: { name: 'empty' },
      spec: { replicas: 0 },
    }),
    post('pod in NS-warned', `${NAMESPACES}/NS-warned/pods?dryRun=All`, pod('a')),
    post('pod in NS-enforced', `${NAMESPACES}/NS-enforced/pods?dryRun=All`, pod('a')),
    post('pod with a drawn name', `${NAMESPACES}/NS-enforced/pods?dryRun=All`, {
      ...(pod('a') as Fields),
      metadata: { generateName: 'drawn-' },
    }),
    post('pod in NS-both', `${NAMESPACES}/NS-both/pods?dryRun=All`, pod('a', { spec: GOOD })),
    post('host pod in NS-both', `${NAMESPACES}/NS-both/pods?dryRun=All`, pod('a', { spec: { hostPID: true } })),
    post(
      'host pod in NS-versioned',
      `${NAMESPACES}/NS-versioned/pods?dryRun=All`,
      pod('a', { spec: { hostPID: true } }),
    ),
    post('keep a Deployment', DEPLOYMENTS, deployment()),
    patch('merge', 'label it', `${DEPLOYMENTS}/kept`, { metadata: { labels: { a: 'b' } } }),
    patch('merge', 'scale it by itself', `${DEPLOYMENTS}/kept`, { spec: { replicas: 1 } }),
    put('put it', `${DEPLOYMENTS}/kept`, deployment({ hostPID: true })),
    patch('merge', 'its scale', `${DEPLOYMENTS}/kept/scale`, { spec: { replicas: 2 } }),
    patch('merge', 'its status', `${DEPLOYMENTS}/kept/status`, { status: { observedGeneration: 1 } }),
    remove('delete it', `${DEPLOYMENTS}/kept`),
  ],
};

const OLD = `${NAMESPACES}/NS/pods`;
const image = (text: string): Fields => ({ spec: { containers: [{ name: 'one', image: text }] } });
const debugger_ = (name: string, more: Fields = {}): Fields => ({
  spec: { ephemeralContainers: [{ name, image: 'busybox', ...more }] },
});
const CALM = {
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

/** Pods from before their namespace became stricter, and pods that fit, change. */
const UPDATES: Sequence = {
  name: 'ps-updates',
  steps: [
    post('plain pod', OLD, pod('plain', { spec: { initContainers: [{ name: 'zero', image: 'busybox:1' }] } })),
    post('pod with a gate', OLD, pod('gated', { spec: { schedulingGates: [{ name: 'example.com/a' }] } })),
    post('good pod', OLD, pod('good', { spec: GOOD })),
    relabel('become restricted', { enforce: 'restricted', audit: 'restricted' }, true),
    patch('merge', 'label', `${OLD}/plain`, { metadata: { labels: { a: 'b' } } }),
    patch('merge', 'annotation', `${OLD}/plain`, { metadata: { annotations: { a: 'b' } } }),
    patch('strategic', 'image', `${OLD}/plain`, image('nginx:1.28')),
    patch('strategic', 'same image', `${OLD}/plain`, image('nginx:1.27')),
    patch('strategic', 'image of the init container', `${OLD}/plain`, {
      spec: { initContainers: [{ name: 'zero', image: 'busybox:2' }] },
    }),
    patch('merge', 'deadline', `${OLD}/plain`, { spec: { activeDeadlineSeconds: 100 } }),
    patch('strategic', 'toleration', `${OLD}/plain`, { spec: { tolerations: [{ key: 'a', operator: 'Exists' }] } }),
    patch('merge', 'gate', `${OLD}/gated`, { spec: { schedulingGates: [] } }),
    patch('merge', 'status', `${OLD}/plain/status`, { status: { phase: 'Running' } }),
    patch('strategic', 'ephemeral container', `${OLD}/plain/ephemeralcontainers`, debugger_('debug')),
    patch('strategic', 'image of the good pod', `${OLD}/good`, image('nginx:1.28')),
    patch('strategic', 'ephemeral container of the good pod', `${OLD}/good/ephemeralcontainers`, debugger_('debug')),
    patch('strategic', 'calm ephemeral container', `${OLD}/good/ephemeralcontainers`, debugger_('debug', CALM)),
    patch('strategic', 'another one', `${OLD}/good/ephemeralcontainers`, debugger_('more')),
    patch('strategic', 'label of it', `${OLD}/good`, { metadata: { labels: { a: 'b' } } }),
    post('bind', `${OLD}/plain/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'plain' },
      target: { kind: 'Node', name: 'node01' },
    }),
    post('evict', `${OLD}/plain/eviction?dryRun=All`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'plain' },
    }),
    raw(
      'apply a pod',
      'PATCH',
      `${OLD}/applied?fieldManager=a&force=true`,
      'apiVersion: v1\nkind: Pod\nmetadata: {name: applied}\nspec: {containers: [{name: one, image: nginx}]}\n',
      'application/apply-patch+yaml',
    ),
    relabel('become privileged', { enforce: 'privileged' }, true),
    patch('strategic', 'image is warned of and audited', `${OLD}/plain`, image('nginx:1.29')),
    remove('delete', `${OLD}/plain?gracePeriodSeconds=0`),
  ],
};

/** The sequences at a server without configuration. */
export const PLAIN_SEQUENCES: readonly Sequence[] = [VALIDITY, EXISTING, WORKLOADS, UPDATES];

/** The configuration that the other sequences are played with. */
export const CONFIGURATION = `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults: {enforce: baseline, enforce-version: v1.30, audit: restricted, warn: restricted, warn-version: latest}
    exemptions:
      usernames: [friend]
      runtimeClasses: [sandbox]
      namespaces: [by-hand-ps-exempt-free]
`;

const FREE = `${NAMESPACES}/NS-free`;
const AS_FRIEND = { 'impersonate-user': 'friend', 'impersonate-group': 'system:masters' };
const merge = 'application/merge-patch+json';

/** Defaults and exemptions. */
const EXEMPT: Sequence = {
  name: 'ps-exempt',
  steps: [
    post('set up: class', '/apis/node.k8s.io/v1/runtimeclasses', {
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'sandbox' },
      handler: 'sandbox',
    }),
    post('plain pod', `${PODS}?dryRun=All`, pod('a')),
    post('host pod', `${PODS}?dryRun=All`, pod('a', { spec: { hostPID: true } })),
    post('host pod of a friend', `${PODS}?dryRun=All`, pod('a', { spec: { hostPID: true } }), { headers: AS_FRIEND }),
    post(
      'host pod in a sandbox',
      `${PODS}?dryRun=All`,
      pod('a', { spec: { hostPID: true, runtimeClassName: 'sandbox' } }),
    ),
    ...made('NS', 'plain', PLAIN),
    post('Deployment of a friend', `${path('apps/v1', 'deployments', 'NS')}?dryRun=All`, deployment(), {
      headers: AS_FRIEND,
    }),
    post(
      'Deployment in a sandbox',
      `${path('apps/v1', 'deployments', 'NS')}?dryRun=All`,
      deployment({ runtimeClassName: 'sandbox' }),
    ),
    ...[{}, { enforce: 'privileged' }, { enforce: 'baseline' }, { enforce: 'restricted', warn: 'privileged' }].map(
      (own) =>
        post(
          `make the free namespace ${said(own as Labels)}`,
          `${NAMESPACES}?dryRun=All`,
          namespace('NS-free', own as Labels),
        ),
    ),
    post(
      'make it without its own words',
      `${NAMESPACES}?dryRun=All`,
      namespace('NS-free', { 'audit-version': 'v1.20' }),
    ),
    post(
      'make the same labels as by default',
      `${NAMESPACES}?dryRun=All`,
      namespace('NS-free', { enforce: 'baseline', 'enforce-version': 'v1.30' }),
    ),
    post('the free namespace', NAMESPACES, namespace('NS-free', {})),
    account('NS-free'),
    post('host pod in the free namespace', `${FREE}/pods`, pod('a', { spec: { hostPID: true } })),
    ...made('NS-free', 'plain', PLAIN),
    ...TARGETS.map((own) =>
      patch('merge', `free: ${said(own)}`, `${FREE}?dryRun=All`, { metadata: { labels: labelled(own) } }),
    ),
    patch('merge', 'free: all three', `${FREE}?dryRun=All`, {
      metadata: { labels: labelled({ enforce: 'restricted', audit: 'baseline', 'warn-version': 'v1.20' }) },
    }),
    {
      ...relabel('a friend makes it stricter', { enforce: 'restricted' }),
      headers: { ...AS_FRIEND, 'content-type': merge },
    },
    relabel('milder', { enforce: 'privileged', warn: 'privileged', audit: 'privileged' }, true),
    post('everything again', PODS, pod('b', { spec: { hostPID: true } })),
    post('in a sandbox again', PODS, pod('c', { spec: { hostPID: true, runtimeClassName: 'sandbox' } })),
    ...all('configured'),
  ],
};

/** The sequences at a server with it. */
export const CONFIGURED_SEQUENCES: readonly Sequence[] = [EXEMPT];
