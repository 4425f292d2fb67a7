/** Policies whose expressions are held against the types of what they are for. */

/** One policy: what it is for, and its expressions. */
export interface PolicyCase {
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

type Rule = Readonly<Record<string, unknown>>;

const rule = (group: string, resources: readonly string[], versions: readonly string[] = ['v1']): Rule => ({
  apiGroups: [group],
  apiVersions: versions,
  operations: ['CREATE', 'UPDATE'],
  resources,
});

const DEPLOYMENTS = [rule('apps', ['deployments'])];
const PODS = [rule('', ['pods'])];

/** One expression about some resources. */
const one = (name: string, resourceRules: readonly Rule[], expression: string, more: object = {}): PolicyCase => ({
  name,
  spec: { matchConstraints: { resourceRules }, validations: [{ expression }], ...more },
});

const EXPRESSIONS: Readonly<Record<string, string>> = {
  fine: 'object.spec.replicas <= 5',
  unknown: 'object.spec.replica <= 5',
  'unknown-root': 'object.foo == 1',
  'unknown-twice': 'object.a == 1 || object.spec.b == 2',
  'text-number': 'object.spec.replicas > "5"',
  'number-text': 'object.metadata.name == 5',
  'name-size': 'size(object.metadata.name) > 3 && object.metadata.name.startsWith("a")',
  labels: 'object.metadata.labels["a"] == "b" && "c" in object.metadata.labels',
  'labels-number': 'object.metadata.labels["a"] == 1',
  'labels-list': 'object.metadata.labels.exists(l, l == 1)',
  containers: 'object.spec.template.spec.containers.all(c, c.image.startsWith("x"))',
  'containers-typo': 'object.spec.template.spec.containers.all(c, c.imge.startsWith("x"))',
  'containers-map': 'object.spec.template.spec.containers["main"].image == "x"',
  limits: 'object.spec.template.spec.containers.all(c, has(c.resources.limits))',
  'limits-cpu': 'object.spec.template.spec.containers[0].resources.limits["cpu"] == "1"',
  surge: 'object.spec.strategy.rollingUpdate.maxSurge == 1 || object.spec.strategy.rollingUpdate.maxSurge == "10%"',
  created: 'object.metadata.creationTimestamp > timestamp("2020-01-01T00:00:00Z")',
  'created-text': 'object.metadata.creationTimestamp == "2020"',
  managed: 'object.metadata.managedFields.all(m, has(m.fieldsV1))',
  old: 'oldObject == null || oldObject.spec.replicas < object.spec.replicas',
  'old-typo': 'oldObject.spec.replcas == 1',
  'object-number': 'object == 1',
  'spec-text': 'object.spec == "a"',
  request: 'request.operation == "CREATE" && request.userInfo.username == "a"',
  'request-options': 'request.options.anything == 1',
  namespace: 'namespaceObject.metadata.labels["a"] == "b"',
  authorizer: 'authorizer.group("apps").resource("deployments").check("get").allowed()',
  'authorizer-resource': 'authorizer.requestResource.check("get").allowed()',
  'selector-fields': 'object.spec.selector.matchLabels.all(k, k != "") && object.spec.paused == true',
  reserved: 'object.spec.template.spec.containers[0].ports.all(p, p.__namespace__ == "")',
  bytes: 'object.apiVersion == "apps/v1" && object.kind == b"x"',
  affinity:
    'object.spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms.size() > 0.5',
  optional: 'object.?spec.?replicas.orValue("a") == 1',
  'optional-typo': 'object.?spec.?replica.hasValue()',
  has: 'has(object.spec.nothing)',
  double: 'object.spec.replicas * 1.5 > 2.0',
  object: 'object.spec.template.spec.securityContext == true',
  several: 'object.spec.x +\n  object.spec.y > 0',
};

const VARIABLES = [
  { name: 'containers', expression: 'object.spec.template.spec.containers' },
  { name: 'replicas', expression: 'object.spec.replicas' },
  { name: 'broken', expression: 'object.spec.none' },
  { name: 'again', expression: 'variables.replicas + 1' },
];

/** Every policy, by name. */
export const POLICY_CASES: readonly PolicyCase[] = [
  ...Object.entries(EXPRESSIONS).map(([name, expression]) => one(`e-${name}`, DEPLOYMENTS, expression)),
  one('pods', PODS, 'object.spec.containers.all(c, c.securityContext.privileged == "no")'),
  one('pods-volumes', PODS, 'object.spec.volumes.all(v, v.hostPath.pth == "")'),
  one('secrets', [rule('', ['secrets'])], 'object.data["a"] == "text" && object.stringData["a"] == b"x"'),
  one('config-maps', [rule('', ['configmaps'])], 'object.binaryData["a"] == "a" || object.data.a == 1'),
  one('quotas', [rule('', ['resourcequotas'])], 'object.spec.hard["pods"] == "5"'),
  one('services', [rule('', ['services'])], 'object.spec.ports.all(p, p.targetPort == 80 && p.port == "80")'),
  one('roles', [rule('rbac.authorization.k8s.io', ['roles'])], 'object.rules.all(r, r.verbs == "get")'),
  one('many', [rule('apps', ['statefulsets', 'deployments', 'daemonsets'])], 'object.spec.replicas == "1"'),
  one('many-rules', [...PODS, ...DEPLOYMENTS], 'object.spec.replicas > 1'),
  one('versions', [rule('autoscaling', ['horizontalpodautoscalers'], ['v1', 'v2'])], 'object.spec.metrics.size() > 0'),
  one('events', [rule('', ['events'])], 'object.nothing == 1'),
  one('subresource', [rule('apps', ['deployments/scale', 'deployments/status'])], 'object.nothing == 1'),
  one('with-subresource', [rule('apps', ['deployments', 'deployments/scale'])], 'object.nothing == 1'),
  one('all-groups', [rule('*', ['deployments'])], 'object.nothing == 1'),
  one('all-versions', [rule('apps', ['deployments'], ['*'])], 'object.nothing == 1'),
  one('all-resources', [rule('apps', ['*'])], 'object.nothing == 1'),
  one('unknown-resource', [rule('apps', ['nothings', 'deployments'])], 'object.nothing == 1'),
  one('unknown-version', [rule('apps', ['deployments'], ['v7'])], 'object.nothing == 1'),
  one('unknown-group', [rule('example.org', ['deployments'])], 'object.nothing == 1'),
  one('singular', [rule('apps', ['deployment'])], 'object.nothing == 1'),
  one(
    'eleven',
    [
      rule('', [
        'bindings',
        'configmaps',
        'endpoints',
        'events',
        'limitranges',
        'namespaces',
        'nodes',
        'pods',
        'secrets',
        'services',
        'serviceaccounts',
      ]),
    ],
    'object.nothing == 1',
  ),
  one('reviews', [rule('authorization.k8s.io', ['subjectaccessreviews'])], 'object.spec.usr == ""'),
  one('custom', [rule('example.com', ['widgets'])], 'object.spec.size > "1" || object.spec.nothing'),
  one('custom-metadata', [rule('example.com', ['widgets'])], 'object.metadata.labels["a"] == 1'),
  one('custom-free', [rule('example.com', ['widgets'])], 'object.spec.free.anything == 1'),
  one('custom-either', [rule('example.com', ['widgets'])], 'object.spec.either == 1 && object.spec.list[0] == 1'),
  one(
    'definitions',
    [rule('apiextensions.k8s.io', ['customresourcedefinitions'])],
    'object.spec.versions.all(v, v.schema.openAPIV3Schema.typ == "")',
  ),
  one('conditions', DEPLOYMENTS, 'true', { matchConditions: [{ name: 'odd', expression: 'object.nothing == 1' }] }),
  one('audit', DEPLOYMENTS, 'true', { auditAnnotations: [{ key: 'odd', valueExpression: 'string(object.nothing)' }] }),
  {
    name: 'messages',
    spec: {
      matchConstraints: { resourceRules: DEPLOYMENTS },
      validations: [
        { expression: 'object.spec.replicas < 5', messageExpression: '"not " + object.spec.replicas' },
        { expression: 'object.spec.replica < 5', messageExpression: 'string(object.spec.nothing)' },
        { expression: 'true', messageExpression: '"fine"' },
      ],
    },
  },
  {
    name: 'variables',
    spec: {
      matchConstraints: { resourceRules: DEPLOYMENTS },
      variables: VARIABLES,
      validations: [
        { expression: 'variables.containers.all(c, c.nothing == 1)' },
        { expression: 'variables.replicas == "a"' },
        { expression: 'variables.broken == "a"' },
        { expression: 'variables.again > variables.replicas' },
      ],
    },
  },
  {
    name: 'params',
    spec: {
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      matchConstraints: { resourceRules: DEPLOYMENTS },
      validations: [
        { expression: 'params.data["max"] == "5"' },
        { expression: 'params.data["max"] == 5' },
        { expression: 'params.dat["max"] == 5' },
      ],
    },
  },
  {
    name: 'params-custom',
    spec: {
      paramKind: { apiVersion: 'example.com/v1', kind: 'Widget' },
      matchConstraints: { resourceRules: DEPLOYMENTS },
      validations: [{ expression: 'params.spec.size > object.spec.replicas' }, { expression: 'params.spec.sze > 1' }],
    },
  },
  {
    name: 'params-unknown',
    spec: {
      paramKind: { apiVersion: 'example.org/v1', kind: 'Nothing' },
      matchConstraints: { resourceRules: DEPLOYMENTS },
      validations: [{ expression: 'params.a.b == 1' }],
    },
  },
];

/** A custom resource that some of them are about. */
export const WIDGETS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', singular: 'widget', kind: 'Widget' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  size: { type: 'integer' },
                  free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                  either: { 'x-kubernetes-int-or-string': true },
                  list: { type: 'array', items: { type: 'string' } },
                },
              },
            },
          },
        },
      },
    ],
  },
};

const HEAD = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy' };

/** The object of a case. */
export function policyOf({ name, spec }: PolicyCase): object {
  return { ...HEAD, metadata: { name }, spec };
}

/** A status without the numbers that are drawn for types. */
export function maskedStatus(status: unknown): unknown {
  return JSON.parse(JSON.stringify(status ?? null).replace(/\b([A-Z][A-Za-z]+)\d{3,}/g, '$1NUMBER'));
}
