import { docs, SERVICE, SETTINGS, type Tree, tree, WEB } from '../tree.js';

const cm = (name: string, rest = ''): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${rest}`;
const only = 'resources: [a.yaml]\n';

/** Resources: files, directories, lists, order, cycles, and what cannot be read. */
export const RESOURCES: readonly Tree[] = [
  tree('one file', 'resources:\n- web.yaml\n', { 'web.yaml': WEB }),
  tree('several documents in a file', only, { 'a.yaml': docs(WEB, SERVICE, SETTINGS) }),
  tree('kinds in their order', 'resources: [a.yaml, b.yaml]\n', {
    'a.yaml': docs(
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: w}\n',
      'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\n',
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: p}\n',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: pod, namespace: b}\n',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: pod, namespace: a}\n',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\n',
      SERVICE,
    ),
    'b.yaml': docs(
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: z}\n',
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s}\n',
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\n',
      'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\n',
      'apiVersion: batch/v1\nkind: Job\nmetadata: {name: c}\n',
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n',
      'apiVersion: example.com/v1\nkind: Namespace\nmetadata: {name: z}\n',
    ),
  }),
  tree('order as it comes', 'sortOptions: {order: fifo}\nresources: [a.yaml]\n', {
    'a.yaml': docs(WEB, SERVICE, SETTINGS),
  }),
  tree(
    'an order of one’s own',
    'sortOptions:\n  order: legacy\n  legacySortOptions:\n    orderFirst: [Service]\n    orderLast: [ConfigMap]\nresources: [a.yaml]\n',
    { 'a.yaml': docs(SETTINGS, WEB, SERVICE) },
  ),
  tree('an order nobody knows', 'sortOptions: {order: random}\nresources: [a.yaml]\n', { 'a.yaml': WEB }),
  tree(
    'options for another order',
    'sortOptions: {order: fifo, legacySortOptions: {orderFirst: [Pod]}}\nresources: [a.yaml]\n',
    { 'a.yaml': WEB },
  ),
  {
    name: 'a directory by name',
    files: { 'over/kustomization.yaml': 'resources: [../base]\n', 'base/kustomization.yml': only, 'base/a.yaml': WEB },
    args: ['over'],
  },
  {
    name: 'three levels',
    files: {
      'top/kustomization.yaml': 'namePrefix: top-\nresources: [../mid]\n',
      'mid/kustomization.yaml': 'namePrefix: mid-\nnameSuffix: -m\nresources: [../low]\n',
      'low/Kustomization': 'namePrefix: low-\nresources: [a.yaml]\n',
      'low/a.yaml': docs(WEB, SERVICE),
    },
    args: ['top/'],
  },
  {
    name: 'bases',
    files: {
      'over/kustomization.yaml': 'bases: [../base]\nresources: [s.yaml]\n',
      'over/s.yaml': SETTINGS,
      'base/kustomization.yaml': only,
      'base/a.yaml': WEB,
    },
    args: ['over'],
  },
  { name: 'a cycle with itself', files: { 'kustomization.yaml': 'resources: [.]\n' } },
  {
    name: 'a cycle of two',
    files: { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n' },
    args: ['a'],
  },
  {
    name: 'the directory above',
    files: {
      'kustomization.yaml': 'resources: [x.yaml]\n',
      'a/kustomization.yaml': 'resources: [..]\n',
      'x.yaml': WEB,
    },
    args: ['a'],
  },
  tree('a list', only, {
    'a.yaml': `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {n: "1"}}\n- {apiVersion: v1, kind: Secret, metadata: {name: y}}\n`,
  }),
  tree('a list of config maps among others', only, {
    'a.yaml': docs(
      SERVICE,
      'apiVersion: v1\nkind: ConfigMapList\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: x}}\n',
    ),
  }),
  tree('an empty list', only, { 'a.yaml': 'apiVersion: v1\nkind: ConfigMapList\nitems: []\n' }),
  tree('a list without items', only, { 'a.yaml': 'apiVersion: v1\nkind: AllowList\nmetadata: {name: x}\nspec: [a]\n' }),
  tree('empty documents', only, { 'a.yaml': `---\n# nothing\n---\n${SETTINGS}---\n\n---\n` }),
  tree('comments and quotes do not stay', only, {
    'a.yaml': cm(
      'x',
      'data:\n  # why\n  a: \'one\' # here\n  b: "two"\n  c: |\n    line\n    line\n  d: >-\n    folded\n    text\n',
    ),
  }),
  tree('words that are not what they seem', only, {
    'a.yaml': cm(
      'x',
      'data:\n  a: yes\n  b: 0400\n  c: 1.0\n  d: "on"\n  e: 2024-01-02\n  f: 1e3\n  g: ~\n  h: 0o17\n  i: 1_000\n  j: 0x1F\n',
    ),
  }),
  tree('no number', only, { 'a.yaml': cm('x', 'data:\n  a: .inf\n') }),
  tree('words of other kinds', only, {
    'a.yaml': cm(
      'x',
      'data:\n  a: yes\n  b: "0400"\n  c: 1.50\n  d: no\n  e: 2024-01-02T03:04:05Z\n  f: "1e3"\n  g: null\n  h: off\n  i: "true"\n  j: y\n  k: 1:20\n  l: "1:20"\n  m: =\n  n: "-"\n  o: 12345678901234567890\n',
    ),
  }),
  tree('anchors', only, {
    'a.yaml': cm('x', 'data:\n  a: &one text\n  b: *one\nmore: &more\n  k: v\nother:\n  <<: *more\n  l: w\n'),
  }),
  tree('an alias of nothing', only, { 'a.yaml': cm('x', 'data:\n  a: *one\n') }),
  tree('annotations become text', only, {
    'a.yaml': `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n    n: 5\n    t: true\n    e: ""\n  labels:\n    n: 5\n`,
  }),
  tree('empty annotations', only, {
    'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations: {}\n  labels: {}\nspec: {}\nstatus:\n',
  }),
  tree('keys in natural order', only, {
    'a.yaml': cm('x', 'data:\n  k10: a\n  k9: a\n  k-1: a\n  K1: a\n  "1": a\n  _x: a\n  a.b: a\n'),
  }),
  tree('long and odd texts', only, {
    'a.yaml': cm(
      'x',
      `data:\n  a: "tab\\there"\n  b: " lead"\n  c: "trail "\n  d: "colon: here"\n  e: "# no comment"\n  f: "multi\\nline\\n"\n  g: "multi\\n\\n"\n  h: ""\n  i: "é ü 漢"\n  j: "<a&b>"\n  k: "quote ' and \\" both"\n  l: "${'word '.repeat(40)}"\n`,
    ),
  }),
  tree('local objects are left out', only, {
    'a.yaml': docs(
      SETTINGS,
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: gone\n  annotations:\n    config.kubernetes.io/local-config: "true"\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: stays\n  annotations:\n    config.kubernetes.io/local-config: "false"\n',
    ),
  }),
  tree('the same object twice', 'resources: [a.yaml, b.yaml]\n', { 'a.yaml': SETTINGS, 'b.yaml': SETTINGS }),
  tree('the same object twice in a file', only, { 'a.yaml': docs(SETTINGS, SETTINGS) }),
  tree('the same name in two namespaces', only, {
    'a.yaml': docs(SETTINGS, SETTINGS.replace('name: settings', 'name: settings\n  namespace: other')),
  }),
  tree('the same name in the default namespace', only, {
    'a.yaml': docs(SETTINGS, SETTINGS.replace('name: settings', 'name: settings\n  namespace: default')),
  }),
  {
    name: 'two bases with the same object',
    files: {
      'kustomization.yaml': 'resources: [a, b]\n',
      'a/kustomization.yaml': 'resources: [x.yaml]\n',
      'a/x.yaml': SETTINGS,
      'b/kustomization.yaml': 'resources: [x.yaml]\n',
      'b/x.yaml': SETTINGS,
    },
  },
  tree('a file that is not there', only),
  {
    name: 'a directory that is not there',
    files: { 'over/kustomization.yaml': 'resources: [../base/x]\n' },
    args: ['over'],
  },
  {
    name: 'a directory without a kustomization',
    files: { 'kustomization.yaml': 'resources: [base]\n', 'base/a.yaml': WEB },
  },
  { name: 'a directory that is none', files: { 'kustomization.yaml': only, 'a.yaml': WEB }, args: ['a.yaml'] },
  { name: 'nowhere', files: { 'kustomization.yaml': only, 'a.yaml': WEB }, args: ['no/where'] },
  { name: 'two directories', files: { 'kustomization.yaml': only }, args: ['a', 'b'] },
  { name: 'no directory named', files: { 'kustomization.yaml': only, 'a.yaml': WEB }, args: [] },
  { name: 'no kustomization', files: { 'a.yaml': WEB } },
  { name: 'two kustomizations', files: { 'kustomization.yaml': only, 'kustomization.yml': only, 'a.yaml': WEB } },
  {
    name: 'a file outside',
    files: { 'over/kustomization.yaml': 'resources: [../a.yaml]\n', 'a.yaml': WEB },
    args: ['over'],
  },
  {
    name: 'a file outside with leave',
    files: { 'over/kustomization.yaml': 'resources: [../a.yaml]\n', 'a.yaml': WEB },
    args: ['over', '--load-restrictor', 'LoadRestrictionsNone'],
  },
  { name: 'leave nobody knows', files: { 'kustomization.yaml': only }, args: ['.', '--load-restrictor=none'] },
  {
    name: 'a link to a file outside',
    files: { 'over/kustomization.yaml': only, 'x.yaml': WEB },
    links: { 'over/a.yaml': '../x.yaml' },
    args: ['over'],
  },
  {
    name: 'a link to a directory',
    files: {
      'over/kustomization.yaml': 'resources: [base]\n',
      'real/kustomization.yaml': only,
      'real/a.yaml': SETTINGS,
    },
    links: { 'over/base': '../real' },
    args: ['over'],
  },
  tree('an absolute path', 'resources: [/nowhere/base]\n'),
  tree('a path through a file', 'resources: [a.yaml/x]\n', { 'a.yaml': WEB }),
  tree('a repository', 'resources: ["github.com/example/repo//deploy?ref=v1"]\n'),
  tree('a repository over ssh', 'resources: ["git@example.com:team/repo.git"]\n'),
  tree('an address', 'resources: ["http://127.0.0.1:9/base.yaml"]\n'),
  tree('an address of a repository', 'resources: ["https://127.0.0.1:9/example/repo"]\n'),
  {
    name: 'a repository to build',
    files: { 'kustomization.yaml': only },
    args: ['https://github.com/example/repo.git/deploy'],
  },
  tree('no kind', only, { 'a.yaml': 'apiVersion: v1\nmetadata: {name: x}\n' }),
  tree('no name', only, { 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {labels: {b: c, a: b}}\n' }),
  tree('a number for a name', only, { 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: 5}\n' }),
  tree('no object', only, { 'a.yaml': 'just: this\n' }),
  tree('only words', only, { 'a.yaml': 'words\n' }),
  tree('only a list', only, { 'a.yaml': '- a\n- b\n' }),
  tree('bad indentation', only, { 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n spec: x\n' }),
  tree('a tab', only, { 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: p\n' }),
  tree('an open bracket', only, { 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nx: [\n' }),
  tree('an open quote', only, { 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: "p}\nx: 1\n' }),
  tree('two colons', only, { 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec: a: b\n' }),
  tree('a list in a mapping', only, { 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  - x\n' }),
  tree('a key twice', only, {
    'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  a: 1\n  b: 2\n  a: 3\n',
  }),
  tree('a bad separator', only, { 'a.yaml': `${SETTINGS}--- what\n${SERVICE}` }),
  tree('windows line ends', only, { 'a.yaml': SETTINGS.replaceAll('\n', '\r\n') }),
];
