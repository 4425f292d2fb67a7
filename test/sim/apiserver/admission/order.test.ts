import { beforeEach, describe, expect, test } from 'vitest';
import {
  CONFIG_MAPS,
  configMap,
  configuration,
  type HookedServer,
  hookedServer,
  MUTATING,
  VALIDATING,
} from './webhooks/webhook-server.js';

const GROUP = '/apis/admissionregistration.k8s.io/v1';
const RULE = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] };

let server: HookedServer;

beforeEach(() => {
  server = hookedServer();
});

function policy(kind: 'Mutating' | 'Validating', spec: object): void {
  const head = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name: 'p' } };
  const plural = `${GROUP}/${kind.toLowerCase()}admissionpolic`;
  const matchConstraints = { resourceRules: [RULE] };
  const actions = kind === 'Validating' ? { validationActions: ['Deny'] } : {};
  for (const [path, object] of [
    [`${plural}ies`, { kind: `${kind}AdmissionPolicy`, spec: { matchConstraints, ...spec } }],
    [`${plural}ybindings`, { kind: `${kind}AdmissionPolicyBinding`, spec: { policyName: 'p', ...actions } }],
  ] as const) {
    expect(server.send('POST', path, { ...head, ...object }).body.message).toBeUndefined();
  }
}

function mutation(expression: string): object {
  return {
    reinvocationPolicy: 'Never',
    mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression } }],
  };
}

function create() {
  return server.send('POST', CONFIG_MAPS, configMap('web'));
}

const PATHS = () => server.asked.map(({ call }) => new URL(call.url).pathname);

describe('admission goes in order', () => {
  test('policies change before webhooks do, and both before anybody judges', () => {
    policy('Mutating', mutation("Object{metadata: Object.metadata{labels: {'first': 'policy'}}}"));
    server.send('POST', MUTATING, configuration('Mutating', 'change'));
    server.send('POST', VALIDATING, configuration('Validating', 'judge'));
    policy('Validating', {
      validations: [{ expression: "object.metadata.labels == {'first': 'policy', 'second': 'webhook'}" }],
    });
    server.rules = [
      { match: { path: '/change', labels: { first: 'policy' } }, set: { labels: { second: 'webhook' } } },
      { match: { path: '/judge', withoutLabels: ['second'] }, deny: { message: 'too early' } },
    ];
    expect(create().body.message).toBeUndefined();
    expect(PATHS()).toEqual(['/change', '/judge']);
  });

  test('what a webhook made of an object is validated before anybody judges it', () => {
    server.send('POST', MUTATING, configuration('Mutating', 'change'));
    server.send('POST', VALIDATING, configuration('Validating', 'judge'));
    server.rules = [{ match: { path: '/change' }, patch: [{ op: 'add', path: '/data/no key!', value: 'x' }] }];
    expect(create()).toMatchObject({ status: 422, body: { reason: 'Invalid' } });
    expect(PATHS()).toEqual(['/change']);
  });

  test('policies judge before webhooks do', () => {
    server.send('POST', VALIDATING, configuration('Validating', 'judge'));
    policy('Validating', { validations: [{ expression: 'false', message: 'never' }] });
    expect(create().body.message).toMatch(/never$/);
    expect(PATHS()).toEqual([]);
  });

  test('webhooks judge before quotas do', () => {
    server.send('POST', VALIDATING, configuration('Validating', 'judge'));
    server.send('POST', '/api/v1/namespaces/default/resourcequotas', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'none' },
      spec: { hard: { 'count/configmaps': '0' } },
    });
    server.rules = [{ deny: { message: 'the webhook' } }];
    expect(create().body.message).toMatch(/the webhook$/);
  });

  test('webhooks see what the plug-ins before them made', () => {
    server.send('POST', MUTATING, podConfiguration('Mutating', 'change'));
    expect(pod('web').body.message).toBeUndefined();
    const [seen] = server.asked.map(({ review }) => review.request.object as unknown as { spec: PodSpec });
    const spec = seen?.spec as PodSpec;
    expect(spec).toMatchObject({ priority: 0, serviceAccountName: 'default' });
    expect(spec.tolerations?.map(({ key }) => key)).toEqual([
      'node.kubernetes.io/not-ready',
      'node.kubernetes.io/unreachable',
    ]);
    expect(spec.volumes?.[0]?.name).toMatch(/^kube-api-access-/);
  });

  test.each([
    ['takes away what the level forbids', true, { securityContext: null }, undefined],
    [
      'adds what the level forbids',
      false,
      { securityContext: { privileged: true } },
      /violates PodSecurity "baseline:latest": privileged/,
    ],
  ])('Pod Security judges what a webhook made: one that %s', (_title, privileged, change, refusal) => {
    const label = { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } };
    server.send('PATCH', '/api/v1/namespaces/default', label, 'application/merge-patch+json');
    server.send('POST', MUTATING, podConfiguration('Mutating', 'change'));
    const [[name, value]] = Object.entries(change) as [[string, unknown]];
    const path = `/spec/containers/0/${name}`;
    server.rules = [{ patch: [value === null ? { op: 'remove', path } : { op: 'add', path, value }] }];
    const { body } = pod('web', privileged ? { securityContext: { privileged } } : {});
    if (refusal) expect(body.message).toMatch(refusal);
    else expect(body.message).toBeUndefined();
  });

  test('quotas count what a webhook asks for', () => {
    const hard = { 'requests.cpu': '1' };
    const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard } };
    const path = '/api/v1/namespaces/default/resourcequotas';
    server.send('POST', path, quota);
    const status = { hard, used: { 'requests.cpu': '0' } };
    server.send('PATCH', `${path}/q/status`, { status }, 'application/merge-patch+json');
    expect(pod('bare').body.message).toMatch(/failed quota: q: must specify requests.cpu for: c$/);
    server.send('POST', MUTATING, podConfiguration('Mutating', 'change'));
    const resources = { requests: { cpu: '600m' } };
    server.rules = [{ patch: [{ op: 'add', path: '/spec/containers/0/resources', value: resources }] }];
    expect(pod('one').body.message).toBeUndefined();
    expect(pod('two').body.message).toMatch(
      /exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1$/,
    );
  });

  test('a class of priority that a webhook names comes too late: the plug-ins go round once more', () => {
    const dear = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'dear' }, value: 9 };
    server.send('POST', '/apis/scheduling.k8s.io/v1/priorityclasses', dear);
    server.send('POST', MUTATING, podConfiguration('Mutating', 'change'));
    server.rules = [{ patch: [{ op: 'add', path: '/spec/priorityClassName', value: 'dear' }] }];
    expect(pod('web').body.message).toBe(
      'pods "web" is forbidden: the integer value of priority (0) must not be provided in pod spec; priority admission controller computed 9 from the given PriorityClass name',
    );
  });
});

interface PodSpec {
  readonly tolerations?: { readonly key: string }[];
  readonly volumes?: { readonly name: string }[];
}

/** A pod of the account that is there by default. */
function pod(name: string, container: object = {}) {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };
  server.send('POST', '/api/v1/namespaces/default/serviceaccounts', account);
  const spec = { containers: [{ name: 'c', image: 'nginx', ...container }] };
  return server.send('POST', '/api/v1/namespaces/default/pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec,
  });
}

/** A webhook for pods that are made. */
function podConfiguration(kind: 'Mutating' | 'Validating', name: string): object {
  return configuration(kind, name, { rules: [{ ...RULE, resources: ['pods'] }] });
}
