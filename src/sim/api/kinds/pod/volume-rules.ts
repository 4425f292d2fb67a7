/** Rules of a pod's volumes. Sources of storage vendors are only counted, not looked into. */
import { duplicate, type FieldError, forbidden, invalid, required, tooLong } from '../../field-error.js';
import { goQuote } from '../../go-text.js';
import { dns1123Label, dns1123Subdomain, nameIsSubdomain } from '../../names.js';
import type { DownwardAPIVolumeFile, KeyToPath, Volume, VolumeProjection } from '../../types/volume.js';
import { checkText, oneOf } from '../meta.js';
import { type ClaimTemplate, validateClaimTemplate } from './claim-template-rules.js';
import { VOLUME_FIELDS, validateFieldRef, validateResourceFieldRef } from './env-rules.js';
import { fileMode, nonReservedPath, withoutBacksteps } from './paths.js';

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
const DRIVER_LENGTH_MAX = 63;
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

/** The volumes of a pod: what is wrong, and by name those that can be mounted. */
export function validateVolumes(
  path: string,
  volumes: readonly Volume[],
  podName: string,
  isPod: boolean,
): { errors: FieldError[]; known: ReadonlyMap<string, Volume> } {
  const errors: FieldError[] = [];
  const known = new Map<string, Volume>();
  volumes.forEach((volume, index) => {
    const at = `${path}[${index}]`;
    const own = validateSources(at, volume, podName);
    if (isPod && volume.image && !volume.image.reference) own.push(required(`${at}.image.reference`));
    if (!volume.name) own.push(required(`${at}.name`));
    else own.push(...checkText(`${at}.name`, volume.name, dns1123Label));
    if (known.has(volume.name)) own.push(duplicate(`${at}.name`, volume.name));
    if (own.length === 0) known.set(volume.name, volume);
    errors.push(...own);
  });
  return { errors, known };
}

