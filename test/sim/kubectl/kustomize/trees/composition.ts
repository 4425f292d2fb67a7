import { docs, SERVICE, SETTINGS, type Tree, tree, WEB } from '../tree.js';

const COMPONENT = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';
const OBJECTS = docs(
  WEB,
  SERVICE,
  SETTINGS.replace(
    '  color: blue\n',
    '  color: blue\n  url: http://host:80/path\n  app.json: |-\n    {"a": {"b": "c"}, "l": [1]}\n  app.yaml: |\n    a:\n      b: c\n',
  ),
);

function replace(name: string, text: string, files: Readonly<Record<string, string>> = {}): Tree {
  return tree(name, `resources: [a.yaml]\nreplacements:\n${text}`, { 'a.yaml': OBJECTS, ...files });
}

const COLOR = '- source: {kind: ConfigMap, name: settings, fieldPath: data.color}\n  targets:\n';
const to = (paths: string, more = ''): string => `  - select: {kind: Deployment}\n    fieldPaths: [${paths}]\n${more}`;

function vars(name: string, text: string, value: string): Tree {
  const web = WEB.replace('value: plain', `value: ${value}`);
  return tree(name, `resources: [a.yaml]\n${text}`, { 'a.yaml': docs(web, SERVICE) });
}

const SERVICE_VAR = 'vars:\n- name: SVC\n  objref: {kind: Service, name: web, apiVersion: v1}\n';

