/** Rules of what is asked for in claims: requests, constraints, configuration (resource/validation). */
import { type FieldError, invalid, notSupported, required, tooLong } from '../../field-error.js';
import { goJson, utf8Length } from '../../go-text.js';
import { dns1123Subdomain, labelKey, labelValue } from '../../names.js';
import { isJsonObject } from '../../object.js';
import type {
  DeviceClaim,
  DeviceConfiguration,
  DeviceRequest,
  DeviceSelector,
  DeviceToleration,
  ExactDeviceRequest,
} from '../../types/devices.js';
import { checkText, oneOf } from '../meta.js';
import { validateDriverName } from '../persistent-volume/source-rules.js';
import { validateItems, validateUniqueItems } from './list-rules.js';
import { validateFullyQualifiedName, validateLabelName } from './name-rules.js';

const REQUESTS_MAX = 32;
const CONSTRAINTS_MAX = 32;
/** How many configurations a class or a claim may have. */
export const CONFIG_MAX = 32;
/** How many selectors a class or a request may have. */
export const SELECTORS_MAX = 32;
const FIRST_AVAILABLE_MAX = 8;
const EXPRESSION_BYTES_MAX = 10 * 1024;
const PARAMETER_BYTES_MAX = 10 * 1024;
const MODES = ['All', 'ExactCount'];
/** What a device's taint does to pods. */
export const TAINT_EFFECTS: readonly string[] = ['NoExecute', 'NoSchedule', 'None'];
const NO_SUCH_REQUEST =
  "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";
const ONE_KIND = 'exactly one of `exactly` or `firstAvailable` is required';

/** Names of requests, and of what each of them would take instead. */
export type RequestNames = ReadonlyMap<string, ReadonlySet<string>>;

/** The names that constraints, configuration and results may refer to. */
export function requestNamesOf({ requests }: DeviceClaim): RequestNames {
  return new Map(
    (requests ?? []).map(({ name, firstAvailable = [] }) => [name, new Set(firstAvailable.map((one) => one.name))]),
  );
}

/** Everything a claim asks for. */
export function validateDeviceClaim(path: string, claim: DeviceClaim): FieldError[] {
  const names = requestNamesOf(claim);
  const itself = (name: string) => name;
  const references = (at: string, requests: readonly string[] | undefined) =>
    validateUniqueItems(at, requests, REQUESTS_MAX, (item, name) => validateReference(item, name, names), itself);
  return [
    ...validateUniqueItems(`${path}.requests`, claim.requests, REQUESTS_MAX, validateRequest, ({ name }) => name),
    ...validateItems(`${path}.constraints`, claim.constraints, CONSTRAINTS_MAX, (at, constraint) => [
      ...references(`${at}.requests`, constraint.requests),
      ...validateConstraint(at, constraint),
    ]),
    ...validateItems(`${path}.config`, claim.config, CONFIG_MAX, (at, config) => [
      ...references(`${at}.requests`, config.requests),
      ...validateConfiguration(at, config),
    ]),
  ];
}

/** Refers to a request of the claim, or to one of its alternatives. */
export function validateReference(path: string, name: string, names: RequestNames): FieldError[] {
  const parts = name.split('/');
  if (parts.length > 2) return [invalid(path, name, NO_SUCH_REQUEST)];
  const errors = parts.flatMap((part) => validateLabelName(path, part));
  const [request = '', alternative] = parts;
  const known = names.get(request);
  if (known && (alternative === undefined || known.has(alternative))) return errors;
  return [...errors, invalid(path, name, NO_SUCH_REQUEST)];
}

function validateRequest(path: string, request: DeviceRequest): FieldError[] {
  const errors = validateLabelName(`${path}.name`, request.name);
  const alternatives = request.firstAvailable ?? [];
  if (alternatives.length === 0 && !request.exactly) return [...errors, required(path, ONE_KIND)];
  if (alternatives.length > 0 && request.exactly) {
    return [...errors, invalid(path, null, `${ONE_KIND}, but multiple fields are set`)];
  }
  if (request.exactly) return [...errors, ...validateExact(`${path}.exactly`, request.exactly)];
  const at = `${path}.firstAvailable`;
  const rule = (item: string, one: (typeof alternatives)[number]) => [
    ...validateLabelName(`${item}.name`, one.name),
    ...validateExact(item, one),
  ];
  return [...errors, ...validateUniqueItems(at, alternatives, FIRST_AVAILABLE_MAX, rule, ({ name }) => name)];
}

