import { beforeEach, describe, expect, test } from 'vitest';
import { CONFIG_MAPS, configMap, type HookedServer, hookedServer } from './webhooks/webhook-server.js';

const GROUP = '/apis/admissionregistration.k8s.io/v1';
const POLICIES = `${GROUP}/validatingadmissionpolicies`;
const BINDINGS = `${GROUP}/validatingadmissionpolicybindings`;
const RULE = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] };

let server: HookedServer;

beforeEach(() => {
  server = hookedServer();
});

function policy(spec: object, binding: object = {}): void {
  const head = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name: 'p' } };
  const made = server.send('POST', POLICIES, {
    ...head,
    kind: 'ValidatingAdmissionPolicy',
    spec: { matchConstraints: { resourceRules: [RULE] }, ...spec },
  });
  expect(made.body.message).toBeUndefined();
  const bound = server.send('POST', BINDINGS, {
    ...head,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'b' },
    spec: { policyName: 'p', validationActions: ['Deny'], ...binding },
  });
  expect(bound.body.message).toBeUndefined();
}

function create(name: string, more: object = {}) {
  return server.send('POST', CONFIG_MAPS, configMap(name, more));
}

const NO = { validations: [{ expression: "object.metadata.name != 'no'" }] };

describe('a policy that judges', () => {
  test('refuses with the expression, and lets the rest pass', () => {
    policy(NO);
    expect(create('yes').status).toBe(201);
    const { status, body } = create('no');
    const message =
      "configmaps \"no\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: failed expression: object.metadata.name != 'no'";
    expect({ status, body }).toMatchObject({ status: 422, body: { message, reason: 'Invalid' } });
  });

  test.each([
    ['a message', { message: 'not that name' }, 'not that name'],
    ['a message that is worked out', { messageExpression: "'no ' + object.metadata.name", message: 'x' }, 'no no'],
    ['one that is worked out and empty', { messageExpression: "' '", message: 'not that name' }, 'not that name'],
  ])('refuses with %s', (_title, more, words) => {
    policy({ validations: [{ ...NO.validations[0], ...more, reason: 'Forbidden' }] });
    const { status, body } = create('no');
    expect(status).toBe(403);
    expect(body.message).toMatch(new RegExp(`denied request: ${words}$`));
  });

  test('warns, where the binding says so', () => {
    policy(NO, { validationActions: ['Warn', 'Audit'] });
    expect(create('no')).toMatchObject({
      status: 201,
      warning:
        "299 - \"Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': failed expression: object.metadata.name != 'no'\"",
    });
  });

  test.each([
    ['Fail', 422],
    ['Ignore', 201],
  ])('an expression fails, and its policy is %s', (failurePolicy, status) => {
    policy({ failurePolicy, validations: [{ expression: "object.data.none == 'x'" }] });
    const answer = create('web');
    expect(answer.status).toBe(status);
    if (status === 422)
      expect(answer.body.message).toMatch(
        /denied request: expression 'object\.data\.none == 'x'' resulted in error: no such key: none$/,
      );
  });

  test('has variables and conditions', () => {
    policy({
      matchConditions: [{ name: 'named', expression: "object.metadata.name.startsWith('n')" }],
      variables: [
        { name: 'size', expression: 'size(object.data)' },
        { name: 'many', expression: 'variables.size > 0' },
      ],
      validations: [{ expression: '!variables.many', message: 'too many' }],
    });
    expect(create('yes').status).toBe(201);
    expect(create('no').body.message).toMatch(/too many$/);
  });

  test('asks what somebody may do, and knows the namespace and the request', () => {
    policy({
      validations: [
        { expression: "authorizer.group('').resource('pods').namespace('default').check('get').allowed()" },
        { expression: "authorizer.requestResource.check('create').allowed()" },
        { expression: "namespaceObject.metadata.name == 'default'" },
        { expression: "request.operation == 'CREATE' && request.userInfo.username == 'admin'" },
        { expression: 'oldObject == null' },
      ],
    });
    expect(create('yes').body.message).toBeUndefined();
  });
});

describe('parameters of a policy', () => {
  const spec = {
    paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
    matchConditions: [{ name: 'other', expression: "object.metadata.name != 'limit'" }],
    validations: [{ expression: 'size(object.metadata.name) <= int(params.data.longest)', message: 'too long' }],
  };
  const limit = (longest: string, labels = {}) => ({
    ...configMap('limit', { labels }),
    data: { longest },
  });

  test.each([
    ['by name', { name: 'limit', namespace: 'default', parameterNotFoundAction: 'Deny' }],
    ['by labels', { selector: { matchLabels: { is: 'limit' } }, parameterNotFoundAction: 'Deny' }],
  ])('are found %s', (_title, paramRef) => {
    server.send('POST', CONFIG_MAPS, limit('3', { is: 'limit' }));
    policy(spec, { paramRef });
    expect(create('abc').status).toBe(201);
    expect(create('abcd').body.message).toMatch(/too long$/);
  });

  test.each([
    ['Deny', 422],
    ['Allow', 201],
  ])('are not found: %s', (parameterNotFoundAction, status) => {
    policy(spec, { paramRef: { name: 'none', parameterNotFoundAction } });
    const answer = create('abcd');
    expect(answer.status).toBe(status);
    if (status === 422)
      expect(answer.body.message).toMatch(
        /failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction$/,
      );
  });
});
