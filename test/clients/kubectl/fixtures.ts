/** Files in the directory where the transcripts are played. */
export const FIXTURES: Readonly<Record<string, string>> = {
  'bad.yaml': 'apiVersion: v1\nkind: Pod\n  metadata:\n name: x\n',
  'broken.json': '{"apiVersion": "v1", "kind": ',
  'cm.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  color: blue\n  text: |\n    one\n    two\n',
  'cm2.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  color: green\n',
  'dep.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n  labels: {app: api}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: api}}\n  template:\n    metadata: {labels: {app: api}}\n    spec:\n      containers:\n      - name: main\n        image: nginx:1.25\n        ports:\n        - containerPort: 80\n',
  'dep2.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  replicas: 3\n  selector: {matchLabels: {app: api}}\n  template:\n    metadata: {labels: {app: api}}\n    spec:\n      containers:\n      - name: main\n        image: nginx:1.26\n      - name: side\n        image: busybox\n',
  'env.txt': 'A=1\nB=two\n# no\n\nC=x=y\n',
  'ghost.yaml': 'apiVersion: example.com/v1\nkind: Ghost\nmetadata:\n  name: g\n',
  'nokind.yaml': 'metadata:\n  name: x\n',
  'pair.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n',
  'pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {app: web}\nspec:\n  containers:\n  - name: main\n    image: nginx\n    env:\n    - {name: A, value: b}\n    resources:\n      requests: {cpu: 100m, memory: 64Mi}\n      limits: {memory: 128Mi}\n',
  'policy.yaml':
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny\nspec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: api}}\n    ports:\n    - port: 80\n',
  'typo.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: typo\ndatta:\n  a: b\n',
  'two.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: two\n  labels: {app: two}\nspec:\n  initContainers:\n  - name: first\n    image: busybox\n  containers:\n  - name: a\n    image: nginx\n  - name: b\n    image: busybox\n    volumeMounts:\n    - {name: data, mountPath: /data}\n  volumes:\n  - name: data\n    emptyDir: {}\n',
};
