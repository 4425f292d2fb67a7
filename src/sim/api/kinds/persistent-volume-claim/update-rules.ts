/** What may change of a claim once it is there (ValidatePersistentVolumeClaimUpdate and its status). */
import { type FieldError, forbidden, invalid, notSupported } from '../../field-error.js';
import { copyGiven } from '../../given-empties.js';
import { compareText } from '../../go-text.js';
import { internalForm } from '../../internal-form.js';
import { labelKey } from '../../names.js';
import { deepCopy, semanticEqual } from '../../object.js';
import { compareQuantity } from '../../quantity.js';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../types/storage.js';
import { checkText, immutable, sortedPairs } from '../meta.js';
import { unifiedDiff } from '../pod/unified-diff.js';
import { basicQuantity, readQuantity } from '../quantity-rules.js';
import { alignDataSources } from './data-sources.js';

const CLASS = 'volume.beta.kubernetes.io/storage-class';
const RESIZE_STATES = [
  'ControllerResizeInProgress',
  'ControllerResizeInfeasible',
  'NodeResizePending',
  'NodeResizeInProgress',
  'NodeResizeInfeasible',
].sort(compareText);

/** A bound claim may ask for more, and for another class of attributes; nothing else changes. */
export function validateClaimUpdate(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const errors: FieldError[] = [];
  const before = deepCopy(old.spec);
  alignDataSources(before);
  const after = copyGiven(claim.spec);
  if (!before.volumeName && after.volumeName !== undefined) before.volumeName = after.volumeName;
  errors.push(...settleClass(after, claim, old));
  if (claim.status?.phase === 'Bound') putBackWhatMayChange(after, before);
  if (!semanticEqual(after, before)) {
    const words =
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
    errors.push(forbidden('spec', `${words}\n${unifiedDiff(printed(before), printed(after))}`));
  }
  errors.push(...validateShrinking(claim, old));
  errors.push(...immutable('volumeMode', claim.spec.volumeMode, old.spec.volumeMode));
  return [...errors, ...keepAttributesClass(claim, old)];
}

function printed(spec: PersistentVolumeClaimSpec): string {
  return JSON.stringify(internalForm('core.v1.PersistentVolumeClaimSpec', spec), null, 1);
}

/** The class may move from the old annotation into its field, and be named where none was. */
function settleClass(
  after: PersistentVolumeClaimSpec,
  { metadata }: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
): FieldError[] {
  const is = metadata.annotations?.[CLASS];
  const was = old.metadata.annotations?.[CLASS];
  const { storageClassName: name } = after;
  const unnamed = old.spec.storageClassName === undefined;
  if (was !== undefined && unnamed && name === was && (is === undefined || is === was)) {
    delete after.storageClassName;
    return [];
  }
  if (unnamed && name !== undefined && (was === undefined || was === name)) delete after.storageClassName;
  if ((is ?? '') === (was ?? '')) return [];
  return [invalid(`metadata.annotations.${CLASS}`, is ?? '', 'field is immutable')];
}

function putBackWhatMayChange(after: PersistentVolumeClaimSpec, before: PersistentVolumeClaimSpec): void {
  const requests = after.resources?.requests;
  const size = before.resources?.requests?.['storage'];
  if (requests && size !== undefined) requests['storage'] = size;
  if (before.volumeAttributesClassName === undefined) delete after.volumeAttributesClassName;
  else after.volumeAttributesClassName = before.volumeAttributesClassName;
}

/** Less than before is fine while it is more than the volume has: an expansion that failed can be taken back. */
function validateShrinking({ spec }: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const size = readQuantity(spec.resources?.requests?.['storage']);
  if (compareQuantity(size, readQuantity(old.spec.resources?.requests?.['storage'])) >= 0) return [];
  if (compareQuantity(size, readQuantity(old.status?.capacity?.['storage'])) > 0) return [];
  return [forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')];
}

function keepAttributesClass({ spec }: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const name = spec.volumeAttributesClassName;
  if (name === old.spec.volumeAttributesClassName || name) return [];
  if (old.status?.currentVolumeAttributesClassName === undefined) return [];
  const to = name === undefined ? 'nil' : 'empty string';
  const words = `update to ${to} is forbidden when status.currentVolumeAttributesClassName is not nil`;
  return [forbidden('spec.volumeAttributesClassName', words)];
}

/** Amounts of a status, and how far growing has come. */
export function validateClaimStatus({ status = {} }: PersistentVolumeClaim): FieldError[] {
  const errors = sortedPairs(status.capacity).flatMap(([name, text]) =>
    basicQuantity(`status.capacity[${name}]`, text),
  );
  for (const [name, state] of sortedPairs(status.allocatedResourceStatuses)) {
    const at = 'status.allocatedResourceStatuses';
    errors.push(...validateResourceName(at, name));
    if (!RESIZE_STATES.includes(state)) errors.push(notSupported(at, name, RESIZE_STATES));
  }
  for (const [name, text] of sortedPairs(status.allocatedResources)) {
    const at = 'status.allocatedResources';
    const wrong = validateResourceName(at, name);
    errors.push(...(wrong.length > 0 ? wrong : basicQuantity(`${at}[${name}]`, text)));
  }
  return errors;
}

/** Of Kubernetes' own resources a volume has storage only. */
function validateResourceName(path: string, name: string): FieldError[] {
  const errors = checkText(path, name, labelKey);
  if (errors.length > 0) return errors;
  const native = !name.includes('/') || name.includes('kubernetes.io/');
  return native && name !== 'storage' ? [notSupported(path, name, ['storage'])] : [];
}
