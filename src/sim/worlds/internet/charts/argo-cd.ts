import { chartYaml, type OfferedChart } from './offer.js';

/** Version of the chart, of Argo CD, day of publication. */
const VERSIONS = [
  ['7.7.3', 'v2.13.0', '2024-11-15'],
  ['7.8.28', 'v2.14.11', '2025-04-16'],
  ['8.0.17', 'v3.0.6', '2025-06-10'],
  ['9.1.0', 'v3.2.0', '2025-11-06'],
] as const;

const KINDS = [
  ['Application', 'applications'],
  ['ApplicationSet', 'applicationsets'],
  ['AppProject', 'appprojects'],
] as const;

/** Components with the port each serves; a set keeps its name. */
const COMPONENTS = [
  ['application-controller', 'StatefulSet', 8082],
  ['applicationset-controller', 'Deployment', 7000],
  ['notifications-controller', 'Deployment', 9001],
  ['repo-server', 'Deployment', 8081],
  ['server', 'Deployment', 8080],
] as const;

/** Argo CD: definitions of its kinds that can be left out, and its components; a chart of our own under its name. */
export const ARGO_CD: readonly OfferedChart[] = VERSIONS.map(([version, appVersion, published]) => {
  const facts = {
    name: 'argo-cd',
    version,
    appVersion,
    published,
    description: 'A Helm chart for Argo CD, a declarative, GitOps continuous delivery tool for Kubernetes',
    home: 'https://github.com/argoproj/argo-helm',
    keywords: ['argoproj', 'argocd', 'gitops'],
  };
  return { ...facts, files: () => filesOf(facts) };
});

function filesOf(facts: Omit<OfferedChart, 'files'>): Record<string, string> {
  return {
    'Chart.yaml': chartYaml(facts, 'kubeVersion: ">=1.25.0-0"\n'),
    'values.yaml': VALUES,
    'README.md': '# argo-cd\n\nSet `crds.install=false` where the definitions are there already.\n',
    'templates/_helpers.tpl': HELPERS,
    'templates/NOTES.txt': 'Argo CD {{ .Chart.AppVersion }} is in the namespace {{ include "argo-cd.namespace" . }}.\n',
    ...Object.fromEntries(
      KINDS.map(([kind, plural]) => [`templates/crds/crd-${kind.toLowerCase()}.yaml`, definition(kind, plural)]),
    ),
    ...Object.fromEntries(COMPONENTS.flatMap(([name, kind, port]) => componentFiles(name, kind, port))),
    'templates/argocd-configs/argocd-cm.yaml': CONFIG,
    'templates/argocd-configs/argocd-secret.yaml': SECRET,
    'templates/redis/deployment.yaml': REDIS,
  };
}

const VALUES = `nameOverride: argocd
fullnameOverride: ""
namespaceOverride: ""
## The definitions of Argo CD's kinds
crds:
  # Whether they are installed with the chart
  install: true
  # Whether they stay when the release goes
  keep: true
  annotations: {}
global:
  domain: argocd.example.com
  image:
    repository: quay.io/argoproj/argocd
    tag: ""
    imagePullPolicy: IfNotPresent
controller:
  replicas: 1
applicationSet:
  replicas: 1
notifications:
  enabled: true
repoServer:
  replicas: 1
server:
  replicas: 1
  service:
    type: ClusterIP
redis:
  enabled: true
configs:
  cm:
    exec.enabled: "false"
`;

const HELPERS = `{{- define "argo-cd.fullname" -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name .Values.nameOverride) (contains .Values.nameOverride .Release.Name) -}}
{{- .Values.fullnameOverride | default $full | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "argo-cd.namespace" -}}
{{- .Values.namespaceOverride | default .Release.Namespace -}}
{{- end -}}
{{- define "argo-cd.labels" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: argocd
app.kubernetes.io/version: {{ .Chart.AppVersion }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}
`;

