import { docs, SERVICE, SETTINGS, type Tree, tree, WEB } from '../tree.js';

const OTHERS = docs(
  'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec:\n  selector: {matchLabels: {app: db}}\n  template:\n    metadata: {labels: {app: db}}\n    spec: {containers: []}\n  volumeClaimTemplates:\n  - metadata: {name: data}\n',
  'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: tick}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec: {containers: []}\n',
  'apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec:\n  template:\n    spec: {containers: []}\n',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec:\n  podSelector: {matchLabels: {app: web}}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: db}}\n    - namespaceSelector: {matchLabels: {x: y}}\n  egress:\n  - to:\n    - podSelector: {}\n',
  'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: p}\nspec:\n  selector: {matchLabels: {app: web}}\n',
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: spread, labels: null}\nspec:\n  selector: {matchLabels: {app: s}}\n  template:\n    metadata: {labels: {app: s}}\n    spec:\n      affinity:\n        podAntiAffinity:\n          requiredDuringSchedulingIgnoredDuringExecution:\n          - topologyKey: h\n            labelSelector: {matchLabels: {app: s}}\n      topologySpreadConstraints:\n      - topologyKey: h\n        labelSelector: {matchLabels: {app: s}}\n',
  'apiVersion: v1\nkind: ReplicationController\nmetadata: {name: rc}\nspec: {template: {spec: {}}}\n',
  'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: ds}\n',
  'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {template: {metadata: {}}}\n',
);
const all = (name: string, text: string): Tree =>
  tree(name, `${text}resources: [a.yaml]\n`, { 'a.yaml': docs(WEB, SERVICE, SETTINGS, OTHERS) });
const web = (name: string, text: string): Tree =>
  tree(name, `${text}resources: [a.yaml]\n`, { 'a.yaml': docs(WEB, SERVICE) });

/** Labels, annotations, images and numbers of replicas. */
export const LABELS: readonly Tree[] = [
  all('common labels', 'commonLabels:\n  team: red\n  n: "5"\n'),
  all('labels', 'labels:\n- pairs: {team: red}\n'),
  all('labels in templates', 'labels:\n- pairs: {team: red}\n  includeTemplates: true\n'),
  all('labels in selectors', 'labels:\n- pairs: {team: red}\n  includeSelectors: true\n'),
  all('labels in both', 'labels:\n- pairs: {team: red}\n  includeSelectors: true\n  includeTemplates: true\n'),
  all(
    'labels in fields',
    'labels:\n- pairs: {team: red}\n  fields:\n  - path: spec/extra\n    kind: Thing\n    create: true\n  - path: spec/none\n    kind: Service\n',
  ),
  web(
    'two sets of labels',
    'labels:\n- pairs: {a: one}\n- pairs: {a: two, b: three}\n  includeSelectors: true\ncommonLabels: {b: four}\n',
  ),
  web('labels without pairs', 'labels:\n- includeSelectors: true\n'),
  web('labels that read as something else', 'labels:\n- pairs: {a: "true", b: "1", c: "", d: "null", app: "0x1"}\n'),
  web('labels in a field that is no mapping', 'labels:\n- pairs: {a: b}\n  fields:\n  - path: metadata/name\n'),
  web(
    'labels through a scalar',
    'labels:\n- pairs: {a: b}\n  fields:\n  - path: spec/replicas/x\n    kind: Deployment\n',
  ),
  web('labels that contradict', 'labels:\n- pairs: {a: b}\n  fields:\n  - path: metadata/labels\n    create: false\n'),
  all('common annotations', 'commonAnnotations:\n  note: "a: b"\n  long: |\n    two\n    lines\n'),
  web('a new tag', 'images:\n- name: nginx\n  newTag: "1.27"\n'),
  web('a new name', 'images:\n- name: nginx\n  newName: mirror.example.com:5000/nginx\n'),
  web('a new name and tag', 'images:\n- name: registry.example.com:5000/team/side\n  newName: side\n  newTag: v2\n'),
  web(
    'a digest',
    'images:\n- name: nginx\n  digest: sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3\n',
  ),
  web(
    'a tag and a digest',
    'images:\n- name: nginx\n  newTag: x\n  digest: sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3\n',
  ),
  web('a longer tag', 'images:\n- name: nginx\n  tagSuffix: -alpine\n'),
  web('an image nobody uses', 'images:\n- name: ngin\n  newTag: x\n- name: side\n  newTag: y\n'),
  web('an expression for an image', 'images:\n- name: ngi.*\n  newTag: x\n- name: "reg(.*)"\n  newName: z\n'),
  web('an image without a name', 'images:\n- newTag: x\n'),
  web('image tags', 'imageTags:\n- name: nginx\n  newTag: old\n'),
  tree('images elsewhere', 'images:\n- name: a\n  newTag: n\nresources: [a.yaml]\n', {
    'a.yaml': docs(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  initContainers: [{name: i, image: a}]\n  containers: [{name: c, image: "a@sha256:ab"}, {name: d, image: "a:1"}, {name: e, image: null}, {name: f}]\n  ephemeralContainers: [{name: x, image: a}]\n  volumes:\n  - name: v\n    image: {reference: "a:2"}\n',
      'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: tick}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec: {containers: [{name: c, image: a}]}\n',
      'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {deep: {containers: [{image: a}], image: a}}\n',
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\nspec: {containers: [{image: a}]}\n',
    ),
  }),
  all('replicas', 'replicas:\n- name: web\n  count: 5\n- name: db\n  count: 0\n'),
  web('replicas of nobody', 'replicas:\n- name: eb\n  count: 5\n'),
  web('replicas and a prefix', 'namePrefix: p-\nreplicas:\n- name: web\n  count: 7\n'),
  web('replicas by the new name', 'namePrefix: p-\nreplicas:\n- name: p-web\n  count: 7\n'),
  tree('replicas in quotes', 'replicas:\n- {name: web, count: 7}\nresources: [a.yaml]\n', {
    'a.yaml': WEB.replace('replicas: 2', 'replicas: "2"'),
  }),
  {
    name: 'replicas in two levels',
    files: {
      'kustomization.yaml': 'resources: [base]\nnameSuffix: -x\nreplicas: [{name: web, count: 3}]\n',
      'base/kustomization.yaml': 'namePrefix: b-\nresources: [a.yaml]\nreplicas: [{name: web, count: 4}]\n',
      'base/a.yaml': WEB,
    },
  },
  web(
    'where things come from',
    'buildMetadata: [originAnnotations]\nconfigMapGenerator:\n- name: x\n  literals: [a=b]\n',
  ),
  {
    name: 'where things come from in levels',
    files: {
      'over/kustomization.yaml':
        'buildMetadata: [originAnnotations, transformerAnnotations]\nresources: [../base]\nnamePrefix: p-\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec: {replicas: 4}\n',
      'base/kustomization.yaml': 'buildMetadata: [managedByLabel]\nresources: [a.yaml]\nnamespace: n\n',
      'base/a.yaml': WEB,
    },
    args: ['over'],
  },
];
