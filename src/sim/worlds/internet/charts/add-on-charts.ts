import type { KubeObject } from '../../../api/object.js';
import { printYaml } from '../../../api/yaml/print.js';
import { ingressNginxObjects } from '../../add-ons/ingress-nginx.js';
import { metricsServerObjects } from '../../add-ons/metrics-server.js';
import { chartYaml, type OfferedChart } from './offer.js';

/** How an add-on's objects become templates: what is written in them for what values say. */
interface AddOnChart {
  readonly name: string;
  readonly description: string;
  readonly home: string;
  readonly versions: readonly (readonly [version: string, appVersion: string, published: string])[];
  readonly objects: () => readonly KubeObject[];
  readonly values: string;
  /** Texts of the objects, and what templates have there. */
  readonly replaced: (appVersion: string) => readonly (readonly [string | RegExp, string])[];
  readonly notes: string;
}

/** Charts that install this world's add-ons, under the addresses their projects have. */
function addOnCharts(chart: AddOnChart): OfferedChart[] {
  return chart.versions.map(([version, appVersion, published]) => {
    const { name, description, home } = chart;
    const facts = { name, version, appVersion, description, published, home };
    return { ...facts, files: () => filesOf(chart, facts) };
  });
}

function filesOf(chart: AddOnChart, facts: Omit<OfferedChart, 'files'>): Record<string, string> {
  const files: Record<string, string> = {
    'Chart.yaml': chartYaml(facts),
    'values.yaml': chart.values,
    'README.md': `# ${chart.name}\n\n${chart.description}.\n`,
    'templates/NOTES.txt': chart.notes,
  };
  for (const object of chart.objects()) {
    if (object.kind === 'Namespace') continue;
    const path = `templates/${object.kind.toLowerCase()}-${object.metadata.name}.yaml`;
    let text = templateText(object);
    for (const [from, to] of chart.replaced(facts.appVersion)) text = text.replaceAll(from as string, to);
    files[path] = text;
  }
  return files;
}

const HOOK = 'helm.sh/hook';
const DELETE = { 'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded' };

/** Braces that stood in an object's text before are no template's. */
function templateText(object: KubeObject): string {
  return printYaml(object).replaceAll('{{', '{{ "{{" }}');
}

/** ingress-nginx: the objects of its manifests; the jobs of its webhook's certificate are hooks. */
export const INGRESS_NGINX = addOnCharts({
  name: 'ingress-nginx',
  description: 'Ingress controller for Kubernetes using NGINX as a reverse proxy and load balancer',
  home: 'https://github.com/kubernetes/ingress-nginx',
  versions: [
    ['4.12.1', '1.12.1', '2025-03-24'],
    ['4.13.3', '1.13.3', '2025-09-30'],
    ['4.14.3', '1.14.3', '2026-01-10'],
    ['4.15.1', '1.15.1', '2026-01-12'],
  ],
  objects: () => ingressNginxObjects('cloud').map(hooked),
  values: `## How many controllers there are, and how they are reached
controller:
  replicaCount: 1
  ingressClassResource:
    name: nginx
    default: false
  service:
    type: LoadBalancer
`,
  replaced: (appVersion) => [
    ['v1.15.1', `v${appVersion}`],
    ['version: 1.15.1', `version: ${appVersion}`],
    [/namespace: ingress-nginx$/gm, 'namespace: {{ .Release.Namespace }}'],
    ['type: LoadBalancer', 'type: {{ .Values.controller.service.type }}'],
    [/^ {2}minReadySeconds: 0$/gm, '  minReadySeconds: 0\n  replicas: {{ .Values.controller.replicaCount }}'],
    ['--ingress-class=nginx', '--ingress-class={{ .Values.controller.ingressClassResource.name }}'],
    ['app.kubernetes.io/instance: ingress-nginx', 'app.kubernetes.io/instance: {{ .Release.Name }}'],
    [
      /(kind: IngressClass\nmetadata:\n(?: {2}.*\n)*?) {2}name: nginx$/gm,
      '$1  name: {{ .Values.controller.ingressClassResource.name }}',
    ],
  ],
  notes: `The ingress-nginx controller has been installed.
Its service: kubectl get service --namespace {{ .Release.Namespace }} ingress-nginx-controller
`,
});

function hooked(object: KubeObject): KubeObject {
  const isAdmission =
    /admission/.test(object.metadata.name ?? '') &&
    object.metadata.labels?.['app.kubernetes.io/component'] === 'admission-webhook';
  if (!isAdmission || object.kind === 'ValidatingWebhookConfiguration') return object;
  const isPatch = object.kind === 'Job' && object.metadata.name?.endsWith('patch');
  const events =
    object.kind === 'Job'
      ? isPatch
        ? 'post-install,post-upgrade'
        : 'pre-install,pre-upgrade'
      : 'pre-install,pre-upgrade,post-install,post-upgrade';
  const annotations = { ...object.metadata.annotations, [HOOK]: events, ...DELETE };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** metrics-server: the objects of its components.yaml; arguments are added by values. */
export const METRICS_SERVER = addOnCharts({
  name: 'metrics-server',
  description:
    'Metrics Server is a scalable, efficient source of container resource metrics for Kubernetes built-in autoscaling pipelines',
  home: 'https://github.com/kubernetes-sigs/metrics-server',
  versions: [
    ['3.12.2', '0.7.2', '2024-10-07'],
    ['3.13.0', '0.8.0', '2025-07-22'],
  ],
  objects: () => metricsServerObjects(['--more']),
  values: `replicas: 1
## Arguments beside the usual ones, such as --kubelet-insecure-tls
args: []
`,
  replaced: (appVersion) => [
    ['v0.8.0', `v${appVersion}`],
    [/^ {2}namespace: kube-system$/gm, '  namespace: {{ .Release.Namespace }}'],
    [/^( +)namespace: kube-system$/gm, '$1namespace: {{ .Release.Namespace }}'],
    [/^( +)- --more$/gm, '$1{{- range .Values.args }}\n$1- {{ . }}\n$1{{- end }}'],
    [/^( {2})strategy:$/gm, '$1replicas: {{ .Values.replicas }}\n$1strategy:'],
  ],
  notes: `Metrics Server {{ .Chart.AppVersion }} has been installed.
`,
});
