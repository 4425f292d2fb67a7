import { quantityValue } from '../../api/quantity.js';
import { isNotFound } from '../../api/status.js';
import type { PersistentVolume } from '../../api/types/storage.js';
import { sizeOf } from '../../api/volumes/matching.js';
import type { Waiting } from '../../kernel/wait.js';
import { ProvisionError, type Provisioner, type ProvisionRequest } from '../provisioner/provision-controller.js';
import { STORAGE } from '../provisioner/storage-types.js';
import { configOf, isShared, pathOn } from './config.js';
import { type HelperPlace, runHelper } from './helper-pod.js';

const HOSTNAME = 'kubernetes.io/hostname';

/** Makes volumes out of folders of nodes; `place` is asked anew for each, for its configuration may change. */
export function localPath(name: string, place: () => HelperPlace): Provisioner {
  return {
    name,
    provision: (request) => provision(place(), request),
    remove: (volume) => remove(place(), volume),
  };
}

function* provision(place: HelperPlace, request: ProvisionRequest): Waiting<PersistentVolume> {
  const { name, claim, storageClass, node } = request;
  const config = configOf(place.config, storageClass.metadata.name ?? '');
  const shared = isShared(config);
  const { accessModes = [], selector, resources, volumeMode = 'Filesystem' } = claim.spec;
  if (!shared) {
    if (selector) throw new ProvisionError('claim.Spec.Selector is not supported');
    if (accessModes.some((mode) => mode !== 'ReadWriteOnce' && mode !== 'ReadWriteOncePod'))
      throw new ProvisionError('NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes');
    if (!node) throw new ProvisionError('configuration error, no node was specified');
  }
  const nodeName = node?.metadata.name ?? '';
  const { nodePath, pathPattern, nodeAffinityKey = HOSTNAME } = storageClass.parameters ?? {};
  const base = pathOn(config, nodeName, nodePath, place.sys.random().fork(`path ${name}`));
  const usual = `${name}_${claim.metadata.namespace}_${claim.metadata.name}`;
  const path = `${base}/${pathPattern === undefined ? usual : filled(pathPattern, request)}`;
  place.log(`Creating volume ${name} at ${nodeName === '' ? path : `${nodeName}:${path}`}`);
  const bytes = quantityValue(sizeOf(resources?.requests));
  yield* runHelper(place, { action: 'create', volume: name, path, mode: volumeMode, bytes, node: nodeName });
  const type = claim.metadata.annotations?.['volumeType'] ?? storageClass.metadata.annotations?.['defaultVolumeType'];
  const value = node?.metadata.labels?.[nodeAffinityKey] ?? nodeName;
  const terms = [{ matchExpressions: [{ key: nodeAffinityKey, operator: 'In', values: [value] }] }];
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { 'local.path.provisioner/selected-node': nodeName } },
    spec: {
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      accessModes,
      volumeMode: 'Filesystem',
      capacity: { storage: resources?.requests?.['storage'] ?? '0' },
      ...sourceOf(type ?? 'hostPath', path),
      ...(shared ? {} : { nodeAffinity: { required: { nodeSelectorTerms: terms } } }),
    },
  };
}

function sourceOf(type: string, path: string): Partial<PersistentVolume['spec']> {
  if (type.toLowerCase() === 'local') return { local: { path } };
  if (type.toLowerCase() === 'hostpath') return { hostPath: { path, type: 'DirectoryOrCreate' } };
  throw new ProvisionError(`failed to create persistent volume source: "${type}" is not a recognised volume type`);
}

/** A folder's name by a pattern, which has to begin with the claim's namespace and name. */
function filled(pattern: string, { name, claim, storageClass }: ProvisionRequest): string {
  const { namespace = '', name: claimName = '', annotations = {}, labels = {} } = claim.metadata;
  const path = pattern.replace(/\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    if (expression === '.PVName') return name;
    if (expression === '.PVC.Name') return claimName;
    if (expression === '.PVC.Namespace') return namespace;
    const [, list, key = ''] = /^index \.PVC\.(Annotations|Labels) "(.*)"$/.exec(expression) ?? [];
    return (list === 'Labels' ? labels : annotations)[key] ?? '';
  });
  if (storageClass.parameters?.['allowUnsafePathPattern'] === 'true') return path;
  if (path.startsWith(`${namespace}/${claimName}/`)) return path;
  const why = `pathPattern must start with {{ .PVC.Namespace }}/{{ .PVC.Name }}/: ${path}`;
  throw new ProvisionError(`failed to create path from pattern ${pattern}: ${why}`);
}

function* remove(place: HelperPlace, { metadata, spec }: PersistentVolume): Waiting<void> {
  const { name = '' } = metadata;
  const fail = (why: string) =>
    new ProvisionError(`failed to delete volume ${name}: failed to delete volume ${name}: ${why}`);
  const path = spec.hostPath?.path ?? spec.local?.path;
  if (path === undefined) throw fail('no path set');
  const shared = isShared(configOf(place.config, spec.storageClassName ?? ''));
  const node = shared ? '' : nodeOf(spec, fail);
  if (node !== '' && !(yield* isThere(place, node))) {
    place.log(`Node ${node} does not exist, skipping cleanup of volume ${name}`);
    return;
  }
  place.log(`Deleting volume ${name} at ${node === '' ? path : `${node}:${path}`}`);
  const bytes = quantityValue(sizeOf(spec.capacity));
  const mode = spec.volumeMode ?? 'Filesystem';
  try {
    yield* runHelper(place, { action: 'delete', volume: name, path, mode, bytes, node });
  } catch (error) {
    if (!(error instanceof ProvisionError)) throw error;
    place.log(`clean up volume ${name} failed: ${error.message}`);
    throw new ProvisionError(`failed to delete volume ${name}: ${error.message}`);
  }
}

/** The node that a volume was made on, as its affinity tells. */
function nodeOf({ nodeAffinity }: PersistentVolume['spec'], fail: (why: string) => Error): string {
  if (!nodeAffinity) throw fail('no NodeAffinity set');
  if (!nodeAffinity.required) throw fail('no NodeAffinity.Required set');
  for (const { matchExpressions = [] } of nodeAffinity.required.nodeSelectorTerms ?? [])
    for (const { operator, values = [] } of matchExpressions) {
      if (operator !== 'In') continue;
      if (values.length !== 1) throw fail('multiple values for the node affinity');
      return values[0] as string;
    }
  throw fail('cannot find affinited node');
}

function* isThere({ client }: HelperPlace, node: string): Waiting<boolean> {
  try {
    yield* client.get(STORAGE.nodes, node);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
