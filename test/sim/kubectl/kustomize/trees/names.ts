import { docs, SERVICE, SETTINGS, type Tree, tree, WEB } from '../tree.js';

const RBAC = docs(
  'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: bot\nimagePullSecrets:\n- name: pull\n',
  'apiVersion: v1\nkind: Secret\nmetadata:\n  name: pull\ntype: Opaque\n',
  `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
rules:
- apiGroups: [""]
  resources: [secrets]
  resourceNames: [pull, other]
  verbs: [get]
`,
  `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: read
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
subjects:
- kind: ServiceAccount
  name: bot
- kind: ServiceAccount
  name: default
- kind: User
  name: jane
`,
  `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reader
rules: []
`,
  `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: read
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reader
subjects:
- kind: ServiceAccount
  name: bot
  namespace: tools
- kind: ServiceAccount
  name: default
  namespace: tools
`,
);

/** Everything a pod may name. */
const USER = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: web
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      serviceAccountName: bot
      priorityClassName: high
      imagePullSecrets:
      - name: pull
      initContainers:
      - name: init
        image: busybox
        envFrom:
        - configMapRef: {name: settings}
        - secretRef: {name: pull}
      containers:
      - name: db
        image: db:1
        env:
        - name: A
          valueFrom: {configMapKeyRef: {name: settings, key: color}}
        - name: B
          valueFrom: {secretKeyRef: {name: pull, key: x}}
        - name: C
          valueFrom: {configMapKeyRef: {name: elsewhere, key: x}}
      volumes:
      - name: a
        configMap: {name: settings}
      - name: b
        secret: {secretName: pull}
      - name: c
        persistentVolumeClaim: {claimName: disk}
      - name: d
        projected:
          sources:
          - configMap: {name: settings}
          - secret: {name: pull}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {storageClassName: fast}
`;

const OTHERS = docs(
  'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: disk}\nspec: {storageClassName: fast, volumeName: pv}\n',
  'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv}\nspec: {storageClassName: fast}\n',
  'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\n',
  'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: high}\nvalue: 5\n',
  'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n  maxReplicas: 3\n',
  `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/auth-secret: pull
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: web, port: {number: 80}}}
  tls:
  - hosts: [a.example.com]
    secretName: pull
  rules:
  - host: a.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend: {service: {name: web, port: {number: 80}}}
      - path: /x
        pathType: Prefix
        backend: {service: {name: other, port: {number: 80}}}