/** Components, replacements and vars. */
export const COMPOSITION: readonly Tree[] = [
  {
    name: 'a component',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [comp]\nnamePrefix: p-\n',
      'a.yaml': WEB,
      'comp/kustomization.yaml': `${COMPONENT}resources: [s.yaml]\nnameSuffix: -c\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {replicas: 6}\nconfigMapGenerator:\n- name: cfg\n  literals: [a=b]\n`,
      'comp/s.yaml': SERVICE,
    },
  },
  {
    name: 'two components',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [c, d]\n',
      'a.yaml': WEB,
      'c/kustomization.yaml': `${COMPONENT}labels:\n- pairs: {c: "1"}\n`,
      'd/kustomization.yaml': `${COMPONENT}commonAnnotations: {d: "1"}\ncomponents: [e]\n`,
      'd/e/kustomization.yaml': `${COMPONENT}namespace: e\n`,
    },
  },
  {
    name: 'a component without its kind',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [c]\n',
      'a.yaml': WEB,
      'c/kustomization.yaml': 'namePrefix: x-\n',
    },
  },
  {
    name: 'a component among resources',
    files: {
      'kustomization.yaml': 'resources: [a.yaml, c]\n',
      'a.yaml': WEB,
      'c/kustomization.yaml': `${COMPONENT}namePrefix: x-\n`,
    },
  },
  {
    name: 'a component that is not there',
    files: { 'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [c]\n', 'a.yaml': WEB },
  },
  {
    name: 'a component that is a file',
    files: { 'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [a.yaml]\n', 'a.yaml': WEB },
  },
  {
    name: 'a component with a mistake',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [c]\n',
      'a.yaml': WEB,
      'c/kustomization.yaml': `${COMPONENT}resources: [x.yaml]\n`,
    },
  },
  {
    name: 'a component of another version',
    files: {
      'kustomization.yaml': 'components: [c]\n',
      'c/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Component\nnamePrefix: a\n',
    },
  },
  {
    name: 'a mistake two levels down',
    files: {
      'kustomization.yaml': 'resources: [a]\n',
      'a/kustomization.yaml': 'resources: [b]\n',
      'a/b/kustomization.yaml': 'resource: [c]\n',
    },
  },
  {
    name: 'a missing file two levels down',
    files: {
      'kustomization.yaml': 'resources: [a]\n',
      'a/kustomization.yaml': 'resources: [b]\n',
      'a/b/kustomization.yaml': 'resources: [c.yaml]\n',
    },
  },
  replace(
    'a value',
    COLOR + to('metadata.labels.app, "spec.template.spec.containers.[name=nginx].env.[name=MODE].value"'),
  ),
  replace('a name', `- source: {kind: Service, name: web}\n  targets:\n${to('metadata.labels.app')}`),
  replace('every item', COLOR + to('spec.template.spec.containers.*.image')),
  replace('an item by number', COLOR + to('spec.template.spec.containers.1.image')),
  replace('an item that is not there', COLOR + to('spec.template.spec.containers.7.image')),
  replace('a field that is not there', COLOR + to('spec.none')),
  replace('an item by a name nobody has', COLOR + to('"spec.template.spec.containers.[name=db].image"')),
  replace(
    'a field that is made',
    COLOR +
      to(
        'metadata.annotations.color, "spec.template.spec.containers.[name=new].image"',
        '    options: {create: true}\n',
      ),
  ),
  replace(
    'part of a text',
    '- source: {kind: ConfigMap, name: settings, fieldPath: data.url, options: {delimiter: "/", index: 2}}\n  targets:\n' +
      to('"spec.template.spec.containers.[name=nginx].image"', '    options: {delimiter: ":", index: 1}\n'),
  ),
  replace(
    'a part before and after',
    COLOR +
      to('"spec.template.spec.containers.[name=nginx].image"', '    options: {delimiter: ":", index: -1}\n') +
      to('"spec.template.spec.containers.[name=side].image"', '    options: {delimiter: "/", index: 9}\n'),
  ),
  replace(
    'a part that is not there',
    '- source: {kind: ConfigMap, name: settings, fieldPath: data.url, options: {delimiter: "/", index: 9}}\n  targets:\n' +
      to('metadata.labels.app'),
  ),
  replace(
    'a mapping',
    `- source: {kind: Service, name: web, fieldPath: spec.selector}\n  targets:\n${to('spec.selector.matchLabels')}`,
  ),
  replace(
    'a number into a text',
    '- source: {kind: Service, name: web, fieldPath: spec.ports.0.port}\n  targets:\n' +
      to('metadata.labels.app, spec.replicas'),
  ),
  replace('text into a number', COLOR + to('spec.replicas')),
  replace('inside JSON', `${COLOR}  - select: {kind: ConfigMap}\n    fieldPaths: ["data.app\\\\.json.a.b"]\n`),
  replace('inside YAML', `${COLOR}  - select: {kind: ConfigMap}\n    fieldPaths: ["data.app\\\\.yaml.a.b"]\n`),
  replace(
    'rejected targets',
    `${COLOR}  - select: {name: web}\n    reject:\n    - kind: Service\n    fieldPaths: [metadata.name]\n`,
  ),
  replace(
    'targets by label',
    `${COLOR}  - select: {labelSelector: app=web}\n    fieldPaths: [spec.x]\n    options: {create: true}\n`,
  ),
  replace('a fixed value', `- sourceValue: fixed\n  targets:\n${to('metadata.labels.app')}`),
  replace('two sources', `- sourceValue: fixed\n  source: {kind: Service}\n  targets:\n${to('metadata.labels.app')}`),
  replace('no source', `- targets:\n${to('metadata.labels.app')}`),
  replace('no targets', '- source: {kind: Service}\n'),
  replace('no selection', '- source: {kind: Service}\n  targets:\n  - fieldPaths: [a]\n'),
  replace(
    'nothing selected',
    `- source: {kind: Secret, name: none, fieldPath: a.b}\n  targets:\n${to('metadata.labels.app')}`,
  ),
  replace('too much selected', `- source: {name: web}\n  targets:\n${to('metadata.labels.app')}`),
  replace(
    'a source field that is not there',
    `- source: {kind: Service, name: web, fieldPath: spec.none}\n  targets:\n${to('metadata.labels.app')}`,
  ),
  replace('a replacement in a file', '- path: r.yaml\n', {
    'r.yaml': `source: {kind: ConfigMap, name: settings, fieldPath: data.color}\ntargets:\n- select: {kind: Deployment}\n  fieldPaths: [metadata.labels.app]\n`,
  }),
  replace('a replacement file that is not there', '- path: r.yaml\n'),
  vars('a var', SERVICE_VAR, '"http://$(SVC):80/$$(SVC)/$(OTHER)"'),
  vars('a var and a prefix', `namePrefix: p-\n${SERVICE_VAR}`, '$(SVC)'),
  vars(
    'a var of a number',
    'vars:\n- name: N\n  objref: {kind: Deployment, name: web, apiVersion: apps/v1}\n  fieldref: {fieldPath: spec.replicas}\n',
    '$(N)',
  ),
  vars(
    'a var by index',
    'vars:\n- name: N\n  objref: {kind: Deployment, name: web, apiVersion: apps/v1}\n  fieldref: {fieldPath: "spec.template.spec.containers[0].image"}\n',
    'x-$(N)',
  ),
  vars('a var nobody uses', SERVICE_VAR, 'plain'),
  vars('a var of nothing', 'vars:\n- name: SVC\n  objref: {kind: Service, name: none, apiVersion: v1}\n', '$(SVC)'),
  vars(
    'a var of a field that is not there',
    'vars:\n- name: SVC\n  objref: {kind: Service, name: web, apiVersion: v1}\n  fieldref: {fieldPath: spec.none}\n',
    '$(SVC)',
  ),
  vars(
    'the same var twice',
    `${SERVICE_VAR}- name: SVC\n  objref: {kind: Service, name: web, apiVersion: v1}\n`,
    '$(SVC)',
  ),
];
