/** Rules of a claim's spec, also of one that stands in a template (ValidatePersistentVolumeClaimSpec). */
import { type FieldError, invalid, required } from '../../field-error.js';
import { dns1123Subdomain, nameIsLabel } from '../../names.js';
import type { DataSource, PersistentVolumeClaimSpec } from '../../types/storage.js';
import { checkText, oneOf, validateLabelSelector } from '../meta.js';
import { VOLUME_MODES, validateAccessModes, validateClassName } from '../persistent-volume/spec-rules.js';
import { positiveQuantity } from '../quantity-rules.js';

/** What was in order before the rules grew stricter, and may stay. */
export interface ClaimOptions {
  readonly looseSelector: boolean;
  readonly looseApiGroup: boolean;
}

/** Rules of something new. */
export const STRICT_CLAIM: ClaimOptions = { looseSelector: false, looseApiGroup: false };

/** Modes, selection, size, class and source of a claim. */
export function validateClaimSpec(path: string, spec: PersistentVolumeClaimSpec, options: ClaimOptions): FieldError[] {
  const { accessModes, selector, volumeMode, storageClassName, volumeAttributesClassName } = spec;
  const errors: FieldError[] = [];
  if (!accessModes?.length) errors.push(required(`${path}.accessModes`, 'at least 1 access mode is required'));
  if (!options.looseSelector) errors.push(...validateLabelSelector(selector, `${path}.selector`));
  errors.push(...validateAccessModes(`${path}.accessModes`, accessModes ?? []));
  errors.push(...validateSize(`${path}.resources[storage]`, spec.resources?.requests?.['storage']));
  if (storageClassName) errors.push(...validateClassName(`${path}.storageClassName`, storageClassName));
  errors.push(...oneOf(`${path}.volumeMode`, volumeMode, VOLUME_MODES));
  errors.push(...validateDataSources(path, spec, options));
  if (volumeAttributesClassName) {
    errors.push(...validateClassName(`${path}.volumeAttributesClassName`, volumeAttributesClassName));
  }
  return errors;
}

function validateSize(path: string, size: string | undefined): FieldError[] {
  return size === undefined ? [required(path)] : positiveQuantity(path, size);
}

function validateDataSources(path: string, spec: PersistentVolumeClaimSpec, options: ClaimOptions): FieldError[] {
  const { dataSource: source, dataSourceRef: ref } = spec;
  const errors: FieldError[] = [];
  if (source) errors.push(...validateDataSource(`${path}.dataSource`, source, options));
  if (!ref) return errors;
  errors.push(...validateDataSource(`${path}.dataSourceRef`, ref, options));
  const { namespace } = ref;
  if (namespace) {
    const at = `${path}.dataSourceRef.namespace`;
    errors.push(...nameIsLabel(namespace, false).map((words) => invalid(at, namespace, words)));
  }
  if (!source) return errors;
  if (namespace) {
    // The server prints where the field is, as it prints any struct without exported fields.
    errors.push(invalid(path, {}, 'may not be specified when dataSourceRef.namespace is specified'));
  } else if (source.apiGroup !== ref.apiGroup || source.kind !== ref.kind || source.name !== ref.name) {
    errors.push(invalid(path, {}, 'must match dataSourceRef'));
  }
  return errors;
}

function validateDataSource(path: string, source: DataSource, { looseApiGroup }: ClaimOptions): FieldError[] {
  const { apiGroup, kind = '', name } = source;
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${path}.name`));
  if (!kind) errors.push(required(`${path}.kind`));
  if (!apiGroup) {
    if (kind === 'PersistentVolumeClaim') return errors;
    const words = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
    return [...errors, invalid(path, kind, words)];
  }
  return looseApiGroup ? errors : [...errors, ...checkText(`${path}.apiGroup`, apiGroup, dns1123Subdomain)];
}
