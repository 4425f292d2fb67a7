/** Rules of what a claim has been given (resource/validation validateResourceClaimStatusUpdate). */
import { type FieldError, forbidden, invalid, notSupported, required, tooLong, tooMany } from '../../field-error.js';
import { utf8Length } from '../../go-text.js';
import { internalForm } from '../../internal-form.js';
import { semanticEqual } from '../../object.js';
import type {
  AllocatedDevice,
  AllocatedRequest,
  AllocationResult,
  DeviceId,
  ResourceClaim,
  ResourceClaimStatus,
} from '../../types/devices.js';
import { parseCIDR } from '../ip-rules.js';
import { validateNodeSelector } from '../node-selector-rules.js';
import { validateDriverName } from '../persistent-volume/source-rules.js';
import { validateBindingConditions } from './binding-rules.js';
import {
  CONFIG_MAX,
  type RequestNames,
  requestNamesOf,
  validateConfiguration,
  validateRaw,
  validateReference,
} from './claim-rules.js';
import { validateItems, validateUniqueItems } from './list-rules.js';
import { validateLabelName, validatePoolName } from './name-rules.js';

const RESERVED_MAX = 256;
const RESULTS_MAX = 32;
const REQUESTS_MAX = 32;
const CONDITIONS_MAX = 8;
const ADDRESSES_MAX = 16;
const INTERFACE_NAME_BYTES_MAX = 256;
const HARDWARE_ADDRESS_BYTES_MAX = 128;
const SOURCES = ['FromClaim', 'FromClass'];

/** Who holds the claim, which devices it got, and what is known of them. */
export function validateClaimStatus(claim: ResourceClaim, old: ResourceClaim): FieldError[] {
  const status = claim.status ?? {};
  const before = old.status ?? {};
  const names = requestNamesOf(claim.spec.devices ?? {});
  const allocated = new Set((status.allocation?.devices?.results ?? []).map(keyOf));
  return [
    ...validateUniqueItems('status.reservedFor', status.reservedFor, RESERVED_MAX, validateConsumer, ({ uid }) => uid),
    ...validateUniqueItems(
      'status.devices',
      status.devices,
      Number.POSITIVE_INFINITY,
      (path, device) => validateDevice(path, device, allocated),
      keyOf,
    ),
    ...validateReservations(status, before, Boolean(claim.metadata.deletionTimestamp)),
    ...validateAllocation(status, before, names),
  ];
}

/** A device as messages name it. */
function keyOf({ driver, pool, device, shareID }: DeviceId): string {
  return `${driver}/${pool}/${device}${shareID === undefined ? '' : `/${shareID}`}`;
}

/** Forgets what was known of devices that the claim no longer has. */
export function dropDeallocated(status: ResourceClaimStatus, old: ResourceClaimStatus): void {
  const results = (of: ResourceClaimStatus) => (of.allocation?.devices?.results ?? []).map(keyOf);
  const kept = new Set(results(status));
  const gone = new Set(results(old).filter((key) => !kept.has(key)));
  const devices = (status.devices ?? []).filter((device) => !gone.has(keyOf(device)));
  if (devices.length > 0) status.devices = devices;
  else delete status.devices;
}

function validateConsumer(
  path: string,
  consumer: NonNullable<ResourceClaimStatus['reservedFor']>[number],
): FieldError[] {
  return (['resource', 'name', 'uid'] as const).flatMap((field) =>
    consumer[field] ? [] : [required(`${path}.${field}`)],
  );
}

function validateReservations(status: ResourceClaimStatus, old: ResourceClaimStatus, deleted: boolean): FieldError[] {
  const reserved = status.reservedFor ?? [];
  if (reserved.length === 0) return [];
  const path = 'status.reservedFor';
  if (!status.allocation) return [forbidden(path, 'may not be specified when `allocated` is not set')];
  const isNew = (one: unknown) => !(old.reservedFor ?? []).some((before) => semanticEqual(before, one));
  if (!deleted || !reserved.some(isNew)) return [];
  const words = 'new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set';
  return [forbidden(path, words)];
}

