/** Rules of a volume's spec, stored by itself or written inline into an attachment (ValidatePersistentVolumeSpec). */
import { type FieldError, forbidden, invalid, notSupported, required } from '../../field-error.js';
import { givenField } from '../../given-empties.js';
import { nameIsSubdomain } from '../../names.js';
import type { PersistentVolumeSpec } from '../../types/storage.js';
import { oneOf, sortedPairs } from '../meta.js';
import { validateNodeSelector } from '../node-selector-rules.js';
import { basicQuantity, positiveQuantity } from '../quantity-rules.js';
import { validateSources } from './source-rules.js';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const SINGLE_POD = 'ReadWriteOncePod';
const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'];
/** How a volume may be mounted. */
export const VOLUME_MODES: readonly string[] = ['Block', 'Filesystem'];

/** What a spec is part of. */
export interface SpecPlace {
  /** Of the volume; '' for one that is written inline. */
  readonly volumeName: string;
  readonly inline: boolean;
  /** Values of labels were wrong before and may stay so. */
  readonly looseValues: boolean;
}

/** Modes, size, policy, place, source and classes of a volume. */
export function validateVolumeSpec(path: string, spec: PersistentVolumeSpec, place: SpecPlace): FieldError[] {
  return [
    ...(place.inline ? refuseInline(path, spec) : []),
    ...((spec.accessModes ?? []).length === 0 ? [required(`${path}.accessModes`)] : []),
    ...validateAccessModes(`${path}.accessModes`, spec.accessModes ?? []),
    ...(place.inline ? [] : validateCapacity(`${path}.capacity`, spec)),
    ...validateReclaimPolicy(`${path}.persistentVolumeReclaimPolicy`, spec, place),
    ...validateNodeAffinity(`${path}.nodeAffinity`, spec, place),
    ...validateSources(path, spec, place.volumeName),
    ...refuseRecycledRoot(`${path}.persistentVolumeReclaimPolicy`, spec),
    ...validateClassAndMode(path, spec, place),
    ...(place.inline ? [] : validateAttributesClass(path, spec)),
  ];
}

/** What an attachment's own volume cannot have. */
function refuseInline(path: string, spec: PersistentVolumeSpec): FieldError[] {
  const words = 'may not be specified in the context of inline volumes';
  const errors: FieldError[] = [];
  if (spec.claimRef) errors.push(forbidden(`${path}.claimRef`, words));
  if (Object.keys(spec.capacity ?? {}).length > 0) errors.push(forbidden(`${path}.capacity`, words));
  if (!spec['csi']) errors.push(required(`${path}.csi`, 'has to be specified in the context of inline volumes'));
  return errors;
}

/** Known modes, and one pod alone or others. */
export function validateAccessModes(path: string, modes: readonly string[]): FieldError[] {
  const errors = modes.flatMap((mode) => oneOf(path, mode, ACCESS_MODES));
  const others = modes.some((mode) => mode !== SINGLE_POD && ACCESS_MODES.includes(mode));
  if (!modes.includes(SINGLE_POD) || !others) return errors;
  return [...errors, forbidden(path, 'may not use ReadWriteOncePod with other access modes')];
}

function validateCapacity(path: string, spec: PersistentVolumeSpec): FieldError[] {
  const { capacity } = spec;
  const pairs = sortedPairs(capacity);
  const errors: FieldError[] = pairs.length === 0 ? [required(path)] : [];
  if (capacity?.['storage'] === undefined || pairs.length > 1) {
    const shown = capacity ? Object.fromEntries(pairs) : givenField(spec, 'capacity');
    errors.push(notSupported(path, shown ?? null, ['storage']));
  }
  for (const [name, text] of pairs) {
    errors.push(...basicQuantity(`${path}[${name}]`, text), ...positiveQuantity(`${path}[${name}]`, text));
  }
  return errors;
}

function validateReclaimPolicy(path: string, spec: PersistentVolumeSpec, { inline }: SpecPlace): FieldError[] {
  const policy = spec.persistentVolumeReclaimPolicy;
  if (!policy) return [];
  if (!inline) return oneOf(path, policy, RECLAIM_POLICIES);
  return policy === 'Retain' ? [] : [forbidden(path, 'may only be Retain in the context of inline volumes')];
}

function validateNodeAffinity(path: string, { nodeAffinity }: PersistentVolumeSpec, place: SpecPlace): FieldError[] {
  if (!nodeAffinity) return [];
  if (place.inline) return [forbidden(path, 'may not be specified in the context of inline volumes')];
  if (!nodeAffinity.required) return [required(`${path}.required`, 'must specify required node constraints')];
  return validateNodeSelector(`${path}.required`, nodeAffinity.required, place.looseValues);
}

/** Nobody may have a node's whole disk wiped. */
function refuseRecycledRoot(path: string, spec: PersistentVolumeSpec): FieldError[] {
  const { hostPath, persistentVolumeReclaimPolicy: policy } = spec;
  if (!hostPath || policy !== 'Recycle' || !isRoot(hostPath.path ?? '')) return [];
  return [forbidden(path, "may not be 'recycle' for a hostPath mount of '/'")];
}

/** Whether a path is `/` when dots and steps up are worked out. */
function isRoot(path: string): boolean {
  if (!path.startsWith('/')) return false;
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth = Math.max(0, depth - 1);
    else if (part !== '' && part !== '.') depth += 1;
  }
  return depth === 0;
}

function validateClassAndMode(path: string, spec: PersistentVolumeSpec, { inline }: SpecPlace): FieldError[] {
  const { storageClassName: name, volumeMode: mode } = spec;
  const errors: FieldError[] = [];
  if (name) {
    const at = `${path}.storageClassName`;
    if (inline) errors.push(forbidden(at, 'may not be specified in the context of inline volumes'));
    else errors.push(...validateClassName(at, name));
  }
  if (mode === undefined) return errors;
  const at = `${path}.volumeMode`;
  if (!inline) return [...errors, ...oneOf(at, mode, VOLUME_MODES)];
  const words = 'may not specify volumeMode other than Filesystem in the context of inline volumes';
  return mode === 'Filesystem' ? errors : [...errors, forbidden(at, words)];
}

/** The name of a class is that of an object. */
export function validateClassName(path: string, name: string): FieldError[] {
  return nameIsSubdomain(name, false).map((words) => invalid(path, name, words));
}

function validateAttributesClass(path: string, spec: PersistentVolumeSpec): FieldError[] {
  const name = spec.volumeAttributesClassName;
  if (name === undefined) return [];
  const at = `${path}.volumeAttributesClassName`;
  const errors = name === '' ? [required(at, 'an empty string is disallowed')] : validateClassName(at, name);
  if (spec['csi']) return errors;
  return [...errors, required(`${path}.csi`, 'has to be specified when using volumeAttributesClassName')];
}
