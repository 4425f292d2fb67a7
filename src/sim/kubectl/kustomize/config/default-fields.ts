import type { FieldSpec } from './field-spec.js';

/** Kinds with a pod template, with the group kustomize asks for where it matters. */
const TEMPLATED: readonly FieldSpec[] = [
  { version: 'v1', kind: 'ReplicationController' },
  { kind: 'Deployment' },
  { kind: 'ReplicaSet' },
  { kind: 'DaemonSet' },
];
const STATEFUL: FieldSpec = { group: 'apps', kind: 'StatefulSet' };
const JOB: FieldSpec = { group: 'batch', kind: 'Job' };
const CRON_JOB: FieldSpec = { group: 'batch', kind: 'CronJob' };
const POLICY: FieldSpec = { group: 'networking.k8s.io', kind: 'NetworkPolicy' };

function created(path: string, kinds: readonly FieldSpec[] = [{}]): FieldSpec[] {
  return kinds.map((kind) => ({ ...kind, path, create: true }));
}

function found(path: string, kinds: readonly FieldSpec[]): FieldSpec[] {
  return kinds.map((kind) => ({ ...kind, path }));
}

const METADATA_LABELS: readonly FieldSpec[] = [
  ...created('metadata/labels'),
  ...created('spec/template/metadata/labels', [...TEMPLATED, STATEFUL, JOB]),
  ...created('spec/volumeClaimTemplates[]/metadata/labels', [STATEFUL]),
  ...created('spec/jobTemplate/metadata/labels', [CRON_JOB]),
  ...created('spec/jobTemplate/spec/template/metadata/labels', [CRON_JOB]),
];

const POD_SELECTORS = ['podAffinity', 'podAntiAffinity']
  .flatMap((kind) => [
    `affinity/${kind}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
    `affinity/${kind}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
  ])
  .concat('topologySpreadConstraints/labelSelector/matchLabels');

/** Labels in selectors, templates and metadata (`commonLabels`, and `labels` with `includeSelectors`). */
export const SELECTOR_LABELS: readonly FieldSpec[] = [
  ...created('spec/selector', [
    { version: 'v1', kind: 'Service' },
    { version: 'v1', kind: 'ReplicationController' },
  ]),
  ...created('spec/selector/matchLabels', [
    { kind: 'Deployment' },
    { kind: 'ReplicaSet' },
    { kind: 'DaemonSet' },
    STATEFUL,
  ]),
  ...POD_SELECTORS.flatMap((path) =>
    found(`spec/template/spec/${path}`, [{ group: 'apps', kind: 'Deployment' }, STATEFUL]),
  ),
  ...found('spec/selector/matchLabels', [JOB, { group: 'policy', kind: 'PodDisruptionBudget' }]),
  ...found('spec/jobTemplate/spec/selector/matchLabels', [CRON_JOB]),
  ...found('spec/podSelector/matchLabels', [POLICY]),
  ...found('spec/ingress/from/podSelector/matchLabels', [POLICY]),
  ...found('spec/egress/to/podSelector/matchLabels', [POLICY]),
  ...METADATA_LABELS,
];

/** Labels in metadata and templates (`labels` with `includeTemplates`). */
export const TEMPLATE_LABELS: readonly FieldSpec[] = METADATA_LABELS;

export const ANNOTATIONS: readonly FieldSpec[] = [
  ...created('metadata/annotations'),
  ...created('spec/template/metadata/annotations', [...TEMPLATED, { kind: 'StatefulSet' }, JOB]),
  ...created('spec/jobTemplate/metadata/annotations', [CRON_JOB]),
  ...created('spec/jobTemplate/spec/template/metadata/annotations', [CRON_JOB]),
];

export const NAMESPACES: readonly FieldSpec[] = [
  ...created('metadata/name', [{ kind: 'Namespace' }]),
  ...created('spec/service/namespace', [{ group: 'apiregistration.k8s.io', kind: 'APIService' }]),
  ...found('spec/conversion/webhook/clientConfig/service/namespace', [
    { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  ]),
];

export const IMAGES: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap((spec) =>
  ['containers[]/image', 'initContainers[]/image', 'volumes[]/image/reference'].flatMap((path) =>
    created(`${spec}/${path}`),
  ),
);

export const REPLICAS: readonly FieldSpec[] = created(
  'spec/replicas',
  ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({ kind })),
);

export const NAMES: readonly FieldSpec[] = [{ path: 'metadata/name' }];
