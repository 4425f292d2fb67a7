/** Rules of the claim that a pod's ephemeral volume is made from. */
import { type FieldError, forbidden, invalid, notSupported, required } from '../../field-error.js';
import { nameIsSubdomain } from '../../names.js';
import type { LabelSelector, ObjectMeta } from '../../object.js';
import { parseQuantity, quantityMilliValue } from '../../quantity.js';
import { oneOf, validateAnnotations, validateLabelSelector, validateLabels } from '../meta.js';

/** core/v1 PersistentVolumeClaimTemplate, as far as it is looked at. */
export interface ClaimTemplate {
  metadata?: ObjectMeta;
  spec?: {
    accessModes?: string[];
    selector?: LabelSelector;
    resources?: { requests?: Record<string, string> };
    storageClassName?: string;
    volumeMode?: string;
    volumeAttributesClassName?: string;
  };
}

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const TEMPLATE_METADATA = ['annotations', 'labels', 'creationTimestamp'];

/** What is wrong with a template. */
export function validateClaimTemplate(path: string, { metadata = {}, spec = {} }: ClaimTemplate): FieldError[] {
  const { accessModes = [], resources, storageClassName, volumeAttributesClassName: attributes } = spec;
  const at = `${path}.spec`;
  const className = (field: string, name: string | undefined) =>
    name ? nameIsSubdomain(name, false).map((words) => invalid(`${at}.${field}`, name, words)) : [];
  return [
    ...validateTemplateMetadata(`${path}.metadata`, metadata),
    ...(accessModes.length === 0 ? [required(`${at}.accessModes`, 'at least 1 access mode is required')] : []),
    ...validateLabelSelector(spec.selector, `${at}.selector`),
    ...validateAccessModes(`${at}.accessModes`, accessModes),
    ...validateStorage(`${at}.resources[storage]`, resources?.requests?.['storage']),
    ...className('storageClassName', storageClassName),
    ...oneOf(`${at}.volumeMode`, spec.volumeMode, ['Block', 'Filesystem']),
    ...className('volumeAttributesClassName', attributes),
  ];
}

function validateTemplateMetadata(path: string, metadata: ObjectMeta): FieldError[] {
  const other = Object.keys(metadata).filter((field) => !TEMPLATE_METADATA.includes(field));
  return [
    ...validateAnnotations(metadata.annotations, `${path}.annotations`),
    ...validateLabels(metadata.labels, `${path}.labels`),
    ...other.map((field) => forbidden(`${path}.${field}`, 'cannot be set')),
  ];
}

function validateAccessModes(path: string, modes: readonly string[]): FieldError[] {
  const errors = modes
    .filter((mode) => !ACCESS_MODES.includes(mode))
    .map((mode) => notSupported(path, mode, ACCESS_MODES));
  const known = modes.filter((mode) => ACCESS_MODES.includes(mode));
  if (known.includes('ReadWriteOncePod') && known.some((mode) => mode !== 'ReadWriteOncePod')) {
    errors.push(forbidden(path, 'may not use ReadWriteOncePod with other access modes'));
  }
  return errors;
}

function validateStorage(path: string, amount: string | undefined): FieldError[] {
  if (amount === undefined) return [required(path)];
  return quantityMilliValue(parseQuantity(amount)) > 0 ? [] : [invalid(path, amount, 'must be greater than zero')];
}
