/** Rules of one device of a slice (resource/validation validateDevice). */
import { type FieldError, invalid, required, tooLong, tooMany } from '../../field-error.js';
import { utf8Length } from '../../go-text.js';
import { internalForm } from '../../internal-form.js';
import { labelKey, labelValue, nameIsSubdomain } from '../../names.js';
import { semanticEqual } from '../../object.js';
import type { Device, DeviceAttribute } from '../../types/devices.js';
import { checkText, requiredOneOf, sortedPairs } from '../meta.js';
import { validateNodeSelector } from '../node-selector-rules.js';
import { validateBindingConditions } from './binding-rules.js';
import { validateCapacity } from './capacity-rules.js';
import { TAINT_EFFECTS } from './claim-rules.js';
import { type ItemRule, validateItems, validateUniqueItems } from './list-rules.js';
import { validateLabelName, validateQualifiedName } from './name-rules.js';

const ENTRIES_MAX = 32;
const TAINTS_MAX = 16;
const CONSUMPTIONS_MAX = 2;
const COUNTERS_MAX = 32;
const TEXT_BYTES_MAX = 64;
/** Longest key a message shows: a domain, a slash and an identifier. */
const SHOWN_KEY_MAX = 96;
const NUMBER = '(0|[1-9]\\d*)';
const PRERELEASE = '(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)';
const BUILD = '[0-9a-zA-Z-]+';
const SEMVER = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(-${PRERELEASE}(\\.${PRERELEASE})*)?(\\+${BUILD}(\\.${BUILD})*)?$`,
);

/** A device: its name, what is known of it, who may use it and where. */
export function validateDevice(
  path: string,
  device: Device,
  old: Device | undefined,
  perDevice: boolean,
): FieldError[] {
  const entries = Object.keys(device.attributes ?? {}).length + Object.keys(device.capacity ?? {}).length;
  const errors = validateLabelName(`${path}.name`, device.name);
  if (entries > ENTRIES_MAX) {
    const words = `the total number of attributes and capacities must not exceed ${ENTRIES_MAX}`;
    errors.push(invalid(path, entries, words));
  }
  const shared = device.allowMultipleAllocations === true;
  errors.push(...validateEntries(`${path}.attributes`, device.attributes, validateQualifiedName, validateAttribute));
  errors.push(
    ...validateEntries(`${path}.capacity`, device.capacity, validateQualifiedName, (at, capacity) =>
      validateCapacity(at, capacity, shared),
    ),
  );
  if (!old || !semanticEqual(old.taints, device.taints)) {
    errors.push(...validateItems(`${path}.taints`, device.taints, TAINTS_MAX, validateTaint));
  }
  const setOf = ({ counterSet }: { counterSet: string }) => counterSet;
  errors.push(
    ...validateUniqueItems(
      `${path}.consumesCounters`,
      device.consumesCounters,
      CONSUMPTIONS_MAX,
      (at, one) => [
        ...(one.counterSet ? validateLabelName(`${at}.counterSet`, one.counterSet) : [required(`${at}.counterSet`)]),
        ...validateCounters(`${at}.counters`, one.counters),
      ],
      setOf,
    ),
  );
  errors.push(...(perDevice ? validatePlace(path, device) : refusePlace(path, device)));
  return [...errors, ...validateBindingConditions(path, device)];
}

/** Counters have labels for names; every amount is fine. */
export function validateCounters(path: string, counters: Readonly<Record<string, unknown>> | undefined): FieldError[] {
  const count = Object.keys(counters ?? {}).length;
  if (count === 0) return [required(path)];
  if (count > COUNTERS_MAX) return [tooMany(path, count, COUNTERS_MAX)];
  return validateEntries(path, counters, validateLabelName, () => []);
}

/** Keys are told at the map, values at their key. */
function validateEntries<T>(
  path: string,
  map: Readonly<Record<string, T>> | undefined,
  keyRule: ItemRule<string>,
  rule: ItemRule<T>,
): FieldError[] {
  return sortedPairs(map).flatMap(([key, value]) => [
    ...keyRule(path, key),
    ...rule(`${path}[${shortened(key)}]`, value ?? ({} as T)),
  ]);
}

/** The middle of a long key is left out. */
function shortened(key: string): string {
  if (key.length <= SHOWN_KEY_MAX) return key;
  const rest = SHOWN_KEY_MAX - 3;
  return `${key.slice(0, Math.floor((rest + 1) / 2))}...${key.slice(key.length - Math.floor(rest / 2))}`;
}

function validateAttribute(path: string, attribute: DeviceAttribute): FieldError[] {
  const { int, bool, string, version } = attribute;
  const errors: FieldError[] = [];
  if (string !== undefined && utf8Length(string) > TEXT_BYTES_MAX) {
    errors.push(tooLong(`${path}.string`, TEXT_BYTES_MAX));
  }
  if (version !== undefined) {
    const at = `${path}.version`;
    if (!SEMVER.test(version)) {
      errors.push(invalid(at, version, 'must be a string compatible with semver.org spec 2.0.0'));
    }
    if (utf8Length(version) > TEXT_BYTES_MAX) errors.push(tooLong(at, TEXT_BYTES_MAX));
  }
  const given = [int, bool, string, version].filter((value) => value !== undefined).length;
  const words = 'exactly one value must be specified';
  if (given === 0) errors.push(invalid(path, '', words));
  if (given > 1) errors.push(invalid(path, internalForm('resource.v1.DeviceAttribute', attribute), words));
  return errors;
}

function validateTaint(path: string, taint: NonNullable<Device['taints']>[number]): FieldError[] {
  return [
    ...checkText(`${path}.key`, taint.key ?? '', labelKey),
    ...(taint.value ? checkText(`${path}.value`, taint.value, labelValue) : []),
    ...requiredOneOf(`${path}.effect`, taint.effect, TAINT_EFFECTS),
  ];
}

const ONE_PLACE =
  'exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec';

function validatePlace(path: string, { nodeName, nodeSelector, allNodes }: Device): FieldError[] {
  const set: string[] = [];
  const errors: FieldError[] = [];
  if (nodeName) {
    set.push('`nodeName`');
    errors.push(...nameIsSubdomain(nodeName, false).map((words) => invalid(`${path}.nodeName`, nodeName, words)));
  } else if (nodeName === '') errors.push(invalid(`${path}.nodeName`, nodeName, 'must not be empty'));
  if (nodeSelector) {
    set.push('`nodeSelector`');
    errors.push(...validateNodeSelector(`${path}.nodeSelector`, nodeSelector));
  }
  if (allNodes) set.push('`allNodes`');
  else if (allNodes === false) {
    errors.push(invalid(`${path}.allNodes`, allNodes, 'must be either unset or set to true'));
  }
  if (set.length === 0) errors.push(required(path, ONE_PLACE));
  if (set.length > 1) errors.push(invalid(path, `{${set.join(', ')}}`, ONE_PLACE));
  return errors;
}

function refusePlace(path: string, { nodeName, nodeSelector, allNodes }: Device): FieldError[] {
  if (nodeName === undefined && nodeSelector === undefined && allNodes === undefined) return [];
  const words =
    '`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec';
  return [invalid(path, null, words)];
}
