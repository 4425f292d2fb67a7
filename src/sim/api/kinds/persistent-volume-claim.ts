/** core/v1 PersistentVolumeClaim. */
import { ageOf } from '../duration.js';
import { type FieldError, required } from '../field-error.js';
import { formatQuantity, quantityMilliValue } from '../quantity.js';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../types/storage.js';
import { type ApiKind, column, defineKind, keepStatus, withStatus } from './kind.js';
import { validateLabelSelector, validateMeta, validateMetaUpdate } from './meta.js';
import { CLASS_ANNOTATION, shortModes } from './persistent-volume.js';
import { settleDataSources } from './persistent-volume-claim/data-sources.js';
import { type ClaimOptions, STRICT_CLAIM, validateClaimSpec } from './persistent-volume-claim/spec-rules.js';
import { validateClaimStatus, validateClaimUpdate } from './persistent-volume-claim/update-rules.js';
import { readQuantity, roundResourceList } from './quantity-rules.js';

/** The strategy of persistent volume claims. */
export const persistentVolumeClaimKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  namespaced: true,
  shortNames: ['pvc'],
  subresourceFacts: withStatus(),
  returnsDeleted: true,
  applyDefaults: (object) => {
    const { spec, status } = object as PersistentVolumeClaim;
    if (status) {
      status.phase ||= 'Pending';
      roundResourceList(status.capacity);
      roundResourceList(status.allocatedResources);
    }
    defaultClaimSpec(spec);
  },
  prepareCreate: (object) => {
    object['status'] = { phase: 'Pending' };
    settleDataSources((object as PersistentVolumeClaim).spec, undefined);
  },
  validateCreate: (object) => validateClaim(object as PersistentVolumeClaim, STRICT_CLAIM),
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    settleDataSources((object as PersistentVolumeClaim).spec, (old as PersistentVolumeClaim).spec);
  },
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateClaim(object as PersistentVolumeClaim, optionsOf(old as PersistentVolumeClaim)),
    ...validateClaimUpdate(object as PersistentVolumeClaim, old as PersistentVolumeClaim),
  ],
  validateStatus: (object, old) => {
    const claim = object as PersistentVolumeClaim;
    return [
      ...validateMetaUpdate(object, old),
      ...((claim.spec.accessModes ?? []).length === 0 ? [required('Spec.accessModes')] : []),
      ...validateClaimStatus(claim),
    ];
  },
  warnings: (object) => claimWarnings(object as PersistentVolumeClaim),
  printer: {
    columns: [
      column('Name'),
      column('Status', 'string', 0, 'core.v1.PersistentVolumeClaimStatus.phase'),
      column('Volume', 'string', 0, 'core.v1.PersistentVolumeClaimSpec.volumeName'),
      column('Capacity', 'string', 0, 'core.v1.PersistentVolumeClaimStatus.capacity'),
      column('Access Modes', 'string', 0, 'core.v1.PersistentVolumeClaimStatus.accessModes'),
      column('StorageClass', 'string', 0, 'StorageClass of the pvc'),
      column('VolumeAttributesClass', 'string', 0, 'VolumeAttributesClass of the pvc'),
      column('Age'),
      column('VolumeMode', 'string', 1, 'core.v1.PersistentVolumeClaimSpec.volumeMode'),
    ],
    rows: (object, now) => {
      const { metadata, spec, status = {} } = object as PersistentVolumeClaim;
      const bound = Boolean(spec.volumeName);
      return [
        {
          cells: [
            metadata.name,
            metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? ''),
            spec.volumeName ?? '',
            bound ? formatQuantity(readQuantity(status.capacity?.['storage'])) : '',
            bound ? shortModes(status.accessModes) : '',
            metadata.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? '',
            spec.volumeAttributesClassName ?? '<unset>',
            ageOf(metadata.creationTimestamp, now),
            spec.volumeMode ?? '<unset>',
          ],
        },
      ];
    },
  },
});

/** What a claim's spec is given wherever it stands. */
export function defaultClaimSpec(spec: PersistentVolumeClaimSpec): void {
  spec.volumeMode ??= 'Filesystem';
  roundResourceList(spec.resources?.requests);
  roundResourceList(spec.resources?.limits);
}

function validateClaim(claim: PersistentVolumeClaim, options: ClaimOptions): FieldError[] {
  return [...validateMeta(claim, true), ...validateClaimSpec('spec', claim.spec, options)];
}

/** What was wrong before may stay wrong. */
function optionsOf({ spec }: PersistentVolumeClaim): ClaimOptions {
  const sources = [spec.dataSource, spec.dataSourceRef];
  return {
    looseSelector: validateLabelSelector(spec.selector, '').length > 0,
    looseApiGroup: sources.some((source) => source?.apiGroup !== undefined),
  };
}

function claimWarnings({ metadata, spec }: PersistentVolumeClaim): string[] {
  const warnings: string[] = [];
  if (metadata.annotations?.[CLASS_ANNOTATION] !== undefined) {
    const why = 'deprecated since v1.8; use "storageClassName" attribute instead';
    warnings.push(`metadata.annotations[${CLASS_ANNOTATION}]: ${why}`);
  }
  return [...warnings, ...claimSpecWarnings('spec', spec)];
}

/** Bytes come whole. */
export function claimSpecWarnings(path: string, { resources = {} }: PersistentVolumeClaimSpec): string[] {
  return (['requests', 'limits'] as const).flatMap((list) => {
    const amount = readQuantity(resources[list]?.['storage']);
    if (quantityMilliValue(amount) % 1000 === 0) return [];
    const why = `fractional byte value ${JSON.stringify(formatQuantity(amount))} is invalid, must be an integer`;
    return [`${path}.resources.${list}[storage]: ${why}`];
  });
}
