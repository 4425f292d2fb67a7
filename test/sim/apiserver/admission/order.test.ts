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
});
