import { describe, expect, test } from 'vitest';
import { admissionChain } from '../../../../src/sim/apiserver/admission/chain.js';
import { abacAuthorizer } from '../../../../src/sim/apiserver/authorization/abac.js';
import type { Authorizer } from '../../../../src/sim/apiserver/authorization/authorizer.js';
import { authorizersOf } from '../../../../src/sim/apiserver/authorization/modes.js';
import { webhookAuthorizer } from '../../../../src/sim/apiserver/authorization/webhook/webhook.js';
import type { OutgoingAccess } from '../../../../src/sim/apiserver/outgoing/outgoing-access.js';
import { decodeText, encodeText } from '../../../../src/sim/kernel/bytes.js';
import type { HttpResponse } from '../../../../src/sim/kernel/network.js';
import { MILLISECOND, MINUTE, SECOND } from '../../../../src/sim/kernel/time.js';
import { type TestServer, testServer } from '../harness.js';

interface Asked {
  readonly user: string;
  readonly resourceAttributes?: { readonly verb: string; readonly resource?: string; readonly name?: string };
}

/** What the judge lets everybody do who is not alice; she may do everything. */
const PLAIN = new Set(['create', 'get']);

/** Rights that only somebody outside, or a file, knows of: he needs half a second for each answer. */
function judge(now: () => number): { outgoing: OutgoingAccess; asked: string[] } {
  const asked: string[] = [];
  const outgoing: OutgoingAccess = {
    *request({ body }): Generator<{ until: number }, HttpResponse> {
      const { spec } = JSON.parse(decodeText(body ?? new Uint8Array())) as { spec: Asked };
      const { verb = '', resource = '', name = '' } = spec.resourceAttributes ?? {};
      asked.push(`${spec.user} ${verb} ${resource} ${name}`.trimEnd());
      yield { until: now() + 500 * MILLISECOND };
      const allowed = spec.user === 'alice' || PLAIN.has(verb);
      const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', status: { allowed } };
      return { status: 200, headers: {}, body: encodeText(JSON.stringify(review)) };
    },
  };
  return { outgoing, asked };
}

type Authenticators = NonNullable<Parameters<typeof testServer>[0]>['authenticators'];
const BY_NAME = [
  {
    name: 'header',
    authenticate: ({ request }: { request: { headers: Readonly<Record<string, string>> } }) => {
      const name = request.headers['x-user'] ?? '';
      return { user: { name, groups: name === 'root' ? ['system:masters'] : ['system:authenticated'] } };
    },
  },
] as unknown as Authenticators;

function serverWith(more: () => Authorizer) {
  const { outgoing, asked } = judge(() => server.clock);
  const server: TestServer = testServer({
    outgoing,
    authorizers: [...authorizersOf([]), more()],
    authenticators: BY_NAME as NonNullable<Authenticators>,
    admission: admissionChain(['OwnerReferencesPermissionEnforcement'], ['ServiceAccount', 'Priority']),
  });
  const post = (user: string, target: string, object: object) => {
    const { status, body } = server.request({
      method: 'POST',
      target,
      headers: { 'x-user': user, 'content-type': 'application/json' },
      body: encodeText(JSON.stringify(object)),
    });
    const answer = JSON.parse(decodeText(body ?? new Uint8Array())) as { message?: string };
    return status === 201 ? 'created' : `${status} ${answer.message}`;
  };
  return { asked, post };
}

const askedOutside = () =>
  serverWith(() =>
    webhookAuthorizer(
      {
        remote: { server: 'https://127.0.0.1:36555/authorize', tls: () => ({}), headers: () => ({}) },
        version: 'v1',
        authorizedTtl: 5 * MINUTE,
        unauthorizedTtl: 30 * SECOND,
        timeout: 30 * SECOND,
        onError: 'no-opinion',
        conditions: [],
        failed: () => {},
      },
      0,
    ),
  );

const ROLES = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
const ROLE = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'all' },
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
};
const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } };
const MAPS = '/api/v1/namespaces/default/configmaps';
const map = (name: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...more },
});
const GROUP = 'admissionregistration.k8s.io/v1';

