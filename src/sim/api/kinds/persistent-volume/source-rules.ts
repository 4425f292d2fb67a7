/** Rules of what a volume is made of: a table of sources in the order in which the server looks at them. */
import { type FieldError, forbidden, invalid, notSupported, required, tooLong } from '../../field-error.js';
import { utf8Length } from '../../go-text.js';
import { dns1123Label, dns1123Subdomain, nameIsLabel, rangeError } from '../../names.js';
import type { PersistentVolumeSpec } from '../../types/storage.js';
import { checkText, oneOf, sortedPairs } from '../meta.js';
import { withoutBacksteps } from '../pod/paths.js';
import { validateIscsi } from './iscsi-rules.js';

/** A source as it comes from decoding: fields of the right type, or none. */
export interface Source {
  readonly [field: string]: unknown;
}

type Rule = (path: string, source: Source, volumeName: string) => FieldError[];

const DRIVER_NAME_MAX = 63;
const PARTITION_WORDS = rangeError(1, 255);
const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];
const MANAGED_DISK = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const BLOB_DISK = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

/** Texts that have to be there. */
function need(path: string, source: Source, ...fields: readonly string[]): FieldError[] {
  return fields.flatMap((field) => {
    const value = source[field] as string | readonly unknown[] | undefined | null;
    return value === undefined || value === null || value.length === 0 ? [required(`${path}.${field}`)] : [];
  });
}

function partition(path: string, { partition: number = 0 }: { partition?: number }): FieldError[] {
  return number < 0 || number > 255 ? [invalid(`${path}.partition`, number, PARTITION_WORDS)] : [];
}

function secretRef(path: string, { secretRef: ref }: { secretRef?: Source }): FieldError[] {
  return ref ? need(`${path}.secretRef`, ref, 'name', 'namespace') : [];
}

const text = (source: Source, field: string): string => (source[field] as string | undefined) ?? '';

/** The name of a CSI driver (ValidateCSIDriverName). */
export function validateDriverName(path: string, name: string): FieldError[] {
  if (name === '') return [required(path)];
  const errors = utf8Length(name) > DRIVER_NAME_MAX ? [tooLong(path, DRIVER_NAME_MAX)] : [];
  return [...errors, ...dns1123Subdomain(name.toLowerCase()).map((words) => invalid(path, name, words))];
}

function csi(path: string, source: Source): FieldError[] {
  const errors = [
    ...validateDriverName(`${path}.driver`, text(source, 'driver')),
    ...need(path, source, 'volumeHandle'),
  ];
  for (const field of [
    'controllerPublishSecretRef',
    'controllerExpandSecretRef',
    'nodePublishSecretRef',
    'nodeExpandSecretRef',
  ]) {
    const reference = source[field] as Source | undefined;
    if (!reference) continue;
    const at = `${path}.${field}`;
    const { name, namespace } = reference as { name?: string; namespace?: string };
    errors.push(...(name ? checkText(`${at}.name`, name, dns1123Subdomain) : [required(`${at}.name`)]));
    errors.push(...(namespace ? checkText(`${at}.namespace`, namespace, dns1123Label) : [required(`${at}.namespace`)]));
  }
  return errors;
}

function glusterfs(path: string, source: Source): FieldError[] {
  const errors = need(path, source, 'endpoints', 'path');
  const namespace = source['endpointsNamespace'] as string | undefined;
  if (namespace === undefined) return errors;
  const at = `${path}.endpointsNamespace`;
  const words = 'if the endpointnamespace is set, it must be a valid namespace name';
  if (namespace === '') return [...errors, invalid(at, namespace, words)];
  return [...errors, ...nameIsLabel(namespace, false).map((message) => invalid(at, namespace, message))];
}

