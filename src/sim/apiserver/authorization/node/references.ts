import type { KubeObject } from '../../../api/object.js';

/** What a pod or a volume refers to: `secrets/default/tls`. */
type Reference = string;

/** A place in an object that may name something; sources of volumes all look alike enough. */
interface Named {
  readonly name?: string;
  readonly namespace?: string;
  readonly secretName?: string;
  readonly secretNamespace?: string;
  readonly secretRef?: Named;
  readonly configMapRef?: Named;
}

interface Container {
  readonly env?: readonly {
    readonly valueFrom?: { readonly secretKeyRef?: Named; readonly configMapKeyRef?: Named };
  }[];
  readonly envFrom?: readonly Named[];
}

interface Volume {
  readonly name?: string;
  readonly ephemeral?: object;
  readonly persistentVolumeClaim?: { readonly claimName?: string };
  readonly projected?: { readonly sources?: readonly { readonly secret?: Named; readonly configMap?: Named }[] };
  readonly configMap?: Named;
  readonly azureFile?: Named;
  readonly secret?: Named;
  readonly csi?: {
    readonly nodePublishSecretRef?: Named;
    readonly nodeStageSecretRef?: Named;
    readonly nodeExpandSecretRef?: Named;
  };
}

/** What the node authorizer reads of a pod. */
export interface BoundPod extends KubeObject {
  readonly spec?: {
    readonly nodeName?: string;
    readonly serviceAccountName?: string;
    readonly imagePullSecrets?: readonly Named[];
    readonly containers?: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly ephemeralContainers?: readonly Container[];
    readonly volumes?: readonly Volume[];
    readonly resourceClaims?: readonly { readonly name: string; readonly resourceClaimName?: string }[];
  };
  readonly status?: {
    readonly resourceClaimStatuses?: readonly { readonly name: string; readonly resourceClaimName?: string }[];
    readonly extendedResourceClaimStatus?: { readonly resourceClaimName?: string };
  };
}

/** Sources of volumes that name their secret in a `secretRef`. */
const WITH_SECRET_REF = ['cephfs', 'cinder', 'flexVolume', 'rbd', 'scaleIO', 'iscsi', 'storageos'] as const;
const MIRROR = 'kubernetes.io/config.mirror';

/** What a pod's node may read because the pod runs there; a mirror pod, which a node makes itself, gives nothing. */
export function podReferences(pod: BoundPod): Reference[] {
  if (pod.metadata.annotations?.[MIRROR] !== undefined) return [];
  const { name = '', namespace = '' } = pod.metadata;
  const { spec = {}, status = {} } = pod;
  const found = new Set<Reference>();
  const note = (resource: string, named: string | undefined) => {
    if (named) found.add(`${resource}/${namespace}/${named}`);
  };
  note('serviceaccounts', spec.serviceAccountName);
  for (const secret of spec.imagePullSecrets ?? []) note('secrets', secret.name);
  for (const container of [spec.initContainers, spec.containers, spec.ephemeralContainers].flatMap(
    (all) => all ?? [],
  )) {
    noteContainer(container, note);
  }
  for (const volume of spec.volumes ?? []) noteVolume(volume, name, note);
  for (const { name: claim, resourceClaimName } of spec.resourceClaims ?? []) {
    const made = status.resourceClaimStatuses?.find((one) => one.name === claim);
    note('resourceclaims', resourceClaimName ?? made?.resourceClaimName);
  }
  note('resourceclaims', status.extendedResourceClaimStatus?.resourceClaimName);
  return [...found];
}

type Note = (resource: string, name: string | undefined) => void;

function noteContainer({ env = [], envFrom = [] }: Container, note: Note): void {
  for (const { valueFrom } of env) {
    note('secrets', valueFrom?.secretKeyRef?.name);
    note('configmaps', valueFrom?.configMapKeyRef?.name);
  }
  for (const { secretRef, configMapRef } of envFrom) {
    note('secrets', secretRef?.name);
    note('configmaps', configMapRef?.name);
  }
}

function noteVolume(volume: Volume, pod: string, note: Note): void {
  note('configmaps', volume.configMap?.name);
  note('secrets', volume.secret?.secretName);
  note('secrets', volume.azureFile?.secretName);
  note('secrets', volume.csi?.nodePublishSecretRef?.name);
  for (const { secret, configMap } of volume.projected?.sources ?? []) {
    note('secrets', secret?.name);
    note('configmaps', configMap?.name);
  }
  for (const source of WITH_SECRET_REF) note('secrets', secretRefOf(volume, source)?.name);
  const claim = volume.persistentVolumeClaim?.claimName ?? (volume.ephemeral ? `${pod}-${volume.name}` : undefined);
  note('persistentvolumeclaims', claim);
}

function secretRefOf(volume: object, source: (typeof WITH_SECRET_REF)[number]): Named | undefined {
  return (volume as Readonly<Record<string, Named | undefined>>)[source]?.secretRef;
}

/** What the node authorizer reads of a PersistentVolume. */
export interface BoundVolume extends KubeObject {
  readonly spec?: Volume & { readonly claimRef?: { readonly namespace?: string; readonly name?: string } };
}

/** The secrets that whoever mounts a volume has to read: `secrets/ns/name`. Without a claim there are none. */
export function volumeSecrets({ spec = {} }: BoundVolume): Reference[] {
  const { claimRef, azureFile, csi } = spec;
  if (!claimRef) return [];
  const found: Reference[] = [];
  const note = (named: Named | undefined, name = named?.name, namespace = named?.namespace) => {
    if (name) found.push(`secrets/${namespace || claimRef.namespace}/${name}`);
  };
  note(azureFile, azureFile?.secretName, azureFile?.secretNamespace);
  for (const source of WITH_SECRET_REF) note(secretRefOf(spec, source));
  for (const ref of [csi?.nodePublishSecretRef, csi?.nodeStageSecretRef, csi?.nodeExpandSecretRef]) note(ref);
  return found;
}
