/** apps/v1 StatefulSet. */
import { ageOf } from '../duration.js';
import { type FieldError, forbidden } from '../field-error.js';
import { nameIsLabel } from '../names.js';
import { type KubeObject, semanticEqual } from '../object.js';
import type { StatefulSet, StatefulSetSpec } from '../types/workloads.js';
import { type ApiKind, column, countGeneration, defineKind, keepStatus, specChanged, withStatus } from './kind.js';
import { validateMeta, validateMetaUpdate } from './meta.js';
import { claimSpecWarnings, defaultClaimSpec } from './persistent-volume-claim.js';
import { defaultPodSpec } from './pod/pod-defaults.js';
import { podTemplateWarnings } from './pod/pod-warnings.js';
import { validateStatefulSetSpec } from './stateful-set/spec-rules.js';
import { containerCells, validateCollisions, validateCounts, validateReplicaCounts } from './workload-rules.js';

const SCALE = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
/** What may change of a stateful set. */
const MUTABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;

/** The strategy of stateful sets. */
export const statefulSetKind: ApiKind = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  namespaced: true,
  shortNames: ['sts'],
  categories: ['all'],
  subresourceFacts: withStatus({ name: 'scale', verbs: ['get', 'patch', 'update'], body: SCALE }),
  applyDefaults: (object) => applyDefaults((object as StatefulSet).spec),
  prepareCreate: (object) => {
    object['status'] = { replicas: 0, availableReplicas: 0 };
    object.metadata.generation = 1;
    dropMaxUnavailable(object, undefined);
  },
  validateCreate: (object) => [
    ...validateMeta(object, true, nameIsLabel),
    ...validateStatefulSetSpec((object as StatefulSet).spec, { serviceName: true, claims: true, template: true }),
  ],
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    dropMaxUnavailable(object, old);
    countGeneration(object, old, specChanged(object, old));
  },
  validateUpdate: (object, old) => validateUpdate(object as StatefulSet, old as StatefulSet),
  validateStatus: (object, old) => validateStatus(object as StatefulSet, old as StatefulSet),
  warnings: (object, old) => warnings(object as StatefulSet, old as StatefulSet | undefined),
  printer: {
    columns: [
      column('Name'),
      column('Ready', 'string', 0, 'Number of the pod with ready state'),
      column('Age'),
      column('Containers', 'string', 1),
      column('Images', 'string', 1),
    ],
    rows: (object, now) => {
      const { metadata, spec, status } = object as StatefulSet;
      const ready = `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`;
      return [
        { cells: [metadata.name, ready, ageOf(metadata.creationTimestamp, now), ...containerCells(spec.template)] },
      ];
    },
  },
});

function applyDefaults(spec: StatefulSetSpec): void {
  spec.podManagementPolicy ||= 'OrderedReady';
  spec.updateStrategy ??= {};
  const strategy = spec.updateStrategy;
  if (!strategy.type) {
    strategy.type = 'RollingUpdate';
    strategy.rollingUpdate ??= {};
  }
  if (strategy.type === 'RollingUpdate' && strategy.rollingUpdate) strategy.rollingUpdate.partition ??= 0;
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  const retention = spec.persistentVolumeClaimRetentionPolicy;
  retention.whenDeleted ||= 'Retain';
  retention.whenScaled ||= 'Retain';
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  if (spec.template?.spec) defaultPodSpec(spec.template.spec);
  for (const claim of spec.volumeClaimTemplates ?? []) {
    claim.apiVersion = 'v1';
    claim.kind = 'PersistentVolumeClaim';
    claim.spec ??= {};
    defaultClaimSpec(claim.spec);
    claim.status ??= {};
    claim.status.phase ||= 'Pending';
  }
}

/** How many pods may be away at once is behind a gate that is closed. */
function dropMaxUnavailable(object: KubeObject, old: KubeObject | undefined): void {
  const update = (set: KubeObject | undefined) => (set as StatefulSet | undefined)?.spec.updateStrategy?.rollingUpdate;
  if (update(old)?.maxUnavailable === undefined) delete update(object)?.maxUnavailable;
}

function validateUpdate(set: StatefulSet, old: StatefulSet): FieldError[] {
  const options = { serviceName: false, claims: false, template: true };
  // A template that was wrong before is taken as it is.
  const wasWrong = validateStatefulSetSpec(old.spec, options).length > 0;
  const errors = [
    ...validateMetaUpdate(set, old),
    ...validateStatefulSetSpec(set.spec, { ...options, template: !wasWrong }),
  ];
  const kept = (spec: StatefulSetSpec) =>
    Object.fromEntries(Object.entries(spec).filter(([field]) => !(MUTABLE as readonly string[]).includes(field)));
  if (semanticEqual(kept(set.spec), kept(old.spec))) return errors;
  const names = MUTABLE.map((name) => `'${name}'`);
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return [...errors, forbidden('spec', `updates to statefulset spec for fields other than ${list} are forbidden`)];
}

function validateStatus(set: StatefulSet, old: StatefulSet): FieldError[] {
  const { status } = set;
  const counts = ['readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'];
  return [
    ...validateCounts(status, ['replicas', ...counts, 'observedGeneration', 'collisionCount']),
    ...validateReplicaCounts(status, counts, 'status.readyReplicas'),
    ...validateMetaUpdate(set, old),
    ...validateCollisions(status?.collisionCount, old.status?.collisionCount),
  ];
}

function warnings(set: StatefulSet, old: StatefulSet | undefined): string[] {
  const changed = !old || old.metadata.generation !== set.metadata.generation;
  const found = changed ? podTemplateWarnings('spec.template', set.spec.template) : [];
  (set.spec.volumeClaimTemplates ?? []).forEach(({ spec = {} }, index) => {
    // The server names this path in two ways, neither of which is quite the field's.
    const path = `spec.volumeClaimTemplates[${index}]${old ? '.Spec' : ''}`;
    found.push(...claimSpecWarnings(path, spec));
  });
  if ((set.spec.revisionHistoryLimit ?? 0) < 0) {
    const words = 'a negative value retains all historical revisions; a value >= 0 is recommended';
    found.push(`spec.revisionHistoryLimit: ${words}`);
  }
  return found;
}
