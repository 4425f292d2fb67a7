import type { KubeObject } from '../../api/object.js';
import type { AddOn } from './add-on.js';
import { autoscalerDefinitions } from './vertical-pod-autoscaler/definitions.js';
import { autoscalerRights } from './vertical-pod-autoscaler/rights.js';

const VERSION = '1.8.1';
const NAMESPACE = 'kube-system';
const SECRET = 'vpa-tls-certs';
const CERTGEN = 'vpa-admission-certgen';
const WEBHOOK = 'vpa-webhook';

/**
 * The Vertical Pod Autoscaler v1.8.1 as vpa-up.sh installs it (deploy of its release). That has the admission controller's
 * certificates made by openssl on the computer of who installs it; here a Job makes them, as in its chart.
 */
export const verticalPodAutoscaler: AddOn = {
  name: 'vertical-pod-autoscaler',
  objects: () => [
    ...autoscalerDefinitions(),
    ...autoscalerRights(),
    ...certificates(),
    updater(),
    recommender(),
    admissionController(),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: WEBHOOK, namespace: NAMESPACE },
      spec: { ports: [{ port: 443, targetPort: 8000 }], selector: { app: 'vpa-admission-controller' } },
    },
  ],
};

function updater(): KubeObject {
  return deployment('vpa-updater', {}, { ...container('updater', 8943), env: [ownNamespace()] });
}

function recommender(): KubeObject {
  const labels = {
    'app.kubernetes.io/component': 'recommender',
    'app.kubernetes.io/name': 'vertical-pod-autoscaler',
  };
  return deployment('vpa-recommender', labels, container('recommender', 8942));
}

function admissionController(): KubeObject {
  const folder = '/etc/tls-certs';
  const files = [`--client-ca-file=${folder}/ca`, `--tls-cert-file=${folder}/cert`, `--tls-private-key=${folder}/key`];
  const plain = container('admission-controller', 8944);
  const own = {
    ...plain,
    args: ['--v=4', '--stderrthreshold=info', '--reload-cert', ...files],
    env: [ownNamespace()],
    ports: [{ containerPort: 8000 }, ...plain.ports],
    resources: { limits: { cpu: '200m', memory: '500Mi' }, requests: { cpu: '50m', memory: '200Mi' } },
    volumeMounts: [{ name: 'tls-certs', mountPath: folder, readOnly: true }],
  };
  const volumes = [{ name: 'tls-certs', secret: { secretName: SECRET } }];
  return deployment('vpa-admission-controller', {}, own, { volumes });
}

function container(name: string, port: number) {
  const probe = {
    failureThreshold: 3,
    httpGet: { path: '/health-check', port: 'prometheus', scheme: 'HTTP' },
    periodSeconds: 10,
  };
  return {
    name,
    image: `registry.k8s.io/autoscaling/vpa-${name}:${VERSION}`,
    imagePullPolicy: 'IfNotPresent',
    resources: { limits: { cpu: '200m', memory: '1000Mi' }, requests: { cpu: '50m', memory: '500Mi' } },
    ports: [{ name: 'prometheus', containerPort: port }],
    livenessProbe: { ...probe, initialDelaySeconds: 5 },
    readinessProbe: probe,
  };
}

function ownNamespace(): object {
  return { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } };
}

function deployment(
  name: string,
  labels: Readonly<Record<string, string>>,
  own: object,
  more: object = {},
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...labels } },
        spec: {
          serviceAccountName: name,
          securityContext: { runAsNonRoot: true, runAsUser: 65534 },
          containers: [own],
          ...more,
        },
      },
    },
  } as KubeObject;
}

/** What makes the Secret that the admission controller's certificate is in. */
function certificates(): KubeObject[] {
  const metadata = { name: CERTGEN, namespace: NAMESPACE };
  const rbac = 'rbac.authorization.k8s.io';
  const args = ['create', `--host=${WEBHOOK},${WEBHOOK}.${NAMESPACE}.svc`, `--namespace=${NAMESPACE}`];
  const create = {
    name: 'create',
    image: 'registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.6.5',
    imagePullPolicy: 'IfNotPresent',
    args: [...args, `--secret-name=${SECRET}`],
  };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'create'] }],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name: CERTGEN },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata,
      spec: {
        template: {
          metadata: { name: CERTGEN },
          spec: { restartPolicy: 'OnFailure', serviceAccountName: CERTGEN, containers: [create] },
        },
      },
    },
  ] as KubeObject[];
}