`,
  'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx}\n',
  'apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n',
  'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\n',
  'apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {name: v1.example.com}\nspec: {service: {name: web, namespace: x}}\n',
  'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: hook}\nwebhooks:\n- name: a.b.c\n  clientConfig: {service: {name: web, namespace: default}}\n',
  'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: tick}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          serviceAccountName: bot\n          containers:\n          - name: a\n            image: a\n            envFrom:\n            - configMapRef: {name: settings}\n',
  'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: {name: b}\nspec: {policyName: p}\n',
  'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: p}\n',
);

const ALL = docs(WEB, SERVICE, SETTINGS, RBAC, USER, OTHERS);
const all = (name: string, text: string): Tree => tree(name, `${text}resources: [a.yaml]\n`, { 'a.yaml': ALL });

/** Names and namespaces, and those who refer to them. */
export const NAMES: readonly Tree[] = [
  all('a prefix', 'namePrefix: dev-\n'),
  all('a suffix', 'nameSuffix: -v2\n'),
  all('both', 'namePrefix: dev-\nnameSuffix: -v2\n'),
  all('a namespace', 'namespace: team-a\n'),
  all('a namespace and a prefix', 'namespace: team-a\nnamePrefix: p-\n'),
  tree('objects with namespaces of their own', 'namespace: new\nresources: [a.yaml]\n', {
    'a.yaml': docs(WEB.replace('name: web\n', 'name: web\n  namespace: old\n'), SETTINGS),
  }),
  tree('a namespace two objects meet in', 'namespace: new\nresources: [a.yaml]\n', {
    'a.yaml': docs(
      SETTINGS.replace('name: settings', 'name: settings\n  namespace: a'),
      SETTINGS.replace('name: settings', 'name: settings\n  namespace: b'),
    ),
  }),
  tree('an object of an unknown kind', 'namespace: team-a\nnamePrefix: p-\nresources: [a.yaml]\n', {
    'a.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: t\nspec:\n  name: t\n',
  }),
  tree('a name in quotes', 'namePrefix: "1"\nresources: [a.yaml]\n', {
    'a.yaml': docs(SETTINGS.replace('name: settings', 'name: "2"'), SETTINGS.replace('name: settings', 'name: x')),
  }),
  tree('a reference to another namespace', 'namePrefix: p-\nresources: [a.yaml]\n', {
    'a.yaml': docs(SETTINGS.replace('name: settings', 'name: settings\n  namespace: other'), USER),
  }),
  {
    name: 'the same name in two bases',
    files: {
      'kustomization.yaml': 'resources: [a, b]\nnamePrefix: all-\n',
      'a/kustomization.yaml': 'namePrefix: a-\nresources: [x.yaml]\n',
      'a/x.yaml': docs(SETTINGS, USER),
      'b/kustomization.yaml': 'namePrefix: b-\nresources: [x.yaml]\n',
      'b/x.yaml': docs(SETTINGS, USER),
    },
  },
  {
    name: 'a reference across two bases',
    files: {
      'kustomization.yaml': 'resources: [a, b, u.yaml]\n',
      'u.yaml': USER,
      'a/kustomization.yaml': 'namePrefix: a-\nresources: [x.yaml]\n',
      'a/x.yaml': SETTINGS,
      'b/kustomization.yaml': 'namePrefix: b-\nresources: [x.yaml]\n',
      'b/x.yaml': SETTINGS,
    },
  },
  {
    name: 'accounts of another namespace',
    files: {
      'kustomization.yaml': 'resources: [a, b]\n',
      'a/kustomization.yaml': 'namespace: one\nnamePrefix: a-\nresources: [x.yaml]\n',
      'a/x.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: bot\n  namespace: tools\n',
      'b/kustomization.yaml': 'resources: [x.yaml]\n',
      'b/x.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: r, namespace: two}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\nsubjects:\n- {kind: ServiceAccount, name: bot, namespace: tools}\n',
    },
  },
  tree('a transformer for a prefix', 'resources: [a.yaml]\ntransformers: [t.yaml]\n', {
    'a.yaml': docs(WEB, SERVICE),
    't.yaml':
      'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: x}\nprefix: t-\nfieldSpecs:\n- path: metadata/name\n  kind: Service\n',
  }),
  tree('a transformer for a namespace', 'resources: [a.yaml]\ntransformers: [t.yaml]\n', {
    'a.yaml': docs(WEB, RBAC),
    't.yaml':
      'apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: {name: x, namespace: team}\nsetRoleBindingSubjects: allServiceAccounts\nunsetOnly: true\nfieldSpecs:\n- path: metadata/name\n  kind: Namespace\n  create: true\n',
  }),
  tree('a transformer that wants too much', 'resources: [a.yaml]\ntransformers: [t.yaml]\n', {
    'a.yaml': WEB,
    't.yaml':
      'apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: {name: x, namespace: team}\nsetRoleBindingSubjects: some\n',
  }),
  tree(
    'an inline transformer',
    'resources: [a.yaml]\ntransformers:\n- |-\n  apiVersion: builtin\n  kind: LabelTransformer\n  metadata: {name: x}\n  labels: {a: b}\n  fieldSpecs:\n  - path: metadata/labels\n    create: true\n',
    { 'a.yaml': WEB },
  ),
  tree('a transformer of somebody else', 'resources: [a.yaml]\ntransformers: [t.yaml]\n', {
    'a.yaml': WEB,
    't.yaml': 'apiVersion: example.com/v1\nkind: Mine\nmetadata: {name: x}\n',
  }),
  tree('a transformer nobody built in', 'resources: [a.yaml]\ntransformers: [t.yaml]\n', {
    'a.yaml': WEB,
    't.yaml': 'apiVersion: builtin\nkind: Mine\nmetadata: {name: x}\n',
  }),
  tree('a generator for a transformer', 'resources: [a.yaml]\ntransformers: [t.yaml]\n', {
    'a.yaml': WEB,
    't.yaml': 'apiVersion: builtin\nkind: SecretGenerator\nmetadata: {name: x}\n',
  }),
  tree('a transformer that is not there', 'resources: [a.yaml]\ntransformers: [t.yaml]\n', { 'a.yaml': WEB }),
  tree('a generator of somebody else', 'resources: [a.yaml]\ngenerators: [t.yaml]\n', {
    'a.yaml': WEB,
    't.yaml': 'apiVersion: example.com/v1\nkind: Mine\nmetadata: {name: x}\n',
  }),
  tree('a generator in a file', 'namePrefix: p-\ngenerators: [t.yaml]\n', {
    't.yaml': 'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: x, namespace: n}\nliterals: [a=b]\n',
  }),
  tree('a validator of somebody else', 'resources: [a.yaml]\nvalidators: [t.yaml]\n', {
    'a.yaml': WEB,
    't.yaml': 'apiVersion: example.com/v1\nkind: Mine\nmetadata: {name: x}\n',
  }),
  tree(
    'configurations',
    'namePrefix: p-\nresources: [a.yaml]\nconfigurations: [c.yaml]\nconfigMapGenerator:\n- name: cfg\n  literals: [a=b]\ncommonAnnotations: {x: y}\n',
    {
      'a.yaml':
        'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  config: {name: cfg}\n  notes: {}\n',
      'c.yaml':
        'nameReference:\n- kind: ConfigMap\n  version: v1\n  fieldSpecs:\n  - kind: Thing\n    path: spec/config/name\ncommonAnnotations:\n- path: spec/notes\n  create: true\n  kind: Thing\n',
    },
  ),
  tree('configurations with an unknown field', 'resources: [a.yaml]\nconfigurations: [c.yaml]\n', {
    'a.yaml': WEB,
    'c.yaml': 'names: []\n',
  }),
  tree('configurations that contradict', 'resources: [a.yaml]\nconfigurations: [c.yaml]\n', {
    'a.yaml': WEB,
    'c.yaml': 'commonLabels:\n- path: metadata/labels\n  create: false\n',
  }),
  tree('definitions', 'namePrefix: p-\nresources: [a.yaml]\ncrds: [c.json]\n', {
    'a.yaml': docs(
      SETTINGS,
      'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  config: {name: settings}\n',
    ),
    'c.json':
      '{"com.example.v1.Thing":{"Schema":{"properties":{"apiVersion":{"type":"string"},"kind":{"type":"string"},"metadata":{"type":"object"},"spec":{"$ref":"com.example.v1.Spec"}}}},"com.example.v1.Spec":{"Schema":{"properties":{"config":{"x-kubernetes-object-ref-api-version":"v1","x-kubernetes-object-ref-kind":"ConfigMap"}}}}}',
  }),
];
