import { docs, SERVICE, SETTINGS, type Tree, tree, WEB } from '../tree.js';

const OBJECTS = docs(
  WEB,
  WEB.replaceAll('web', 'api').replace('  labels:\n', '  annotations: {tier: back}\n  labels:\n    tier: back\n'),
  SERVICE,
  SETTINGS,
);
const patch = (name: string, text: string, files: Readonly<Record<string, string>> = {}): Tree =>
  tree(name, `resources: [a.yaml]\n${text}`, { 'a.yaml': OBJECTS, ...files });

/** A strategic patch of the deployment, inline; its lines follow `spec:` or what `head` says. */
function strategic(
  name: string,
  body: string,
  head = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n',
): Tree {
  const text = `${head}${body}`.replace(/^/gm, '    ').trimEnd();
  return patch(name, `patches:\n- patch: |-\n${text}\n`);
}

function json(name: string, operations: string, target = '{kind: Deployment, name: web}'): Tree {
  return patch(name, `patches:\n- target: ${target}\n  patch: |-\n${operations.replace(/^/gm, '    ').trimEnd()}\n`);
}

const POD = 'spec:\n  template:\n    spec:\n';

/** Patches, strategic and JSON. */
export const PATCHES: readonly Tree[] = [
  strategic('more replicas', 'spec:\n  replicas: 5\n'),
  strategic('another image', `${POD}      containers:\n      - name: nginx\n        image: nginx:2\n`),
  strategic('a container more', `${POD}      containers:\n      - name: log\n        image: log:1\n`),
  strategic('a container less', `${POD}      containers:\n      - name: side\n        $patch: delete\n`),
  strategic(
    'other containers',
    `${POD}      containers:\n      - name: only\n        image: only\n      - $patch: replace\n`,
  ),
  strategic('no containers', `${POD}      containers:\n      - $patch: delete\n`),
  strategic(
    'a variable more',
    `${POD}      containers:\n      - name: nginx\n        env:\n        - name: EXTRA\n          value: "1"\n        - name: MODE\n          value: fancy\n`,
  ),
  strategic(
    'a port more',
    `${POD}      containers:\n      - name: nginx\n        ports:\n        - containerPort: 80\n          protocol: UDP\n        - containerPort: 443\n`,
  ),
  strategic(
    'a port with a name',
    `${POD}      containers:\n      - name: nginx\n        ports:\n        - containerPort: 80\n          name: http\n`,
  ),
  strategic('a field less', 'spec:\n  replicas: null\n'),
  strategic(
    'a label less',
    'spec:\n  template:\n    metadata:\n      labels:\n        app: null\n        new: label\n',
  ),
  strategic(
    'another mapping',
    'spec:\n  strategy:\n    $patch: replace\n    type: Recreate\n  selector:\n    $patch: replace\n    matchLabels: {x: y}\n',
  ),
  strategic('a mapping less', 'spec:\n  selector:\n    $patch: delete\n'),
  strategic('the whole object less', '$patch: delete\n'),
  strategic(
    'nulls in what is new',
    `${POD}      securityContext:\n        runAsUser: null\n        runAsGroup: 5\n      affinity: null\n`,
  ),
  strategic(
    'lists that are replaced',
    `${POD}      tolerations:\n      - key: a\n      containers:\n      - name: nginx\n        args: [a, b]\n        command: [c]\n`,
  ),
  strategic(
    'finalizers',
    'spec: {}\n',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  finalizers: [a/b]\n  labels: {more: "1"}\n',
  ),
  strategic(
    'volumes and mounts',
    `${POD}      volumes:\n      - name: v\n        emptyDir: {}\n      containers:\n      - name: nginx\n        volumeMounts:\n        - mountPath: /v\n          name: v\n`,
  ),
  strategic(
    'ports of a service',
    'spec:\n  ports:\n  - port: 80\n    targetPort: 9090\n  - port: 443\n',
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n',
  ),
  strategic('a directive nobody knows', 'spec:\n  $patch: forget\n'),
  strategic('a list for a mapping', 'spec:\n  selector: [a]\n'),
  strategic('text for a list of containers', `${POD}      containers: none\n`),
  strategic(
    'an object that is not there',
    'spec: {}\n',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: db}\n',
  ),
  strategic(
    'another version of a kind',
    'spec: {}\n',
    'apiVersion: apps/v1beta1\nkind: Deployment\nmetadata: {name: web}\n',
  ),
  strategic(
    'another namespace',
    'spec: {}\n',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: x}\n',
  ),
  patch('a patch in a file', 'patches:\n- path: p.yaml\n', {
    'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  color: red\n  size: "3"\n',
  }),
  patch('two patches in a file', 'patches:\n- path: p.yaml\n', {
    'p.yaml': docs(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {color: red}\n',
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: NodePort}\n',
    ),
  }),
  patch('two patches for one target', 'patches:\n- path: p.yaml\n  target: {kind: Deployment}\n', {
    'p.yaml': docs(
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n',
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n',
    ),
  }),
  patch('a patch that is not there', 'patches:\n- path: p.yaml\n'),
  patch('a patch that is no patch', 'patches:\n- path: p.yaml\n', { 'p.yaml': 'spec:\n  replicas: 3\n' }),
  patch('a patch that is no YAML', 'patches:\n- patch: "a: [b"\n'),
  patch('a patch without words', 'patches:\n- target: {kind: Deployment}\n'),
  patch('an empty patch', 'patches:\n- path: p.yaml\n', { 'p.yaml': '' }),
  patch('a patch both ways', 'patches:\n- path: p.yaml\n  patch: "a: b"\n', { 'p.yaml': SETTINGS }),
  ...[
    '{kind: Deployment}',
    '{kind: Deploy.*, name: a.*}',
    '{name: web}',
    '{labelSelector: "app=web"}',
    '{labelSelector: "tier in (back, front),app!=web"}',
    '{annotationSelector: tier=back}',
    '{group: apps, version: v1}',
    '{kind: Deployment, namespace: default}',
    '{kind: Nothing}',
    '{kind: "Depl("}',
    '{name: "*"}',
    '{labelSelector: "a in b"}',
  ].map((target) =>
    patch(
      `a target ${target}`,
      `patches:\n- target: ${target}\n  patch: |-\n    apiVersion: any/v1\n    kind: Any\n    metadata:\n      name: any\n      annotations: {patched: "yes"}\n`,
    ),
  ),
  patch(
    'another name',
    'patches:\n- target: {kind: Deployment, name: web}\n  options: {allowNameChange: true}\n  patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: renamed}\n',
  ),
  patch(
    'another kind of object',
    'patches:\n- target: {kind: Deployment, name: web}\n  options: {allowKindChange: true, allowNameChange: true}\n  patch: |-\n    apiVersion: apps/v1\n    kind: StatefulSet\n    metadata: {name: web}\n',
  ),
  patch(
    'another name without leave',
    'patches:\n- target: {kind: Deployment, name: web}\n  patch: |-\n    apiVersion: apps/v1\n    kind: StatefulSet\n    metadata: {name: renamed, namespace: x}\n',
  ),
  json('json: replace', '- op: replace\n  path: /spec/replicas\n  value: 7\n'),
  json(
    'json: add and remove',
    '- op: add\n  path: /spec/template/spec/containers/-\n  value: {name: x, image: y}\n- op: remove\n  path: /spec/template/spec/containers/0\n- op: add\n  path: /metadata/annotations/a.b~1c\n  value: "1"\n',
  ),
  json(
    'json: move, copy, test',
    '- {op: test, path: /spec/replicas, value: 2}\n- {op: copy, from: /metadata/labels, path: /metadata/annotations}\n- {op: move, from: /spec/replicas, path: /spec/minReadySeconds}\n',
  ),
  json('json: in brackets', '[{"op": "replace", "path": "/spec/replicas", "value": 8}]\n'),
  json('json: a name', '- {op: replace, path: /metadata/name, value: other}\n'),
  json('json: a path that is not there', '- {op: replace, path: /spec/none, value: 1}\n'),
  json('json: remove what is not there', '- {op: remove, path: /spec/none}\n'),
  json('json: add below nothing', '- {op: add, path: /spec/a/b, value: 1}\n'),
  json('json: a number too high', '- {op: remove, path: /spec/template/spec/containers/5}\n'),
  json('json: a test that fails', '- {op: test, path: /spec/replicas, value: 3}\n'),
  json('json: an operation nobody knows', '- {op: increase, path: /spec/replicas}\n'),
  json(
    'json: numbers and words',
    '- {op: add, path: /spec/x, value: {a: "5", b: 5, c: 1.5, d: true, e: "true", f: null, g: "", h: [1, "1"], i: 100000000}}\n',
  ),
  patch('json: without a target', 'patches:\n- patch: |-\n    - {op: remove, path: /spec}\n'),
  patch('json: a file for all deployments', 'patches:\n- path: p.json\n  target: {kind: Deployment}\n', {
    'p.json': '[{"op":"add","path":"/spec/paused","value":true}]',
  }),
  patch(
    'the older strategic way',
    'patchesStrategicMerge:\n- p.yaml\n- |-\n  apiVersion: v1\n  kind: Service\n  metadata: {name: web}\n  spec: {type: NodePort}\n',
    { 'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n' },
  ),
  patch('the older strategic way without the file', 'patchesStrategicMerge: [p.yaml]\n'),
  patch('the older strategic way without the object', 'patchesStrategicMerge: [p.yaml]\n', {
    'p.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: none}\n',
  }),
  patch('the older strategic way with bad text', 'patchesStrategicMerge: [p.yaml]\n', { 'p.yaml': 'a: [\n' }),
  patch(
    'the older JSON way',
    'patchesJson6902:\n- target: {group: apps, version: v1, kind: Deployment, name: web}\n  patch: |-\n    - {op: replace, path: /spec/replicas, value: 9}\n- target: {version: v1, kind: Service, name: web}\n  path: p.yaml\n',
    { 'p.yaml': '- op: add\n  path: /spec/type\n  value: NodePort\n' },
  ),
  patch('the older JSON way without a name', 'patchesJson6902:\n- target: {kind: Deployment}\n  patch: "[]"\n'),
  patch('the older JSON way without a patch', 'patchesJson6902:\n- target: {kind: Deployment, name: web}\n'),
  patch('the older JSON way, empty', 'patchesJson6902:\n- target: {kind: Deployment, name: web}\n  patch: "[]"\n'),
  {
    name: 'a patch after a prefix',
    files: {
      'over/kustomization.yaml':
        'resources: [../base]\nnamePrefix: o-\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {replicas: 3}\n- target: {name: b-web, kind: Deployment}\n  patch: |-\n    - {op: add, path: /spec/paused, value: true}\n',
      'base/kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: b-\n',
      'base/a.yaml': WEB,
    },
    args: ['over'],
  },
  tree(
    'a patch of an unknown kind',
    'resources: [a.yaml]\npatches:\n- patch: |-\n    apiVersion: example.com/v1\n    kind: Thing\n    metadata: {name: t, finalizers: [b]}\n    spec: {list: [{name: a, x: 2}], map: {b: 2}}\n',
    {
      'a.yaml':
        'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t, finalizers: [a]}\nspec: {list: [{name: a, y: 1}, {name: b}], map: {a: 1}}\n',
    },
  ),
];
