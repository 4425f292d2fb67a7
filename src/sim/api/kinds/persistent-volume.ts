/** core/v1 PersistentVolume. */
import { ageOf } from '../duration.js';
import { type FieldError, forbidden } from '../field-error.js';
import { labelValue } from '../names.js';
import { formatQuantity } from '../quantity.js';
import type { PersistentVolume, PersistentVolumeSpec } from '../types/storage.js';
import { type ApiKind, column, defineKind, keepAllButStatus, keepStatus, withStatus } from './kind.js';
import { validateMeta, validateMetaUpdate } from './meta.js';
import { nodeTermWarnings } from './node-label-warnings.js';
import { validateVolumeSpec } from './persistent-volume/spec-rules.js';
import { validateVolumeUpdate } from './persistent-volume/update-rules.js';
import { readQuantity, roundResourceList } from './quantity-rules.js';

/** By which annotation volumes and claims named their class before there was a field. */
export const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
const OPTIONS_ANNOTATION = 'volume.beta.kubernetes.io/mount-options';

/** Sources whose volumes take options for mounting from an annotation. */
const TAKE_OPTIONS = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'gcePersistentDisk',
  'glusterfs',
  'iscsi',
  'nfs',
  'photonPersistentDisk',
  'quobyte',
  'rbd',
  'vsphereVolume',
];

/** What each source is given that it does not say itself: `||=` for texts, `??=` for the rest. */
const SOURCE_DEFAULTS: Readonly<Record<string, Readonly<Record<string, string | boolean>>>> = {
  azureDisk: { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' },
  iscsi: { iscsiInterface: 'default' },
  rbd: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' },
  scaleIO: { storageMode: 'ThinProvisioned', fsType: 'xfs' },
};
/** The one source whose texts may be empty: they are pointers in Go. */
const MAY_BE_EMPTY = 'azureDisk';

/** Sources that no longer do anything, and since when. */
const DEAD_SOURCES: Readonly<Record<string, string>> = {
  cephfs: 'spec.cephfs: deprecated in v1.28, non-functional in v1.31+',
  photonPersistentDisk: 'spec.photonPersistentDisk: deprecated in v1.11, non-functional in v1.16+',
  scaleIO: 'spec.scaleIO: deprecated in v1.16, non-functional in v1.22+',
  storageos: 'spec.storageOS: deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'spec.glusterfs: deprecated in v1.25, non-functional in v1.26+',
  rbd: 'spec.rbd: deprecated in v1.28, non-functional in v1.31+',
};

const SHORT_MODES = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
] as const;

/** The strategy of persistent volumes. */
export const persistentVolumeKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  plural: 'persistentvolumes',
  namespaced: false,
  shortNames: ['pv'],
  subresourceFacts: withStatus(),
  returnsDeleted: true,
  applyDefaults: (object) => applyDefaults(object as PersistentVolume),
  prepareCreate: (object, { timestamp }) => {
    object['status'] = { phase: 'Pending', lastPhaseTransitionTime: timestamp };
  },
  validateCreate: (object) => validateVolume(object as PersistentVolume, undefined),
  prepareUpdate: keepStatus,
  validateUpdate: (object, old) => validateUpdate(object as PersistentVolume, old as PersistentVolume),
  prepareStatus: (object, old, { timestamp }) => {
    keepAllButStatus(object, old);
    stampPhase(object as PersistentVolume, old as PersistentVolume, timestamp);
  },
  warnings: (object) => volumeWarnings(object as PersistentVolume),
  printer: {
    columns: [
      column('Name'),
      column('Capacity', 'string', 0, 'core.v1.PersistentVolumeSpec.capacity'),
      column('Access Modes', 'string', 0, 'core.v1.PersistentVolumeSpec.accessModes'),
      column('Reclaim Policy', 'string', 0, 'core.v1.PersistentVolumeSpec.persistentVolumeReclaimPolicy'),
      column('Status', 'string', 0, 'core.v1.PersistentVolumeStatus.phase'),
      column('Claim', 'string', 0, 'core.v1.PersistentVolumeSpec.claimRef'),
      column('StorageClass', 'string', 0, 'StorageClass of the pv'),
      column('VolumeAttributesClass', 'string', 0, 'VolumeAttributesClass of the pv'),
      column('Reason', 'string', 0, 'core.v1.PersistentVolumeStatus.reason'),
      column('Age'),
      column('VolumeMode', 'string', 1, 'core.v1.PersistentVolumeSpec.volumeMode'),
    ],
    rows: (object, now) => {
      const { metadata, spec, status } = object as PersistentVolume;
      const { claimRef } = spec;
      return [
        {
          cells: [
            metadata.name,
            formatQuantity(readQuantity(spec.capacity?.['storage'])),
            shortModes(spec.accessModes),
            spec.persistentVolumeReclaimPolicy ?? '',
            metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
            claimRef ? `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}` : '',
            metadata.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? '',
            spec.volumeAttributesClassName ?? '<unset>',
            status?.reason ?? '',
            ageOf(metadata.creationTimestamp, now),
            spec.volumeMode ?? '<unset>',
          ],
        },
      ];
    },
  },
});

