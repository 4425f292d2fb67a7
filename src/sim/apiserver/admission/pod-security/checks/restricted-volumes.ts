import type { Volume } from '../../../../api/types/volume.js';
import { type Check, distinct, type JudgePod, plural, quoted } from '../violation.js';

const ALLOWED = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Of a volume with several sources the first of these is told. */
const FORBIDDEN = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'gitRepo',
  'nfs',
  'iscsi',
  'glusterfs',
  'rbd',
  'flexVolume',
  'cinder',
  'cephfs',
  'flocker',
  'fc',
  'azureFile',
  'vsphereVolume',
  'quobyte',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'storageos',
];

const has = (volume: Volume, sources: readonly string[]): string | undefined =>
  sources.find((source) => volume[source] != null);

const judge: JudgePod = (spec) => {
  const bad = (spec.volumes ?? []).filter((volume) => has(volume, ALLOWED) === undefined);
  if (bad.length === 0) return undefined;
  const types = distinct(bad.map((volume) => has(volume, FORBIDDEN) ?? 'unknown'));
  const names = `${plural('volume', 'volumes', bad.length)} ${quoted(bad.map(({ name }) => name))}`;
  const what = `${plural('restricted volume type', 'restricted volume types', types.length)} ${quoted(types)}`;
  return { reason: 'restricted volume types', detail: `${names} ${plural('uses', 'use', bad.length)} ${what}` };
};

/** Of storage only what belongs to the pod or was claimed. */
export const RESTRICTED_VOLUMES: Check = {
  id: 'restrictedVolumes',
  level: 'restricted',
  versions: [{ since: 0, judge, replaces: ['hostPathVolumes'] }],
};