describe('a webhook that authorizes is asked wherever rights are asked for', () => {
  test('who gives away rights he does not have', () => {
    const { asked, post } = askedOutside();
    expect(post('bob', ROLES, ROLE)).toBe(
      '403 clusterroles.rbac.authorization.k8s.io "all" is forbidden: user "bob" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["pods"], Verbs:["list"]}',
    );
    expect(post('alice', ROLES, ROLE)).toBe('created');
    expect(asked).toEqual([
      'bob create clusterroles',
      'bob escalate clusterroles',
      'alice create clusterroles',
      'alice escalate clusterroles',
    ]);
  });

  test('whose objects hold their owners', () => {
    const { asked, post } = askedOutside();
    post('root', '/api/v1/namespaces', NAMESPACE);
    const ownerReferences = [
      { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'u', blockOwnerDeletion: true, controller: true },
    ];
    expect(post('bob', MAPS, map('b', { ownerReferences }))).toMatch(
      /^403 configmaps "b" is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on/,
    );
    expect(post('alice', MAPS, map('b', { ownerReferences }))).toBe('created');
    expect(asked).toContain('bob update configmaps a');
  });

  test('expressions of policies that judge', () => {
    const { asked, post } = askedOutside();
    post('root', '/api/v1/namespaces', NAMESPACE);
    const rule = { apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] };
    const check = "authorizer.group('').resource('widgets').check('praise').allowed()";
    expect(
      post('root', `/apis/${GROUP}/validatingadmissionpolicies`, {
        apiVersion: GROUP,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'praise' },
        spec: { matchConstraints: { resourceRules: [rule] }, validations: [{ expression: check, message: 'no' }] },
      }),
    ).toBe('created');
    post('root', `/apis/${GROUP}/validatingadmissionpolicybindings`, {
      apiVersion: GROUP,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'praise' },
      spec: { policyName: 'praise', validationActions: ['Deny'] },
    });
    expect(post('bob', MAPS, map('b'))).toBe(
      `422 configmaps "b" is forbidden: ValidatingAdmissionPolicy 'praise' with binding 'praise' denied request: no`,
    );
    expect(post('alice', MAPS, map('b'))).toBe('created');
    expect(asked).toContain('alice praise widgets');
  });

  test('expressions of policies that change', () => {
    const { asked, post } = askedOutside();
    post('root', '/api/v1/namespaces', NAMESPACE);
    const rule = { apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] };
    const name = "authorizer.group('').resource('widgets').check('praise').allowed() ? 'praised' : 'blamed'";
    const expression = `Object{metadata: Object.metadata{labels: Object.metadata.labels{by: ${name}}}}`;
    const made = post('root', `/apis/${GROUP}/mutatingadmissionpolicies`, {
      apiVersion: GROUP,
      kind: 'MutatingAdmissionPolicy',
      metadata: { name: 'praise' },
      spec: {
        matchConstraints: { resourceRules: [rule] },
        reinvocationPolicy: 'Never',
        mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression } }],
      },
    });
    expect(made).toBe('created');
    post('root', `/apis/${GROUP}/mutatingadmissionpolicybindings`, {
      apiVersion: GROUP,
      kind: 'MutatingAdmissionPolicyBinding',
      metadata: { name: 'praise' },
      spec: { policyName: 'praise' },
    });
    expect(post('alice', MAPS, map('a'))).toBe('created');
    expect(asked.filter((one) => one.includes('praise'))).toEqual(['alice praise widgets']);
  });
});

test('a file of policies (ABAC) is asked there too', () => {
  const line = (user: string, resource: string) =>
    `{"apiVersion":"abac.authorization.kubernetes.io/v1beta1","kind":"Policy","spec":{"user":"${user}","namespace":"*","resource":"${resource}","apiGroup":"*"}}`;
  const { post } = serverWith(() => abacAuthorizer(`${line('alice', '*')}\n`, '/policy.jsonl'));
  expect(post('alice', ROLES, ROLE)).toBe('created');
  expect(post('bob', ROLES, ROLE)).toMatch(/^403 clusterroles.rbac.authorization.k8s.io is forbidden/);
});