/** The order in which the server looks at a volume's sources. */
const SOURCE_CHECKS = Object.entries<(path: string, volume: Volume, podName: string) => FieldError[]>({
  emptyDir: (path, { emptyDir }) =>
    emptyDir?.sizeLimit !== undefined && String(emptyDir.sizeLimit).startsWith('-')
      ? [forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
      : [],
  hostPath: (path, { hostPath }) => {
    if (!hostPath?.path) return [required(`${path}.path`)];
    const errors = withoutBacksteps(`${path}.path`, hostPath.path);
    return [...errors, ...oneOf(`${path}.type`, hostPath.type, HOST_PATH_TYPES)];
  },
  gitRepo: () => [],
  gcePersistentDisk: () => [],
  awsElasticBlockStore: () => [],
  secret: (path, { secret }) => [
    ...(secret?.secretName ? [] : [required(`${path}.secretName`)]),
    ...fileMode(`${path}.defaultMode`, secret?.defaultMode),
    ...validateItems(path, secret?.items),
  ],
  nfs: (path, { nfs }) => [
    ...(nfs?.server ? [] : [required(`${path}.server`)]),
    ...(nfs?.path ? [] : [required(`${path}.path`)]),
    ...(nfs?.path?.startsWith('/') ? [] : [invalid(`${path}.path`, nfs?.path ?? '', 'must be an absolute path')]),
  ],
  iscsi: () => [],
  glusterfs: () => [],
  flocker: () => [],
  persistentVolumeClaim: (path, { persistentVolumeClaim }) =>
    persistentVolumeClaim?.claimName ? [] : [required(`${path}.claimName`)],
  rbd: () => [],
  cinder: () => [],
  cephfs: () => [],
  quobyte: () => [],
  downwardAPI: (path, { downwardAPI }) => [
    ...fileMode(`${path}.defaultMode`, downwardAPI?.defaultMode),
    ...(downwardAPI?.items ?? []).flatMap((file) => validateDownwardFile(path, file)),
  ],
  fc: () => [],
  flexVolume: () => [],
  configMap: (path, { configMap }) => [
    ...(configMap?.name ? [] : [required(`${path}.name`)]),
    ...fileMode(`${path}.defaultMode`, configMap?.defaultMode),
    ...validateItems(path, configMap?.items),
  ],
  azureFile: () => [],
  vsphereVolume: () => [],
  photonPersistentDisk: () => [],
  portworxVolume: () => [],
  azureDisk: () => [],
  storageos: () => [],
  projected: (path, { projected }) => [
    ...fileMode(`${path}.defaultMode`, projected?.defaultMode),
    ...validateProjections(path, projected?.sources ?? []),
  ],
  scaleIO: () => [],
  csi: (path, { csi }) => validateDriverName(`${path}.driver`, csi?.driver ?? ''),
  ephemeral: (path, { ephemeral, name }, podName) => {
    if (!ephemeral?.volumeClaimTemplate) return [required(`${path}.volumeClaimTemplate`)];
    const template = ephemeral.volumeClaimTemplate as ClaimTemplate;
    const errors = validateClaimTemplate(`${path}.volumeClaimTemplate`, template);
    const claim = `${podName}-${name}`;
    if (podName === '' || !name) return errors;
    for (const message of nameIsSubdomain(claim, false)) {
      errors.push(invalid(path.replace(/\.ephemeral$/, '.name'), name, `PVC name ${goQuote(claim)}: ${message}`));
    }
    return errors;
  },
  image: (path, { image }) => {
    const policy = image?.pullPolicy;
    return policy ? oneOf(`${path}.pullPolicy`, policy, PULL_POLICIES) : [required(`${path}.pullPolicy`)];
  },
});

function validateDriverName(path: string, name: string): FieldError[] {
  if (name === '') return [required(path)];
  const errors = name.length > DRIVER_LENGTH_MAX ? [tooLong(path, DRIVER_LENGTH_MAX)] : [];
  return [...errors, ...dns1123Subdomain(name.toLowerCase()).map((message) => invalid(path, name, message))];
}

function validateSources(path: string, volume: Volume, podName: string): FieldError[] {
  const errors: FieldError[] = [];
  let found = 0;
  for (const [name, check] of SOURCE_CHECKS) {
    if (volume[name] === undefined || volume[name] === null) continue;
    found += 1;
    if (found > 1) errors.push(forbidden(`${path}.${name}`, 'may not specify more than 1 volume type'));
    else errors.push(...check(`${path}.${name}`, volume, podName));
  }
  if (found === 0) errors.push(required(path, 'must specify a volume type'));
  return errors;
}

function validateItems(path: string, items: readonly KeyToPath[] = []): FieldError[] {
  return items.flatMap((item, index) => {
    const at = `${path}.items[${index}]`;
    return [
      ...(item.key ? [] : [required(`${at}.key`)]),
      ...(item.path ? [] : [required(`${at}.path`)]),
      ...nonReservedPath(`${at}.path`, item.path ?? ''),
      ...fileMode(`${at}.mode`, item.mode),
    ];
  });
}

function validateDownwardFile(path: string, file: DownwardAPIVolumeFile): FieldError[] {
  const errors: FieldError[] = file.path ? [] : [required(`${path}.path`)];
  errors.push(...nonReservedPath(`${path}.path`, file.path ?? ''));
  if (file.fieldRef) {
    errors.push(...validateFieldRef(`${path}.fieldRef`, file.fieldRef, VOLUME_FIELDS));
    if (file.resourceFieldRef) {
      errors.push(invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
    }
  } else if (file.resourceFieldRef) {
    errors.push(...validateResourceFieldRef(`${path}.resourceFieldRef`, file.resourceFieldRef, true));
  } else {
    errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
  }
  return [...errors, ...fileMode(`${path}.mode`, file.mode)];
}

function validateProjections(path: string, sources: readonly VolumeProjection[]): FieldError[] {
  const errors: FieldError[] = [];
  const paths = new Set<string>();
  const claim = (file: string, owner: string) => {
    if (file && paths.has(file)) errors.push(invalid(path, owner, 'conflicting duplicate paths'));
    paths.add(file);
  };
  sources.forEach((source, index) => {
    const at = `${path}.sources[${index}]`;
    for (const kind of ['secret', 'configMap'] as const) {
      const reference = source[kind];
      if (!reference) continue;
      if (!reference.name) errors.push(required(`${at}.${kind}.name`));
      errors.push(...validateItems(`${at}.${kind}`, reference.items));
      for (const item of reference.items ?? []) claim(item.path, reference.name ?? '');
    }
    for (const file of source.downwardAPI?.items ?? []) {
      errors.push(...validateDownwardFile(`${at}.downwardAPI`, file));
      claim(file.path, file.path);
    }
    errors.push(...validateTokenSource(path, at, source.serviceAccountToken));
    if (Object.values(source).filter((value) => value !== undefined && value !== null).length > 1) {
      errors.push(forbidden(at, 'may not specify more than 1 volume type per source'));
    }
  });
  return errors;
}

function validateTokenSource(path: string, at: string, token: VolumeProjection['serviceAccountToken']): FieldError[] {
  if (!token) return [];
  const seconds = token.expirationSeconds ?? 0;
  const field = `${at}.serviceAccountToken.expirationSeconds`;
  const errors: FieldError[] = [];
  if (seconds < 600) errors.push(invalid(field, seconds, 'may not specify a duration less than 10 minutes'));
  if (seconds > 2 ** 32) errors.push(invalid(field, seconds, 'may not specify a duration larger than 2^32 seconds'));
  if (!token.path) errors.push(required(`${path}.path`));
  else errors.push(...nonReservedPath(`${path}.path`, token.path));
  return errors;
}
