import { type Case, configMap, policyCase } from './case.js';

const MAPS_ONLY = {
  resourceRules: [
    { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] },
  ],
};
const NOT_PARAMS = [{ name: 'no-params', expression: "!object.metadata.?name.orValue('').startsWith('limit')" }];
const SIZED = { expression: '!has(object.data) || size(object.data) <= 3' };

function policy(name: string, spec: object, more: Partial<Parameters<typeof policyCase>[2]> = {}): Case {
  return policyCase('Validating', `v-${name}`, { spec, ...more });
}

function rule(expression: string, more: object = {}): { validations: object[] } {
  return { validations: [{ expression, ...more }] };
}

/** Config maps that say how much is allowed, in the namespace of a case. */
function limits(name: string): Parameters<typeof policyCase>[2]['setUp'] {
  const collection = `/api/v1/namespaces/v-${name}/configmaps`;
  return [
    { collection, object: configMap('limit-one', { limit: 'yes' }, { most: '2' }) },
    { collection, object: configMap('limit-two', { limit: 'yes' }, { most: '3' }) },
  ];
}

const PARAMS = {
  paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
  matchConditions: NOT_PARAMS,
  validations: [
    {
      expression: 'params == null || !has(object.data) || size(object.data) <= int(params.data.most)',
      messageExpression: "'at most ' + params.data.most + ' by ' + params.metadata.name",
    },
  ],
};

function withParams(name: string, paramRef: object, spec: object = PARAMS): Case {
  return policy(name, spec, { binding: { paramRef }, setUp: limits(name) ?? [] });
}