function flocker(path: string, source: Source): FieldError[] {
  const name = text(source, 'datasetName');
  const uuid = text(source, 'datasetUUID');
  const errors: FieldError[] = [];
  if (!name && !uuid) errors.push(required(path, 'one of datasetName and datasetUUID is required'));
  if (name && uuid) {
    errors.push(invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'));
  }
  if (name.includes('/')) errors.push(invalid(`${path}.datasetName`, name, "must not contain '/'"));
  return errors;
}

function quobyte(path: string, source: Source): FieldError[] {
  const registry = text(source, 'registry');
  const words = 'must be a host:port pair or multiple pairs separated by commas';
  const errors: FieldError[] = [];
  if (!registry) errors.push(required(`${path}.registry`, words));
  else if (utf8Length(text(source, 'tenant')) >= 65) {
    errors.push(required(`${path}.tenant`, 'must be a UUID and may not exceed a length of 64 characters'));
  } else {
    for (const pair of registry.split(',')) {
      if (!/^(\[[^[\]]*\]|[^[\]:]*):[^[\]:]*$/.test(pair)) errors.push(invalid(`${path}.registry`, registry, words));
    }
  }
  return [...errors, ...need(path, source, 'volume')];
}

function fc(path: string, source: Source): FieldError[] {
  const names = (source['targetWWNs'] as string[] | undefined) ?? [];
  const ids = (source['wwids'] as string[] | undefined) ?? [];
  const lun = source['lun'] as number | undefined;
  const at = `${path}.targetWWNs`;
  const errors: FieldError[] = [];
  if (names.length === 0 && ids.length === 0) {
    errors.push(required(at, 'must specify either targetWWNs or wwids, but not both'));
  }
  if (names.length > 0 && ids.length > 0) {
    errors.push(invalid(at, names, 'targetWWNs and wwids can not be specified simultaneously'));
  }
  if (names.length === 0) return errors;
  if (lun === undefined) errors.push(required(`${path}.lun`, 'lun is required if targetWWNs is specified'));
  else if (lun < 0 || lun > 255) errors.push(invalid(`${path}.lun`, lun, rangeError(0, 255)));
  return errors;
}

function flexVolume(path: string, source: Source): FieldError[] {
  const errors = need(path, source, 'driver');
  for (const [key] of sortedPairs(source['options'] as Record<string, string> | undefined)) {
    const domain = `.${(key.includes('/') ? key.slice(0, key.indexOf('/')) : key).toLowerCase()}`;
    if (!domain.endsWith('.kubernetes.io') && !domain.endsWith('.k8s.io')) continue;
    const words = 'kubernetes.io and k8s.io namespaces are reserved';
    errors.push(invalid(`${path}.options[${key}]`, key, words));
  }
  return errors;
}

function azureDisk(path: string, source: Source): FieldError[] {
  const { cachingMode, kind } = source as { cachingMode?: string; kind?: string };
  const uri = text(source, 'diskURI');
  const errors = need(path, source, 'diskName', 'diskURI');
  errors.push(...oneOf(`${path}.cachingMode`, cachingMode, ['None', 'ReadOnly', 'ReadWrite']));
  errors.push(...oneOf(`${path}.kind`, kind, ['Dedicated', 'Managed', 'Shared']));
  if (kind === 'Managed' && !uri.startsWith('/subscriptions/')) {
    errors.push(notSupported(`${path}.diskURI`, uri, [MANAGED_DISK]));
  }
  if (kind !== undefined && kind !== 'Managed' && !uri.startsWith('https://')) {
    errors.push(notSupported(`${path}.diskURI`, uri, [BLOB_DISK]));
  }
  return errors;
}

function storageos(path: string, source: Source): FieldError[] {
  const name = text(source, 'volumeName');
  const namespace = text(source, 'volumeNamespace');
  const errors = name ? checkText(`${path}.volumeName`, name, dns1123Label) : [required(`${path}.volumeName`)];
  if (namespace) errors.push(...checkText(`${path}.volumeNamespace`, namespace, dns1123Label));
  return [...errors, ...secretRef(path, source)];
}

/** A path on a node; nothing else is said of one that is not there. */
function nodePath(path: string, source: Source): FieldError[] {
  const errors = need(path, source, 'path');
  return errors.length > 0 ? errors : withoutBacksteps(`${path}.path`, text(source, 'path'));
}

function azureFile(path: string, source: Source): FieldError[] {
  const errors = need(path, source, 'secretName', 'shareName');
  return source['secretNamespace'] === '' ? [...errors, required(`${path}.secretNamespace`)] : errors;
}

const SOURCES: Readonly<Record<string, Rule>> = {
  hostPath: (path, source) => {
    const errors = nodePath(path, source);
    if (!source['path']) return errors;
    return [...errors, ...oneOf(`${path}.type`, source['type'] as string | undefined, HOST_PATH_TYPES)];
  },
  gcePersistentDisk: (path, source) => {
    const at = path.replace(/gcePersistentDisk$/, 'persistentDisk');
    return [...need(at, source, 'pdName'), ...partition(at, source)];
  },
  awsElasticBlockStore: (path, source) => [...need(path, source, 'volumeID'), ...partition(path, source)],
  glusterfs,
  flocker,
  nfs: (path, source) => [
    ...need(path, source, 'server', 'path'),
    ...(text(source, 'path').startsWith('/')
      ? []
      : [invalid(`${path}.path`, text(source, 'path'), 'must be an absolute path')]),
  ],
  rbd: (path, source) => need(path, source, 'monitors', 'image'),
  quobyte,
  cephfs: (path, source) => need(path, source, 'monitors'),
  iscsi: validateIscsi,
  cinder: (path, source) => [...need(path, source, 'volumeID'), ...secretRef(path, source)],
  fc,
  flexVolume,
  azureFile,
  vsphereVolume: (path, source) => need(path, source, 'volumePath'),
  photonPersistentDisk: (path, source) => need(path, source, 'pdID'),
  portworxVolume: (path, source) => need(path, source, 'volumeID'),
  azureDisk,
  scaleIO: (path, source) => need(path, source, 'gateway', 'system', 'volumeName'),
  local: nodePath,
  storageos,
  csi,
};

/** The names of all sources a volume may have. */
export const VOLUME_SOURCES: readonly string[] = Object.keys(SOURCES);

/** Exactly one source. A local one needs to know on which node it is; a flexVolume may stand beside others. */
export function validateSources(path: string, spec: PersistentVolumeSpec, volumeName: string): FieldError[] {
  const errors: FieldError[] = [];
  let found = 0;
  for (const [name, rule] of Object.entries(SOURCES)) {
    const source = spec[name] as Source | undefined | null;
    if (source === undefined || source === null) continue;
    found += 1;
    if (found > 1 && name !== 'flexVolume') {
      const at = name === 'cephfs' ? 'cephFS' : name;
      errors.push(forbidden(`${path}.${at}`, 'may not specify more than 1 volume type'));
      continue;
    }
    errors.push(...rule(`${path}.${name}`, source, volumeName));
    if (name === 'local' && !spec.nodeAffinity) {
      errors.push(required(`${path}.nodeAffinity`, 'Local volume requires node affinity'));
    }
  }
  if (found === 0) errors.push(required(path, 'must specify a volume type'));
  return errors;
}
