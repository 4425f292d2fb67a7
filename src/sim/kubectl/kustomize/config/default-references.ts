import type { Gvk } from '../resource/resource-id.js';
import type { FieldSpec } from './field-spec.js';

/** Where objects of one kind are referred to by name. */
export interface BackReferences extends Partial<Gvk> {
  readonly fieldSpecs: readonly FieldSpec[];
}

const POD: FieldSpec = { kind: 'Pod', version: 'v1' };

/** Where each kind keeps its pod's spec. */
const SPECS: readonly (readonly [FieldSpec, string])[] = [
  [POD, 'spec'],
  [{ kind: 'PodTemplate' }, 'template/spec'],
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'].map(
    (kind) => [{ kind }, 'spec/template/spec'] as const,
  ),
  [{ kind: 'CronJob' }, 'spec/jobTemplate/spec/template/spec'],
];

/** Kinds whose pods name accounts, claims and priority classes. */
const OWNERS: readonly (readonly [FieldSpec, string])[] = [
  [{ kind: 'Pod' }, 'spec'],
  ...['StatefulSet', 'Deployment', 'ReplicationController', 'Job', 'DaemonSet'].map(
    (kind) => [{ kind }, 'spec/template/spec'] as const,
  ),
  [{ kind: 'CronJob' }, 'spec/jobTemplate/spec/template/spec'],
];

function inPods(owners: readonly (readonly [FieldSpec, string])[], paths: readonly string[]): FieldSpec[] {
  return owners.flatMap(([kind, spec]) => paths.map((path) => ({ ...kind, path: `${spec}/${path}` })));
}

function at(path: string, ...kinds: readonly FieldSpec[]): FieldSpec[] {
  return kinds.map((kind) => ({ ...kind, path }));
}

function inContainers(key: string, all: string): string[] {
  return ['containers', 'initContainers'].flatMap((list) => [
    `${list}/env/valueFrom/${key}/name`,
    `${list}/envFrom/${all}/name`,
  ]);
}

const RBAC = 'rbac.authorization.k8s.io';
const INGRESS: FieldSpec = { kind: 'Ingress' };
const BINDINGS: readonly FieldSpec[] = [
  { kind: 'RoleBinding', group: RBAC },
  { kind: 'ClusterRoleBinding', group: RBAC },
];
const ROLES: readonly FieldSpec[] = [{ kind: 'Role' }, { kind: 'ClusterRole' }];
const WEBHOOKS: readonly FieldSpec[] = ['Validating', 'Mutating'].map((word) => ({
  kind: `${word}WebhookConfiguration`,
  group: 'admissionregistration.k8s.io',
}));

const CONFIG_MAPS = [
  ...inPods(SPECS, [
    'volumes/configMap/name',
    ...inContainers('configMapKeyRef', 'configMapRef'),
    'volumes/projected/sources/configMap/name',
  ]),
  ...at('spec/configSource/configMap', { kind: 'Node' }),
  ...at('rules/resourceNames', ...ROLES),
  ...at('metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap', INGRESS),
];

const SECRETS = [
  ...inPods(SPECS, [
    'volumes/secret/secretName',
    ...inContainers('secretKeyRef', 'secretRef'),
    'imagePullSecrets/name',
    'volumes/projected/sources/secret/name',
  ]),
  ...at('spec/tls/secretName', INGRESS),
  ...['ingress.kubernetes.io\\/auth-secret', 'nginx.ingress.kubernetes.io\\/auth-secret'].flatMap((annotation) =>
    at(`metadata/annotations/${annotation}`, INGRESS),
  ),
  ...at('metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret', INGRESS),
  ...at('imagePullSecrets/name', { kind: 'ServiceAccount' }),
  ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].flatMap((name) =>
    at(`parameters/${name}`, { kind: 'StorageClass' }),
  ),
  ...at('rules/resourceNames', ...ROLES),
  ...at('spec/template/spec/containers/env/valueFrom/secretKeyRef/name', {
    kind: 'Service',
    group: 'serving.knative.dev',
    version: 'v1',
  }),
  ...at('spec/azureFile/secretName', { kind: 'PersistentVolume' }),
];

const SERVICES = [
  ...at('spec/serviceName', { kind: 'StatefulSet', group: 'apps' }),
  ...at('spec/rules/http/paths/backend/serviceName', INGRESS),
  ...at('spec/backend/serviceName', INGRESS),
  ...at('spec/rules/http/paths/backend/service/name', INGRESS),
  ...at('spec/defaultBackend/service/name', INGRESS),
  ...at('spec/service/name', { kind: 'APIService', group: 'apiregistration.k8s.io' }),
  ...at('webhooks/clientConfig/service', ...WEBHOOKS),
];

/** Who refers to whom by name, as kustomize knows it without being told. */
export const REFERENCES: readonly BackReferences[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
    kind,
    fieldSpecs: at('spec/scaleTargetRef/name', { kind: 'HorizontalPodAutoscaler' }),
  })),
  { kind: 'ConfigMap', version: 'v1', fieldSpecs: CONFIG_MAPS },
  { kind: 'Secret', version: 'v1', fieldSpecs: SECRETS },
  { kind: 'Service', version: 'v1', fieldSpecs: SERVICES },
  { kind: 'Role', group: RBAC, fieldSpecs: at('roleRef/name', BINDINGS[0] as FieldSpec) },
  { kind: 'ClusterRole', group: RBAC, fieldSpecs: at('roleRef/name', ...BINDINGS) },
  {
    kind: 'ServiceAccount',
    version: 'v1',
    fieldSpecs: [...at('subjects', ...BINDINGS), ...inPods(OWNERS, ['serviceAccountName'])],
  },
  {
    kind: 'PersistentVolumeClaim',
    version: 'v1',
    fieldSpecs: inPods(OWNERS, ['volumes/persistentVolumeClaim/claimName']),
  },
  {
    kind: 'PersistentVolume',
    version: 'v1',
    fieldSpecs: [
      ...at('spec/volumeName', { kind: 'PersistentVolumeClaim' }),
      ...at('rules/resourceNames', { kind: 'ClusterRole' }),
    ],
  },
  {
    kind: 'StorageClass',
    group: 'storage.k8s.io',
    version: 'v1',
    fieldSpecs: [
      ...at('spec/storageClassName', { kind: 'PersistentVolume' }, { kind: 'PersistentVolumeClaim' }),
      ...at('spec/volumeClaimTemplates/spec/storageClassName', { kind: 'StatefulSet' }),
    ],
  },
  {
    kind: 'PriorityClass',
    group: 'scheduling.k8s.io',
    version: 'v1',
    fieldSpecs: inPods(OWNERS, ['priorityClassName']),
  },
  // The group is written like this in kustomize too, so that it never fits.
  {
    kind: 'IngressClass',
    group: 'networking.k8s.io/v1',
    version: 'v1',
    fieldSpecs: at('spec/ingressClassName', INGRESS),
  },
  {
    kind: 'ValidatingAdmissionPolicy',
    group: 'admissionregistration.k8s.io',
    fieldSpecs: at('spec/policyName', {
      kind: 'ValidatingAdmissionPolicyBinding',
      group: 'admissionregistration.k8s.io',
    }),
  },
];
