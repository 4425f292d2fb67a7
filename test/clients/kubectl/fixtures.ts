/** Files in the directory where the transcripts are played. */
export const FIXTURES: Readonly<Record<string, string>> = {
  'bad.yaml': 'apiVersion: v1\nkind: Pod\n  metadata:\n name: x\n',
  'bare.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: bare\ndata:\n  a: b\n',
  'base/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: built\ndata:\n  from: base\n',
  'base/kustomization.yaml':
    'resources:\n- cm.yaml\nnamePrefix: my-\nlabels:\n- pairs: {team: a}\nconfigMapGenerator:\n- name: made\n  literals: [a=b]\n',
  'broken.json': '{"apiVersion": "v1", "kind": ',
  'cm.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  color: blue\n  text: |\n    one\n    two\n',
  'cm2.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  color: green\n',
  'columns.txt': 'NAME           APP\nmetadata.name  metadata.labels.app\n',
  'custom-bad.yaml': 'image: alpine\n',
  'custom.yaml': 'env:\n- {name: B, value: c}\nsecurityContext: {runAsUser: 0}\n',
  'dep.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n  labels: {app: api}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: api}}\n  template:\n    metadata: {labels: {app: api}}\n    spec:\n      containers:\n      - name: main\n        image: nginx:1.25\n        ports:\n        - containerPort: 80\n',
  'dep2.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  replicas: 3\n  selector: {matchLabels: {app: api}}\n  template:\n    metadata: {labels: {app: api}}\n    spec:\n      containers:\n      - name: main\n        image: nginx:1.26\n      - name: side\n        image: busybox\n',
  'env.txt': 'A=1\nB=two\n# no\n\nC=x=y\n',
  'ghost.yaml': 'apiVersion: example.com/v1\nkind: Ghost\nmetadata:\n  name: g\n',
  'jsonpath.txt': '{.metadata.name}{"\\n"}',
  'nokind.yaml': 'metadata:\n  name: x\n',
  'pair.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n',
  'pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {app: web}\nspec:\n  containers:\n  - name: main\n    image: nginx\n    env:\n    - {name: A, value: b}\n    resources:\n      requests: {cpu: 100m, memory: 64Mi}\n      limits: {memory: 128Mi}\n',
  'policy.yaml':
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny\nspec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: api}}\n    ports:\n    - port: 80\n',
  'typo.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: typo\ndatta:\n  a: b\n',
  // A pair made for these tests; nothing else knows it.
  'tls.crt':
    '-----BEGIN CERTIFICATE-----\nMIIBhDCCASmgAwIBAgIULXWxWY5iULeB5TVOvznaWF30KT4wCgYIKoZIzj0EAwIw\nFjEUMBIGA1UEAwwLZXhhbXBsZS5jb20wIBcNMjYxMTIxMDUzMjMwWhgPMjEyNjEw\nMjgwNTMyMzBaMBYxFDASBgNVBAMMC2V4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYI\nKoZIzj0DAQcDQgAEDu9KRKlrhIFI1Ib7zzToD4hGEtY1WsHP6BBcDBVO3rA7SvPF\nB+mHTovOYPy40Qpm8pdv+97UVnuEcNyisSGrgKNTMFEwHQYDVR0OBBYEFGIMulru\nW/+yu2IfvekGeFsQpQYsMB8GA1UdIwQYMBaAFGIMulruW/+yu2IfvekGeFsQpQYs\nMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAIR9Gt39P5Dy/h3p\nap+Mt3WZZUlibFuZ2P9wgKQNLbS4AiEAnrJfIsMvlwWkgNHQiGggDqSclZui86sB\nrPx9Y8fZkWI=\n-----END CERTIFICATE-----\n',
  'tls.key':
    '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2HlKmAF78a6yOpLQ\nT8LRbZXIfEkudbFkCp4Gn1E7/8qhRANCAAQO70pEqWuEgUjUhvvPNOgPiEYS1jVa\nwc/oEFwMFU7esDtK88UH6YdOi85g/LjRCmbyl2/73tRWe4Rw3KKxIauA\n-----END PRIVATE KEY-----\n',
  'two.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: two\n  labels: {app: two}\nspec:\n  initContainers:\n  - name: first\n    image: busybox\n  containers:\n  - name: a\n    image: nginx\n  - name: b\n    image: busybox\n    volumeMounts:\n    - {name: data, mountPath: /data}\n  volumes:\n  - name: data\n    emptyDir: {}\n',
};
