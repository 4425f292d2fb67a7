import { chartYaml, type OfferedChart } from './offer.js';

/** A chart of one server: a Deployment (or StatefulSet) and a Service, with what people set in such charts. */
export interface ServerPlan {
  readonly name: string;
  readonly description: string;
  readonly home: string;
  readonly keywords: readonly string[];
  readonly repository: string;
  /** Version of the chart, that of what it installs, day of publication; oldest first. */
  readonly versions: readonly (readonly [version: string, appVersion: string, published: string])[];
  readonly port: number;
  readonly portName: string;
  readonly stateful?: boolean;
  /** What the container is started with besides; a template. */
  readonly container?: string;
  /** More values, and more templates by their file names. */
  readonly values?: string;
  readonly templates?: Readonly<Record<string, string>>;
  readonly notes: string;
  /** The key of values that the number of pods has. */
  readonly replicas?: string;
  readonly count?: number;
}

/** All versions of a server's chart. */
export function serverCharts(plan: ServerPlan): OfferedChart[] {
  return plan.versions.map(([version, appVersion, published]) => {
    const { name, description, keywords, home } = plan;
    const facts = { name, version, appVersion, description, published, keywords, home };
    return { ...facts, files: () => filesOf(plan, facts) };
  });
}

function filesOf(plan: ServerPlan, facts: Omit<OfferedChart, 'files'>): Record<string, string> {
  const own = Object.entries(plan.templates ?? {}).map(([name, text]) => [`templates/${name}`, text]);
  return {
    'Chart.yaml': chartYaml(facts),
    'values.yaml': valuesOf(plan, facts.appVersion),
    'README.md': `# ${plan.name}\n\n${plan.description}.\n\n    helm install my-release <repository>/${plan.name}\n`,
    'templates/_helpers.tpl': helpersOf(plan.name),
    'templates/workload.yaml': workloadOf(plan),
    'templates/service.yaml': serviceOf(plan),
    'templates/serviceaccount.yaml': ACCOUNT.replaceAll('CHART', plan.name),
    'templates/NOTES.txt': plan.notes,
    ...Object.fromEntries(own),
  };
}

function valuesOf(plan: ServerPlan, appVersion: string): string {
  const { repository, port, portName, replicas = 'replicaCount', count = 1, values = '' } = plan;
  return `## Names
nameOverride: ""
fullnameOverride: ""
## Labels and annotations of every object
commonLabels: {}
commonAnnotations: {}
## The image
image:
  registry: docker.io
  repository: ${repository}
  tag: "${appVersion}"
  pullPolicy: IfNotPresent
  pullSecrets: []
## @param ${replicas} How many pods there are
${replicas.includes('.') ? `${replicas.split('.')[0]}:\n  ${replicas.split('.')[1]}` : replicas}: ${count}
## Ports of the container
containerPorts:
  ${portName}: ${port}
podLabels: {}
podAnnotations: {}
nodeSelector: {}
tolerations: []
affinity: {}
## More variables of the container
extraEnvVars: []
resources: {}
livenessProbe:
  enabled: true
readinessProbe:
  enabled: true
serviceAccount:
  create: true
  name: ""
## How the pods are reached
service:
  type: ClusterIP
  ports:
    ${portName}: ${port}
  nodePorts:
    ${portName}: ""
${values}`;
}

function helpersOf(name: string): string {
  return `{{- define "${name}.fullname" -}}
{{- $chart := .Values.nameOverride | default .Chart.Name -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $chart) (contains $chart .Release.Name) -}}
{{- .Values.fullnameOverride | default $full | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "${name}.selector" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name }}
{{- end -}}

{{- define "${name}.labels" -}}
{{ include "${name}.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "${name}.account" -}}
{{- .Values.serviceAccount.name | default (ternary (include "${name}.fullname" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}
`;
}

const ACCOUNT = `{{- if .Values.serviceAccount.create }}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "CHART.account" . }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "CHART.labels" . | nindent 4 }}
automountServiceAccountToken: false
{{- end }}
`;

function workloadOf({ name, portName, stateful, container = '', replicas = 'replicaCount' }: ServerPlan): string {
  const kind = stateful ? 'StatefulSet' : 'Deployment';
  return `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: {{ include "${name}.fullname" . }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "${name}.labels" . | nindent 4 }}
  {{- with .Values.commonAnnotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  replicas: {{ .Values.${replicas} }}
${stateful ? `  serviceName: {{ include "${name}.fullname" . }}\n` : ''}  selector:
    matchLabels: {{- include "${name}.selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "${name}.labels" . | nindent 8 }}
        {{- with .Values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .Values.podAnnotations }}
      annotations: {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ include "${name}.account" . }}
      automountServiceAccountToken: false
      {{- with .Values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      {{- range $part := list "nodeSelector" "tolerations" "affinity" }}
      {{- with index $.Values $part }}
      {{ $part }}: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- end }}
      containers:
        - name: ${name}
          image: {{ printf "%s/%s:%s" .Values.image.registry .Values.image.repository (toString .Values.image.tag) }}
          imagePullPolicy: {{ .Values.image.pullPolicy | quote }}
          ports:
            - name: ${portName}
              containerPort: {{ .Values.containerPorts.${portName} }}
${container}          {{- with .Values.extraEnvVars }}
          env: {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- if .Values.livenessProbe.enabled }}
          livenessProbe:
            tcpSocket:
              port: ${portName}
            initialDelaySeconds: 10
          {{- end }}
          {{- if .Values.readinessProbe.enabled }}
          readinessProbe:
            tcpSocket:
              port: ${portName}
            periodSeconds: 5
          {{- end }}
          {{- with .Values.resources }}
          resources: {{- toYaml . | nindent 12 }}
          {{- end }}
`;
}

function serviceOf({ name, portName }: ServerPlan): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: {{ include "${name}.fullname" . }}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "${name}.labels" . | nindent 4 }}
spec:
  type: {{ .Values.service.type }}
  ports:
    - name: ${portName}
      port: {{ .Values.service.ports.${portName} }}
      targetPort: ${portName}
      {{- if and (ne .Values.service.type "ClusterIP") .Values.service.nodePorts.${portName} }}
      nodePort: {{ .Values.service.nodePorts.${portName} }}
      {{- end }}
  selector: {{- include "${name}.selector" . | nindent 4 }}
`;
}