/** Access modes in the letters in which tables show them. */
export function shortModes(modes: readonly string[] | undefined): string {
  return SHORT_MODES.flatMap(([mode, short]) => (modes?.includes(mode) ? [short] : [])).join(',');
}

function applyDefaults({ spec, ...rest }: PersistentVolume & { status?: { phase?: string } }): void {
  if (rest.status) rest.status.phase ||= 'Pending';
  spec.persistentVolumeReclaimPolicy ||= 'Retain';
  spec.volumeMode ??= 'Filesystem';
  defaultVolumeSpec(spec);
}

/** What a spec is given wherever it stands. */
export function defaultVolumeSpec(spec: PersistentVolumeSpec): void {
  roundResourceList(spec.capacity);
  if (spec.hostPath) spec.hostPath.type ??= '';
  for (const [name, defaults] of Object.entries(SOURCE_DEFAULTS)) {
    const source = spec[name] as Record<string, unknown> | undefined;
    if (!source) continue;
    for (const [field, value] of Object.entries(defaults)) {
      if (name === MAY_BE_EMPTY) source[field] ??= value;
      else source[field] ||= value;
    }
  }
}

function validateVolume(volume: PersistentVolume, old: PersistentVolume | undefined): FieldError[] {
  return [...validateVolumeItself(volume, old), ...validateOptions(volume)];
}

function validateVolumeItself(volume: PersistentVolume, old: PersistentVolume | undefined): FieldError[] {
  const place = { volumeName: volume.metadata.name ?? '', inline: false, looseValues: hasLooseValues(old) };
  return [...validateMeta(volume, false), ...validateVolumeSpec('spec', volume.spec, place)];
}

/** The server looks at the volume twice, so that causes stand twice in its answer. */
function validateUpdate(volume: PersistentVolume, old: PersistentVolume): FieldError[] {
  return [
    ...validateMetaUpdate(volume, old),
    ...validateVolume(volume, old),
    ...validateVolumeItself(volume, old),
    ...validateVolumeUpdate(volume.spec, old.spec),
  ];
}

function hasLooseValues(old: PersistentVolume | undefined): boolean {
  const terms = old?.spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const values = terms.flatMap(({ matchExpressions = [] }) => matchExpressions.flatMap((one) => one.values ?? []));
  return values.some((value) => labelValue(value).length > 0);
}

function validateOptions({ metadata, spec }: PersistentVolume): FieldError[] {
  if (metadata.annotations?.[OPTIONS_ANNOTATION] === undefined || TAKE_OPTIONS.some((name) => spec[name])) return [];
  const words = 'may not specify mount options for this volume type';
  return [forbidden(`metadata.annotations.${OPTIONS_ANNOTATION}`, words)];
}

/** When the phase changed last, unless somebody says so. */
function stampPhase({ status = {} }: PersistentVolume, { status: old = {} }: PersistentVolume, now: string): void {
  const before = old.lastPhaseTransitionTime;
  if (status.phase === old.phase) {
    if (status.lastPhaseTransitionTime === undefined && before !== undefined) status.lastPhaseTransitionTime = before;
  } else if (status.lastPhaseTransitionTime === undefined || status.lastPhaseTransitionTime === before) {
    status.lastPhaseTransitionTime = now;
  }
}

function volumeWarnings({ metadata, spec }: PersistentVolume): string[] {
  const warnings: string[] = [];
  const old: [string, string][] = [
    [CLASS_ANNOTATION, 'deprecated since v1.8; use "storageClassName" attribute instead'],
    [OPTIONS_ANNOTATION, 'deprecated since v1.31; use "mountOptions" attribute instead'],
  ];
  for (const [key, why] of old) {
    if (metadata.annotations?.[key] !== undefined) warnings.push(`metadata.annotations[${key}]: ${why}`);
  }
  if (spec.persistentVolumeReclaimPolicy === 'Recycle') {
    const why =
      'The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';
    warnings.push(`spec.persistentVolumeReclaimPolicy: ${why}`);
  }
  (spec.nodeAffinity?.required?.nodeSelectorTerms ?? []).forEach((term, index) => {
    warnings.push(...nodeTermWarnings(`spec.nodeAffinity.required.nodeSelectorTerms[${index}]`, term));
  });
  for (const [name, warning] of Object.entries(DEAD_SOURCES)) if (spec[name]) warnings.push(warning);
  return warnings;
}