/** Validating policies: expressions, messages, variables, conditions, parameters, matching, failures. */
export const VALIDATING_POLICIES: readonly Case[] = [
  policy('plain', { validations: [SIZED] }),
  policy('message', { validations: [{ ...SIZED, message: 'too much data' }] }),
  policy('message-expression', {
    validations: [{ ...SIZED, messageExpression: "'data has ' + string(size(object.data)) + ' entries'" }],
  }),
  policy('message-empty', { validations: [{ ...SIZED, message: 'plain words', messageExpression: "'  '" }] }),
  policy('message-lines', { validations: [{ ...SIZED, message: 'plain words', messageExpression: "'a\\nb'" }] }),
  policy('message-fails', { validations: [{ ...SIZED, message: 'plain', messageExpression: 'object.none.name' }] }),
  ...['Forbidden', 'Invalid', 'RequestEntityTooLarge', 'Unauthorized'].map((reason) =>
    policy(`reason-${reason.toLowerCase()}`, { validations: [{ ...SIZED, reason }] }),
  ),
  policy('several', {
    validations: [
      { expression: "object.metadata.?labels['team'].orValue('') != 'red'", message: 'not red' },
      { ...SIZED, message: 'not so much' },
      {
        expression: '!has(object.spec) || !has(object.spec.replicas) || object.spec.replicas < 5',
        message: 'not so many',
      },
    ],
  }),
  policy('warn', { validations: [SIZED] }, { binding: { validationActions: ['Warn'] } }),
  policy('audit', { validations: [SIZED] }, { binding: { validationActions: ['Audit'] } }),
  policy(
    'warn-audit',
    { validations: [{ ...SIZED, message: 'well' }] },
    { binding: { validationActions: ['Warn', 'Audit'] } },
  ),
  policy('fails', rule("object.data.none == 'x'")),
  policy('fails-ignored', { failurePolicy: 'Ignore', ...rule("object.data.none == 'x'") }),
  policy('fails-warns', rule("object.data.none == 'x'"), { binding: { validationActions: ['Warn'] } }),
  policy('variables', {
    variables: [
      { name: 'data', expression: 'has(object.data) ? object.data : {}' },
      { name: 'many', expression: 'size(variables.data) > 3' },
      { name: 'unused', expression: 'object.none.none' },
    ],
    ...rule('!variables.many', { message: 'many' }),
  }),
  policy('variable-fails', {
    variables: [{ name: 'none', expression: 'object.none.none' }],
    ...rule('variables.none == 1'),
  }),
  policy('conditions', {
    matchConditions: [
      { name: 'maps', expression: "request.kind.kind == 'ConfigMap'" },
      { name: 'labelled', expression: 'has(object.metadata.labels)' },
    ],
    ...rule('false', { message: 'matched' }),
  }),
  policy('condition-fails', {
    matchConditions: [{ name: 'odd', expression: "object.data.none == 'x'" }],
    ...rule('false'),
  }),
  policy('condition-fails-ignored', {
    failurePolicy: 'Ignore',
    matchConditions: [{ name: 'odd', expression: "object.data.none == 'x'" }],
    ...rule('false'),
  }),
  policy('condition-false-and-fails', {
    matchConditions: [
      { name: 'odd', expression: "object.data.none == 'x'" },
      { name: 'never', expression: 'false' },
    ],
    ...rule('false'),
  }),
  policy('old-object', rule('oldObject == null || !has(oldObject.data) || size(object.data) == size(oldObject.data)')),
  policy('request', rule("request.operation == 'CREATE' && request.resource.resource != 'pods' && !request.dryRun")),
  policy(
    'request-user',
    rule(
      "request.userInfo.username == 'admin' && 'system:masters' in request.userInfo.groups && request.name != 'bad'",
    ),
  ),
  policy('request-options', rule("!has(request.options.fieldManager) || request.options.fieldManager != 'me'")),
  policy('request-message', {
    validations: [
      {
        expression: 'false',
        messageExpression:
          "request.operation + ' ' + request.kind.kind + ' ' + request.resource.resource + '/' + (has(request.subResource) ? request.subResource : '') + ' ' + (has(request.name) ? request.name : 'unnamed') + ' in ' + request.namespace + ' by ' + request.userInfo.username",
      },
    ],
  }),
  policy('namespace-object', {
    validations: [
      {
        expression: "namespaceObject.metadata.name != 'v-namespace-object'",
        messageExpression: "'in ' + namespaceObject.metadata.name + ' ' + namespaceObject.status.phase",
      },
    ],
  }),
  policy('authorizer', {
    validations: [
      { expression: "authorizer.group('').resource('pods').namespace('default').check('get').allowed()" },
      { expression: "authorizer.requestResource.check('delete').allowed()" },
      {
        expression:
          "authorizer.serviceAccount('default', 'nobody').group('').resource('secrets').check('get').allowed()",
        message: 'nobody may not',
      },
    ],
  }),
  policy(
    'authorizer-path',
    rule("authorizer.path('/healthz').check('get').allowed() && object.metadata.name != 'good'"),
  ),
  policy('audit-annotations', {
    validations: [SIZED],
    auditAnnotations: [{ key: 'size', valueExpression: 'has(object.data) ? string(size(object.data)) : null' }],
  }),
  policy('audit-annotation-fails', {
    auditAnnotations: [{ key: 'size', valueExpression: 'string(object.none.none)' }],
  }),
  policy(
    'costly',
    rule('lists.range(100).all(a, lists.range(100).all(b, lists.range(100).all(c, lists.range(10).all(d, d >= 0))))'),
  ),
  policy('costly-ignored', {
    failurePolicy: 'Ignore',
    ...rule(
      'lists.range(100).all(a, lists.range(100).all(b, lists.range(100).all(c, lists.range(10).all(d, d >= 0))))',
    ),
  }),
  policy('costly-together', {
    validations: Array.from({ length: 14 }, () => ({
      expression: 'lists.range(90).all(a, lists.range(90).all(b, lists.range(12).all(c, c >= 0)))',
    })),
  }),
  withParams('params-name', { name: 'limit-one', parameterNotFoundAction: 'Deny' }),
  withParams('params-elsewhere', { name: 'limit-one', namespace: 'v-params-name', parameterNotFoundAction: 'Deny' }),
  withParams('params-missing', { name: 'none', parameterNotFoundAction: 'Deny' }),
  withParams('params-missing-allowed', { name: 'none', parameterNotFoundAction: 'Allow' }),
  withParams(
    'params-missing-ignored',
    { name: 'none', parameterNotFoundAction: 'Deny' },
    { ...PARAMS, failurePolicy: 'Ignore' },
  ),
  withParams(
    'params-none-of-the-kind',
    { name: 'x', parameterNotFoundAction: 'Deny' },
    {
      ...PARAMS,
      paramKind: { apiVersion: 'example.com/v1', kind: 'Limit' },
    },
  ),
  withParams(
    'params-namespace-of-cluster',
    { name: 'x', namespace: 'default', parameterNotFoundAction: 'Deny' },
    {
      ...PARAMS,
      paramKind: { apiVersion: 'v1', kind: 'Node' },
    },
  ),
  withParams('params-selector', { selector: { matchLabels: { limit: 'yes' } }, parameterNotFoundAction: 'Deny' }),
  withParams('params-selector-none', { selector: { matchLabels: { limit: 'no' } }, parameterNotFoundAction: 'Deny' }),
  policy('params-unbound', PARAMS, { binding: {} }),
  policy('match-labels', rule('false'), { match: { objectSelector: { matchLabels: { team: 'blue' } } } }),
  policy('match-excluded', rule('false'), {
    match: {
      excludeResourceRules: [{ apiGroups: ['apps'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }],
    },
  }),
  policy('match-names', rule('false'), {
    match: { resourceRules: [{ ...MAPS_ONLY.resourceRules[0], resourceNames: ['bad', 'dry'] }] },
  }),
  policy('match-scale', rule('object.spec.replicas < 5'), {
    match: { resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/scale'] }] },
  }),
  policy('match-delete', rule("request.operation != 'DELETE' || oldObject.metadata.name != 'good'"), {
    match: {
      resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['configmaps'] }],
    },
  }),
  policy('match-delete-object', rule('object == null', { message: 'there is an object' }), {
    match: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['configmaps'] }] },
  }),
  policy('match-cluster', rule('false'), {
    match: {
      resourceRules: [
        { apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['nodes'], scope: 'Cluster' },
      ],
    },
  }),
  policy('match-binding', rule('false'), {
    binding: { matchResources: { objectSelector: { matchLabels: { team: 'blue' } } } },
  }),
  policy('match-binding-rules', rule('false'), { binding: { matchResources: MAPS_ONLY } }),
  policy(
    'pods',
    rule("!has(object.spec.containers) || object.spec.containers.all(c, !c.image.endsWith(':latest'))", {
      message: 'no latest',
    }),
    {
      match: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }] },
    },
  ),
];
