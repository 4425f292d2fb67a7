import { goQuote } from '../../../api/go-text.js';
import { configMapNames, secretNames } from '../../../api/pod-references.js';
import type { Pod } from '../../../api/types/pod.js';

/** What a pod needs of the API, by what its volume's kind is called in a refusal; '' for what needs nothing. */
const VOLUMES: Readonly<Record<string, string>> = {
  awsElasticBlockStore: '',
  azureDisk: '',
  azureFile: 'secrets (via azureFile volumes)',
  cephfs: '',
  cinder: '',
  configMap: 'configmaps (via configmap volumes)',
  csi: 'csidrivers (via CSI volumes)',
  downwardAPI: '',
  emptyDir: '',
  ephemeral: 'persistentvolumeclaims (via ephemeral volumes)',
  fc: '',
  flexVolume: '',
  flocker: '',
  gcePersistentDisk: '',
  gitRepo: '',
  glusterfs: 'endpoints (via glusterFS volumes)',
  hostPath: '',
  image: '',
  iscsi: '',
  nfs: '',
  persistentVolumeClaim: 'persistentvolumeclaims',
  photonPersistentDisk: '',
  portworxVolume: '',
  quobyte: '',
  rbd: '',
  scaleIO: '',
  secret: 'secrets (via secret volumes)',
  storageos: '',
  vsphereVolume: '',
};
const SOURCES: Readonly<Record<string, string>> = {
  clusterTrustBundle: 'clustertrustbundles',
  configMap: 'configmaps (via projected volumes)',
  downwardAPI: '',
  podCertificate: 'podcertificates',
  secret: 'secrets (via projected volumes)',
  serviceAccountToken: 'serviceaccounts (via projected volumes)',
};

interface Reference {
  /** What the pod refers to; '' or undefined: nothing. */
  readonly resource?: string;
  readonly error?: string;
}

/** The first other object of the API that a pod refers to. */
export function apiReference(pod: Pod): Reference {
  const { spec } = pod;
  if (spec.serviceAccountName) return { resource: 'serviceaccounts' };
  if (secretNames(pod).length > 0) return { resource: 'secrets' };
  if (configMapNames(pod).length > 0) return { resource: 'configmaps' };
  if (spec.resourceClaims?.length) return { resource: 'resourceclaims' };
  for (const volume of (spec.volumes ?? []) as unknown as Readonly<Record<string, unknown>>[]) {
    const found = volumeReference(volume);
    if (found.resource || found.error !== undefined) return found;
  }
  return {};
}

function volumeReference(volume: Readonly<Record<string, unknown>>): Reference {
  const name = goQuote(String(volume['name'] ?? ''));
  const { projected } = volume as { projected?: { sources?: Readonly<Record<string, unknown>>[] } };
  if (!projected) {
    const kind = Object.keys(VOLUMES).find((one) => volume[one] != null);
    return kind === undefined
      ? { error: `unknown volume type for volume  ${name}` }
      : { resource: VOLUMES[kind] as string };
  }
  for (const source of projected.sources ?? []) {
    const kind = Object.keys(SOURCES).find((one) => source[one] != null);
    if (kind === undefined) return { error: `unknown source for projected volume ${name}` };
    if (SOURCES[kind]) return { resource: SOURCES[kind] };
  }
  return {};
}
