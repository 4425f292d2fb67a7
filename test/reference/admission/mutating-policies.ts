import { type Case, policyCase } from './case.js';

const MAPS = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] };
const PODS = { ...MAPS, resources: ['pods'] };
const DEPLOYMENTS = { ...MAPS, apiGroups: ['apps'], resources: ['deployments'] };

function policy(
  name: string,
  expressions: readonly (readonly ['apply' | 'patch', string])[],
  more: object = {},
  rules: object[] = [MAPS],
): Case {
  const mutations = expressions.map(([type, expression]) =>
    type === 'apply'
      ? { patchType: 'ApplyConfiguration', applyConfiguration: { expression } }
      : { patchType: 'JSONPatch', jsonPatch: { expression } },
  );
  const spec = { reinvocationPolicy: 'Never', mutations, ...more };
  return policyCase('Mutating', `m-${name}`, { spec, match: { resourceRules: rules } });
}

/** Mutating policies: both kinds of patches, what they may not change, and what fails. */
export const MUTATING_POLICIES: readonly Case[] = [
  policy('label', [['apply', "Object{metadata: Object.metadata{labels: {'seen': 'yes'}}}"]]),
  policy('label-patch', [
    [
      'patch',
      "has(object.metadata.labels) ? [JSONPatch{op: 'add', path: '/metadata/labels/seen', value: 'yes'}] : [JSONPatch{op: 'add', path: '/metadata/labels', value: {'seen': 'yes'}}]",
    ],
  ]),
  policy('escaped', [
    [
      'patch',
      "[JSONPatch{op: 'add', path: '/metadata/annotations', value: {}}, JSONPatch{op: 'add', path: '/metadata/annotations/' + jsonpatch.escapeKey('example.com/team~a'), value: 'blue'}]",
    ],
  ]),
  policy('two', [
    ['apply', "Object{data: {'first': 'yes'}}"],
    ['apply', "Object{data: {'second': string(size(object.data))}}"],
  ]),
  policy('variables', [['apply', "Object{data: {'sum': variables.sum}}"]], {
    variables: [{ name: 'sum', expression: 'string(size(object.data) + 1)' }],
  }),
  policy('conditions', [['apply', "Object{data: {'seen': 'yes'}}"]], {
    matchConditions: [{ name: 'labelled', expression: 'has(object.metadata.labels)' }],
  }),
  policy('condition-fails', [['apply', "Object{data: {'seen': 'yes'}}"]], {
    matchConditions: [{ name: 'odd', expression: "object.data.none == 'x'" }],
  }),
  policy('fails', [['apply', 'Object{data: {"x": object.data.none}}']]),
  policy('fails-ignored', [['apply', 'Object{data: {"x": object.data.none}}']], { failurePolicy: 'Ignore' }),
  policy('wrong-field', [['apply', "Object{nothing: 'x'}"]]),
  policy('wrong-type', [['apply', "Object{data: {'x': 1}}"]]),
  policy('wrong-name', [['apply', "Object{metadata: Object.spec{labels: {'a': 'b'}}}"]]),
  policy('patch-nowhere', [['patch', "[JSONPatch{op: 'replace', path: '/spec/none/none', value: 1}]"]]),
  policy('patch-test-fails', [
    [
      'patch',
      "[JSONPatch{op: 'test', path: '/data/a', value: '2'}, JSONPatch{op: 'add', path: '/data/b', value: 'x'}]",
    ],
  ]),
  policy('patch-unknown', [['patch', "[JSONPatch{op: 'add', path: '/bogus', value: 'x'}]"]]),
  policy('patch-unknown-op', [['patch', "[JSONPatch{op: 'jump', path: '/data', value: 'x'}]"]]),
  policy('patch-move', [['patch', "[JSONPatch{op: 'move', from: '/data/a', path: '/data/z'}]"]]),
  policy('patch-object', [
    ['patch', "[JSONPatch{op: 'add', path: '/metadata/labels', value: Object.metadata.labels{team: 'green'}}]"],
  ]),
  policy('patch-none', [['patch', '[]']]),
  policy('replicas', [['apply', 'Object{spec: Object.spec{replicas: 2}}']], {}, [DEPLOYMENTS]),
  policy(
    'container',
    [['apply', "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'side', image: 'busybox:1.36'}]}}"]],
    {},
    [PODS],
  ),
  policy(
    'container-changed',
    [
      [
        'apply',
        "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'main', imagePullPolicy: 'Always'}]}}",
      ],
    ],
    {},
    [PODS],
  ),
  policy(
    'all-containers',
    [
      [
        'apply',
        "Object{spec: Object.spec{containers: object.spec.containers.map(c, Object.spec.containers{name: c.name, env: [Object.spec.containers.env{name: 'TEAM', value: 'blue'}]})}}",
      ],
    ],
    {},
    [PODS],
  ),
  policy(
    'atomic',
    [['apply', "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'main', command: ['true']}]}}"]],
    {},
    [PODS],
  ),
  policy('atomic-struct', [['apply', "Object{spec: Object.spec{nodeSelector: {'a': 'b'}}}"]], {}, [PODS]),
  policy('defaults', [['patch', "[JSONPatch{op: 'remove', path: '/spec/restartPolicy'}]"]], {}, [PODS]),
  policy('name', [['apply', "Object{metadata: Object.metadata{name: 'other'}}"]]),
  policy('request', [['apply', "Object{data: {'by': request.userInfo.username, 'what': request.operation}}"]]),
  policy('namespace', [['apply', "Object{data: {'in': namespaceObject.metadata.name}}"]]),
  policy('authorizer', [
    ['apply', "Object{data: {'may': string(authorizer.requestResource.check('create').allowed())}}"],
  ]),
];