function validateAllocation(status: ResourceClaimStatus, old: ResourceClaimStatus, names: RequestNames): FieldError[] {
  const { allocation } = status;
  const path = 'status.allocation';
  if (!allocation) return [];
  if (!old.allocation) return validateResult(path, allocation, names);
  if (semanticEqual(allocation, old.allocation)) return [];
  return [invalid(path, internalForm('resource.v1.AllocationResult', allocation), 'field is immutable')];
}

function validateResult(path: string, { devices, nodeSelector }: AllocationResult, names: RequestNames): FieldError[] {
  return [
    ...validateItems(`${path}.devices.results`, devices?.results, RESULTS_MAX, (at, result) =>
      validateAllocated(at, result, names),
    ),
    ...validateItems(`${path}.devices.config`, devices?.config, 2 * CONFIG_MAX, (at, config) => [
      ...validateSource(`${at}.source`, config.source),
      ...validateUniqueItems(
        `${at}.requests`,
        config.requests,
        REQUESTS_MAX,
        (item, name) => validateReference(item, name, names),
        (name) => name,
      ),
      ...validateConfiguration(at, config),
    ]),
    ...(nodeSelector ? validateNodeSelector(`${path}.nodeSelector`, nodeSelector) : []),
  ];
}

function validateSource(path: string, source: string): FieldError[] {
  if (!source) return [required(path)];
  return SOURCES.includes(source) ? [] : [notSupported(path, source, ['FromClaim', 'FromClass'])];
}

function validateAllocated(path: string, result: AllocatedRequest, names: RequestNames): FieldError[] {
  return [
    ...validateReference(`${path}.request`, result.request ?? '', names),
    ...validateIds(path, result),
    ...validateBindingConditions(path, result),
    ...validateShareId(`${path}.shareID`, result.shareID),
  ];
}

function validateIds(path: string, { driver, pool, device }: DeviceId): FieldError[] {
  return [
    ...validateDriverName(`${path}.driver`, driver ?? ''),
    ...validatePoolName(`${path}.pool`, pool ?? ''),
    ...validateLabelName(`${path}.device`, device),
  ];
}

function validateShareId(path: string, id: string | undefined): FieldError[] {
  if (id === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return [];
  if (/^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(id)) {
    const words =
      'uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase hexadecimal characters';
    return [invalid(path, id, words)];
  }
  const why = [32, 36, 38, 45].includes(id.length) ? 'invalid UUID format' : `invalid UUID length: ${id.length}`;
  return [invalid(path, id, `error validating uid: ${why}`)];
}

function validateDevice(path: string, device: AllocatedDevice, allocated: ReadonlySet<string>): FieldError[] {
  const errors = [...validateIds(path, device), ...validateShareId(`${path}.shareID`, device.shareID)];
  if (!allocated.has(keyOf(device))) {
    errors.push(invalid(path, keyOf(device), 'must be an allocated device in the claim'));
  }
  const { conditions = [], data, networkData: network } = device;
  if (conditions.length > CONDITIONS_MAX) {
    errors.push(tooMany(`${path}.conditions`, conditions.length, CONDITIONS_MAX));
  }
  if (data !== undefined) errors.push(...validateRaw(`${path}.data`, data));
  if (!network) return errors;
  const at = `${path}.networkData`;
  if (utf8Length(network.interfaceName ?? '') > INTERFACE_NAME_BYTES_MAX) {
    errors.push(tooLong(`${at}.interfaceName`, INTERFACE_NAME_BYTES_MAX));
  }
  if (utf8Length(network.hardwareAddress ?? '') > HARDWARE_ADDRESS_BYTES_MAX) {
    errors.push(tooLong(`${at}.hardwareAddress`, HARDWARE_ADDRESS_BYTES_MAX));
  }
  const rule = (item: string, address: string) =>
    parseCIDR(address)
      ? []
      : [invalid(item, address, 'must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)')];
  return [...errors, ...validateUniqueItems(`${at}.ips`, network.ips, ADDRESSES_MAX, rule, (address) => address)];
}