function definition(kind: string, plural: string): string {
  return `{{- if .Values.crds.install }}
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${plural}.argoproj.io
  labels:
    app.kubernetes.io/name: ${plural}.argoproj.io
    app.kubernetes.io/part-of: argocd
  annotations:
    {{- if .Values.crds.keep }}
    "helm.sh/resource-policy": keep
    {{- end }}
    {{- with .Values.crds.annotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  group: argoproj.io
  names:
    kind: ${kind}
    listKind: ${kind}List
    plural: ${plural}
    singular: ${kind.toLowerCase()}
  scope: Namespaced
  versions:
    - name: v1alpha1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [metadata, spec]
          properties:
            spec:
              type: object
              x-kubernetes-preserve-unknown-fields: true
            status:
              type: object
              x-kubernetes-preserve-unknown-fields: true
{{- end }}
`;
}

const VALUES_KEYS: Readonly<Record<string, string>> = {
  'application-controller': 'controller.replicas',
  'applicationset-controller': 'applicationSet.replicas',
  'repo-server': 'repoServer.replicas',
  server: 'server.replicas',
};

function componentFiles(name: string, kind: string, port: number): [string, string][] {
  const folder = `templates/argocd-${name}`;
  const replicas = VALUES_KEYS[name];
  const guard = name.startsWith('notifications')
    ? ['{{- if .Values.notifications.enabled }}\n', '{{- end }}\n']
    : ['', ''];
  const head = (what: string): string => `metadata:
  name: {{ include "argo-cd.fullname" . }}-${name}
  namespace: {{ include "argo-cd.namespace" . }}
  labels:
    app.kubernetes.io/name: argocd-${what}
    {{- include "argo-cd.labels" . | nindent 4 }}
`;
  const workload = `${guard[0]}apiVersion: apps/v1
kind: ${kind}
${head(name)}spec:
  replicas: ${replicas ? `{{ .Values.${replicas} }}` : '1'}
${kind === 'StatefulSet' ? `  serviceName: {{ include "argo-cd.fullname" . }}-${name}\n` : ''}  selector:
    matchLabels:
      app.kubernetes.io/name: argocd-${name}
      app.kubernetes.io/instance: {{ .Release.Name }}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: argocd-${name}
        app.kubernetes.io/instance: {{ .Release.Name }}
    spec:
      serviceAccountName: argocd-${name}
      containers:
        - name: ${name}
          image: {{ .Values.global.image.repository }}:{{ .Values.global.image.tag | default .Chart.AppVersion }}
          imagePullPolicy: {{ .Values.global.image.imagePullPolicy }}
          args: [/usr/local/bin/argocd-${name}]
          ports:
            - name: main
              containerPort: ${port}
${guard[1]}`;
  const service = `${guard[0]}apiVersion: v1
kind: Service
${head(name)}spec:
  ${name === 'server' ? 'type: {{ .Values.server.service.type }}\n  ' : ''}ports:
    - name: main
      port: ${name === 'server' ? 80 : port}
      targetPort: main
  selector:
    app.kubernetes.io/name: argocd-${name}
    app.kubernetes.io/instance: {{ .Release.Name }}
${guard[1]}`;
  const account = `${guard[0]}apiVersion: v1
kind: ServiceAccount
${head(name).replace(/name: .*/, `name: argocd-${name}`)}automountServiceAccountToken: true
${guard[1]}`;
  return [
    [`${folder}/${kind.toLowerCase()}.yaml`, workload],
    [`${folder}/service.yaml`, service],
    [`${folder}/serviceaccount.yaml`, account],
  ];
}

const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: {{ include "argo-cd.namespace" . }}
  labels:
    app.kubernetes.io/name: argocd-cm
    {{- include "argo-cd.labels" . | nindent 4 }}
data:
  url: https://{{ .Values.global.domain }}
  {{- range $key, $value := .Values.configs.cm }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
`;

const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: argocd-secret
  namespace: {{ include "argo-cd.namespace" . }}
  labels:
    app.kubernetes.io/name: argocd-secret
    {{- include "argo-cd.labels" . | nindent 4 }}
type: Opaque
`;

const REDIS = `{{- if .Values.redis.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "argo-cd.fullname" . }}-redis
  namespace: {{ include "argo-cd.namespace" . }}
  labels:
    app.kubernetes.io/name: argocd-redis
    {{- include "argo-cd.labels" . | nindent 4 }}
spec:
  replicas: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: argocd-redis
  template:
    metadata:
      labels:
        app.kubernetes.io/name: argocd-redis
    spec:
      containers:
        - name: redis
          image: docker.io/library/redis:7.4.2-alpine
          ports:
            - name: redis
              containerPort: 6379
{{- end }}
`;
