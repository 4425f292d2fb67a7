import { docs, SETTINGS, type Tree, tree, WEB } from '../tree.js';

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: p
spec:
  containers:
  - name: c
    image: c
    envFrom:
    - configMapRef: {name: cfg}
    - secretRef: {name: key}
  volumes:
  - name: v
    configMap: {name: cfg}
`;
const make = (name: string, text: string, files: Readonly<Record<string, string>> = {}): Tree =>
  tree(name, `resources: [p.yaml]\n${text}`, { 'p.yaml': POD, ...files });

/** Generated config maps and secrets, their hashes, and those who name them. */
export const GENERATORS: readonly Tree[] = [
  make(
    'literals',
    'configMapGenerator:\n- name: cfg\n  literals:\n  - a=b\n  - c="quoted"\n  - d=\'single\'\n  - e=x=y\n  - f=\n  - g="half\n',
  ),
  make('files', 'configMapGenerator:\n- name: cfg\n  files: [conf/app.ini, other=conf/app.ini]\n', {
    'conf/app.ini': 'a = 1\nb = <x & y>\n',
  }),
  make('variables', 'configMapGenerator:\n- name: cfg\n  envs: [a.env]\n', {
    'a.env': '# no\n\n  A=1\nB= two \nC\nD=x=y\n\tE="q"\n',
  }),
  make('one file of variables', 'configMapGenerator:\n- name: cfg\n  env: a.env\n', { 'a.env': 'A=1\r\nB=2\r\n' }),
  make('all sources', 'configMapGenerator:\n- name: cfg\n  envs: [a.env]\n  literals: [z=1]\n  files: [m.txt]\n', {
    'a.env': 'A=1\n',
    'm.txt': 'm',
  }),
  make('nothing in it', 'configMapGenerator:\n- name: cfg\nsecretGenerator:\n- name: key\n'),
  make(
    'secrets',
    'secretGenerator:\n- name: key\n  literals: [user=admin, pass=s3cret]\n- name: tls\n  type: kubernetes.io/tls\n  files: [tls.crt, tls.key]\n',
    { 'tls.crt': 'cert\n', 'tls.key': 'key\n' },
  ),
  make('a long secret', `secretGenerator:\n- name: key\n  literals: ["long=${'0123456789'.repeat(12)}"]\n`),
  make(
    'a secret of one full line',
    `secretGenerator:\n- name: key\n  literals: ["a=${'x'.repeat(51)}", "b=${'x'.repeat(52)}", "c=${'x'.repeat(54)}"]\n`,
  ),
  make('no hash', 'configMapGenerator:\n- name: cfg\n  literals: [a=b]\n  options: {disableNameSuffixHash: true}\n'),
  make(
    'options for all',
    'generatorOptions:\n  disableNameSuffixHash: true\n  labels: {all: "1"}\n  annotations: {n: m}\n  immutable: true\nconfigMapGenerator:\n- name: cfg\n  literals: [a=b]\n  options: {labels: {all: mine, own: "2"}}\nsecretGenerator:\n- name: key\n  literals: [a=b]\n',
  ),
  make('an immutable one', 'configMapGenerator:\n- name: cfg\n  literals: [a=b]\n  options: {immutable: true}\n'),
  make(
    'a prefix on generated ones',
    'namePrefix: dev-\nnameSuffix: -x\nnamespace: team\nconfigMapGenerator:\n- name: cfg\n  literals: [a=b]\nsecretGenerator:\n- name: key\n  literals: [a=b]\n',
  ),
  make('a namespace of its own', 'configMapGenerator:\n- name: cfg\n  namespace: other\n  literals: [a=b]\n'),
  make('labels on generated ones', 'labels:\n- pairs: {a: b}\nconfigMapGenerator:\n- name: cfg\n  literals: [a=b]\n'),
  make(
    'a patch on a generated one',
    'configMapGenerator:\n- name: cfg\n  literals: [a=b]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: cfg}\n    data: {c: d}\n',
  ),
  make(
    'a secret with text',
    'secretGenerator:\n- name: key\n  literals: [a=b]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: Secret\n    metadata: {name: key}\n    stringData: {c: d}\n',
  ),
  make('a generator without a name', 'configMapGenerator:\n- literals: [a=b]\n'),
  make('a literal without a value', 'configMapGenerator:\n- name: cfg\n  literals: [a]\n'),
  make('a literal without a name', 'configMapGenerator:\n- name: cfg\n  literals: [x=y, "=b"]\n'),
  make('a source that is not there', 'configMapGenerator:\n- name: cfg\n  files: [x.txt]\n'),
  make('variables that are not there', 'secretGenerator:\n- name: key\n  envs: [x.env, y.env]\n'),
  make('a source with two names', 'configMapGenerator:\n- name: cfg\n  files: [a=b=c]\n'),
  make('a source without a name', 'configMapGenerator:\n- name: cfg\n  files: ["=p.yaml"]\n'),
  make('a source without a file', 'configMapGenerator:\n- name: cfg\n  files: ["a="]\n'),
  make('a directory for a source', 'configMapGenerator:\n- name: cfg\n  files: [conf]\n', { 'conf/a': 'a' }),
  make('the same key twice', 'configMapGenerator:\n- name: cfg\n  literals: [a=b, a=c]\n'),
  make('the same one twice', 'configMapGenerator:\n- name: cfg\n  literals: [a=b]\n- name: cfg\n  literals: [a=c]\n'),
  make('one that merges into nothing', 'configMapGenerator:\n- name: cfg\n  behavior: merge\n  literals: [a=b]\n'),
  make('a behavior nobody knows', 'configMapGenerator:\n- name: cfg\n  behavior: add\n  literals: [a=b]\n'),
  ...['merge', 'replace', 'create'].map(
    (behavior): Tree => ({
      name: `a base whose config map one does ${behavior}`,
      files: {
        'over/kustomization.yaml': `resources: [../base]\nnamePrefix: p-\nconfigMapGenerator:\n- name: cfg\n  behavior: ${behavior}\n  literals: [b=new, c=3]\n  options: {labels: {x: y}}\n`,
        'base/kustomization.yaml':
          'resources: [p.yaml]\nconfigMapGenerator:\n- name: cfg\n  literals: [a=1, b=2]\n  options: {labels: {base: "yes"}, annotations: {n: m}}\n',
        'base/p.yaml': POD,
      },
      args: ['over'],
    }),
  ),
  {
    name: 'a base with a prefix whose secret one merges',
    files: {
      'over/kustomization.yaml':
        'resources: [../base]\nsecretGenerator:\n- name: key\n  behavior: merge\n  literals: [b=new]\n',
      'base/kustomization.yaml':
        'resources: [p.yaml]\nnamePrefix: b-\nsecretGenerator:\n- name: key\n  literals: [a=1]\n',
      'base/p.yaml': POD,
    },
    args: ['over'],
  },
  tree(
    'one that merges into a resource',
    'resources: [a.yaml]\nconfigMapGenerator:\n- name: settings\n  behavior: merge\n  literals: [size=5]\n',
    { 'a.yaml': docs(SETTINGS, WEB) },
  ),
];