function validateExact(path: string, request: ExactDeviceRequest): FieldError[] {
  const { deviceClassName: name, selectors, tolerations = [] } = request;
  const at = `${path}.deviceClassName`;
  return [
    ...(name ? checkText(at, name, dns1123Subdomain) : [required(at)]),
    ...validateItems(`${path}.selectors`, selectors, SELECTORS_MAX, validateSelector),
    ...validateMode(path, request),
    ...tolerations.flatMap((one, index) => validateToleration(`${path}.tolerations[${index}]`, one)),
  ];
}

function validateMode(path: string, { allocationMode: mode = '', count = 0 }: ExactDeviceRequest): FieldError[] {
  if (!MODES.includes(mode)) return [notSupported(`${path}.allocationMode`, mode, MODES)];
  const at = `${path}.count`;
  if (mode === 'All') {
    return count === 0 ? [] : [invalid(at, count, "must not be specified when allocationMode is 'All'")];
  }
  return count > 0 ? [] : [invalid(at, count, 'must be greater than zero')];
}

/** An expression that chooses devices. Nothing here reads the expression itself. */
export function validateSelector(path: string, { cel }: DeviceSelector): FieldError[] {
  if (!cel) return [required(`${path}.cel`)];
  if (utf8Length(cel.expression ?? '') <= EXPRESSION_BYTES_MAX) return [];
  return [tooLong(`${path}.cel.expression`, EXPRESSION_BYTES_MAX)];
}

function validateConstraint(
  path: string,
  { matchAttribute, distinctAttribute }: NonNullable<DeviceClaim['constraints']>[number],
): FieldError[] {
  if (matchAttribute !== undefined) return validateFullyQualifiedName(`${path}.matchAttribute`, matchAttribute);
  if (distinctAttribute !== undefined) {
    return validateFullyQualifiedName(`${path}.distinctAttribute`, distinctAttribute);
  }
  const words = 'exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set';
  return [required(path, words)];
}

/** What a driver is told, in its own words. */
export function validateConfiguration(path: string, { opaque }: DeviceConfiguration): FieldError[] {
  if (!opaque) return [required(`${path}.opaque`)];
  return [
    ...validateDriverName(`${path}.opaque.driver`, opaque.driver ?? ''),
    ...validateRaw(`${path}.opaque.parameters`, opaque.parameters),
  ];
}

/** A JSON object of at most 10 KiB. */
export function validateRaw(path: string, value: unknown): FieldError[] {
  if (value === undefined || value === null) return [required(path)];
  if (utf8Length(goJson(value)) > PARAMETER_BYTES_MAX) return [tooLong(path, PARAMETER_BYTES_MAX)];
  return isJsonObject(value) ? [] : [invalid(path, '<value omitted>', 'must be a valid JSON object')];
}

function validateToleration(path: string, { key, operator, value = '', effect }: DeviceToleration): FieldError[] {
  const errors = key ? checkText(`${path}.key`, key, labelKey) : [];
  if (operator === 'Exists') {
    if (value !== '') errors.push(invalid(`${path}.value`, value, 'must be empty for operator `Exists`'));
  } else if (operator === 'Equal') errors.push(...checkText(`${path}.value`, value, labelValue));
  else if (!operator) errors.push(required(`${path}.operator`));
  else errors.push(notSupported(`${path}.operator`, operator, ['Equal', 'Exists']));
  return effect ? [...errors, ...oneOf(`${path}.effect`, effect, TAINT_EFFECTS)] : errors;
}

/** How many devices a request is for, and what its tolerations compare with. */
export function defaultDeviceClaim(claim: DeviceClaim): void {
  for (const { exactly, firstAvailable = [] } of claim.requests ?? []) {
    for (const request of exactly ? [exactly, ...firstAvailable] : firstAvailable) {
      request.allocationMode ||= 'ExactCount';
      if (request.allocationMode === 'ExactCount') request.count ||= 1;
      for (const toleration of request.tolerations ?? []) toleration.operator ||= 'Equal';
    }
  }
}
