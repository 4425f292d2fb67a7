/** Rules of a container's environment, and of references to a pod's own fields. */
import { type FieldError, invalid, notSupported, required } from '../../field-error.js';
import {
  configMapKey,
  dns1123Label,
  dns1123Subdomain,
  labelKey,
  nameIsSubdomain,
  relaxedEnvVarName,
} from '../../names.js';
import { canonicalQuantity } from '../../quantity.js';
import type {
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  KeySelector,
  ObjectFieldSelector,
  ResourceFieldSelector,
} from '../../types/pod.js';
import { checkText } from '../meta.js';
import { withoutBacksteps } from './paths.js';

const CONVERTIBLE_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
/** Fields an environment variable can take. */
const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
/** Fields a file of a downward API volume can take. */
export const VOLUME_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];
const RESOURCE_FIELDS = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const SIZE_DIVISORS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;

/** The variables of a container. */
export function validateEnv(path: string, variables: readonly EnvVar[]): FieldError[] {
  return variables.flatMap((variable, index) => {
    const at = `${path}[${index}]`;
    const errors = variable.name ? checkText(`${at}.name`, variable.name, relaxedEnvVarName) : [required(`${at}.name`)];
    if (variable.valueFrom) errors.push(...validateSource(`${at}.valueFrom`, variable, variable.valueFrom));
    return errors;
  });
}

function validateSource(path: string, variable: EnvVar, source: EnvVarSource): FieldError[] {
  const errors: FieldError[] = [];
  if (source.fieldRef) errors.push(...validateFieldRef(`${path}.fieldRef`, source.fieldRef, ENV_FIELDS));
  if (source.resourceFieldRef) {
    errors.push(...validateResourceFieldRef(`${path}.resourceFieldRef`, source.resourceFieldRef, false));
  }
  if (source.configMapKeyRef) errors.push(...validateKey(`${path}.configMapKeyRef`, source.configMapKeyRef));
  if (source.secretKeyRef) errors.push(...validateKey(`${path}.secretKeyRef`, source.secretKeyRef));
  if (source.fileKeyRef) errors.push(...validateFileKey(`${path}.fileKeyRef`, source.fileKeyRef));
  const count = SOURCES.filter((name) => source[name]);
  if (count.length === 0) {
    const words =
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
    errors.push(invalid(path, '', words));
  } else if (variable.value) {
    errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
  } else if (count.length > 1) {
    errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
  }
  return errors;
}

function validateKey(path: string, { name = '', key }: KeySelector): FieldError[] {
  const errors = checkText(`${path}.name`, name, dns1123Subdomain);
  return [...errors, ...(key ? checkText(`${path}.key`, key, configMapKey) : [required(`${path}.key`)])];
}

function validateFileKey(
  path: string,
  { key, volumeName, path: file }: NonNullable<EnvVarSource['fileKeyRef']>,
): FieldError[] {
  return [
    ...(key ? checkText(`${path}.key`, key, relaxedEnvVarName) : [required(`${path}.key`)]),
    ...(volumeName ? checkText(`${path}.volumeName`, volumeName, dns1123Label) : [required(`${path}.volumeName`)]),
    ...(file ? withoutBacksteps(`${path}.path`, file) : [required(`${path}.path`)]),
  ];
}

/** A reference to a field of the pod. */
export function validateFieldRef(path: string, reference: ObjectFieldSelector, known: readonly string[]): FieldError[] {
  const { apiVersion, fieldPath } = reference;
  if (!apiVersion) return [required(`${path}.apiVersion`)];
  if (!fieldPath) return [required(`${path}.fieldPath`)];
  const subscript = /^(.+)\['(.*)'\]$/.exec(fieldPath);
  const base = subscript?.[1] ?? fieldPath;
  const refused = conversionError(apiVersion, fieldPath, base, subscript !== null);
  if (refused) return [invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${refused}`)];
  if (!subscript) {
    const field = base === 'spec.host' ? 'spec.nodeName' : base;
    return known.includes(field) ? [] : [notSupported(`${path}.fieldPath`, field, known)];
  }
  const key = subscript[2] ?? '';
  return checkText(path, base === 'metadata.annotations' ? key.toLowerCase() : key, labelKey);
}

function conversionError(
  apiVersion: string,
  fieldPath: string,
  base: string,
  subscripted: boolean,
): string | undefined {
  if (apiVersion !== 'v1') return `unsupported pod version: ${apiVersion}`;
  if (subscripted) {
    const allowed = base === 'metadata.annotations' || base === 'metadata.labels';
    return allowed ? undefined : `field label does not support subscript: ${fieldPath}`;
  }
  const known = CONVERTIBLE_FIELDS.includes(fieldPath) || fieldPath === 'spec.host';
  return known ? undefined : `field label not supported: ${fieldPath}`;
}

/** A reference to a container's requests or limits; in a volume it has to name the container. */
export function validateResourceFieldRef(
  path: string,
  { containerName, resource, divisor = '0' }: ResourceFieldSelector,
  inVolume: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  if (inVolume && !containerName) errors.push(required(`${path}.containerName`));
  else if (!resource) errors.push(required(`${path}.resource`));
  else if (!RESOURCE_FIELDS.includes(resource) && !/^(requests|limits)\.hugepages-/.test(resource)) {
    errors.push(notSupported(`${path}.resource`, resource, RESOURCE_FIELDS));
  }
  return [...errors, ...validateDivisor(`${path}.divisor`, resource ?? '', canonicalQuantity(String(divisor)) ?? '0')];
}

function validateDivisor(path: string, resource: string, divisor: string): FieldError[] {
  if (divisor === '0') return [];
  const what = resource.replace(/^(requests|limits)\./, '');
  if (what === 'cpu') {
    const words = "only divisor's values 1m and 1 are supported with the cpu resource";
    return divisor === '1' || divisor === '1m' ? [] : [invalid(path, resource, words)];
  }
  const names: Record<string, string> = { memory: 'memory', 'ephemeral-storage': 'local ephemeral storage' };
  const name = what.startsWith('hugepages-') ? 'hugepages' : names[what];
  if (name === undefined || SIZE_DIVISORS.includes(divisor)) return [];
  const words = `only divisor's values ${SIZE_DIVISORS.join(', ')} are supported with the ${name} resource`;
  return [invalid(path, resource, words)];
}

/** The sources whole ConfigMaps and Secrets become variables from. */
export function validateEnvFrom(path: string, sources: readonly EnvFromSource[]): FieldError[] {
  return sources.flatMap((source, index) => {
    const at = `${path}[${index}]`;
    const errors = source.prefix ? checkText(`${at}.prefix`, source.prefix, relaxedEnvVarName) : [];
    for (const kind of ['configMapRef', 'secretRef'] as const) {
      const reference = source[kind];
      if (!reference) continue;
      const { name } = reference;
      if (!name) errors.push(required(`${at}.${kind}.name`));
      else errors.push(...nameIsSubdomain(name, true).map((message) => invalid(`${at}.${kind}.name`, name, message)));
    }
    if (!source.configMapRef && !source.secretRef) {
      errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    } else if (source.configMapRef && source.secretRef) {
      errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
    }
    return errors;
  });
}
