/** Facts about claims and volumes that the controllers, the scheduler and kubelets read alike (component-helpers storage/volume). */
import type { KubeObject } from '../object.js';
import type { Pod } from '../types/pod.js';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../types/storage.js';
import type { Volume } from '../types/volume.js';

/** The binding has been completed once; its value does not matter. */
export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
/** The binding was made by the controller, not written by hand. */
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
/** The node for which the scheduler wants a volume made. */
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
/** Who made a volume. */
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
/** Who is to make a volume for a claim, by its old name and by its present one. */
export const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
export const BETA_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
/** How large a volume was before it was made larger, while its file system is not. */
export const PRE_RESIZE_CAPACITY = 'volume.alpha.kubernetes.io/pre-resize-capacity';
/** The provisioner of classes whose volumes nobody makes. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
const BETA_DEFAULT_CLASS = 'storageclass.beta.kubernetes.io/is-default-class';

/** The class a claim names; empty for none, and for the class of that name. */
export function classOfClaim({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? '';
}

/** Whether a claim says anything of its class, be it that it wants none. */
export function namesClass({ metadata, spec }: PersistentVolumeClaim): boolean {
  return metadata.annotations?.[CLASS_ANNOTATION] !== undefined || spec.storageClassName !== undefined;
}

/** The class of a volume; empty for none. */
export function classOfVolume({ metadata, spec }: PersistentVolume): string {
  return metadata.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? '';
}

/** Whether volumes of a class are bound when the first pod that wants them has a node. */
export function delaysBinding(storageClass: StorageClass | undefined): boolean {
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** Whether a claim has its volume, and both know. */
export function isFullyBound({ metadata, spec }: PersistentVolumeClaim): boolean {
  return Boolean(spec.volumeName) && metadata.annotations?.[BIND_COMPLETED] !== undefined;
}

/** Whether a volume is bound, or promised, to this claim. A uid counts where the volume names one. */
export function isBoundTo(volume: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const { claimRef } = volume.spec;
  if (!claimRef || claimRef.name !== metadata.name || claimRef.namespace !== metadata.namespace) return false;
  return !claimRef.uid || claimRef.uid === metadata.uid;
}

/** The default class: of several the newest, of those of one second the first by name. */
export function defaultClass(classes: readonly StorageClass[]): StorageClass | undefined {
  const isDefault = ({ metadata }: StorageClass) =>
    metadata.annotations?.[DEFAULT_CLASS] === 'true' || metadata.annotations?.[BETA_DEFAULT_CLASS] === 'true';
  const age = (object: KubeObject) => object.metadata.creationTimestamp ?? '';
  let best: StorageClass | undefined;
  for (const one of classes) {
    if (!isDefault(one)) continue;
    const newer = best === undefined || age(one) > age(best);
    if (newer || (age(one) === age(best as StorageClass) && (one.metadata.name ?? '') < (best?.metadata.name ?? '')))
      best = one;
  }
  return best;
}

/** The name of the claim behind a volume of a pod: the one it names, or the one that is made for it. */
export function claimNameOf(pod: Pod, volume: Volume): string | undefined {
  if (volume.persistentVolumeClaim) return volume.persistentVolumeClaim.claimName;
  return volume.ephemeral ? `${pod.metadata.name}-${volume.name}` : undefined;
}

/** The names of all claims that a pod uses. */
export function claimNamesOf(pod: Pod): string[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => claimNameOf(pod, volume) ?? []);
}

/** Why a claim that has the name of a pod's ephemeral volume is not its own; undefined when it is (ephemeral.VolumeIsForPod). */
export function notMadeFor(pod: Pod, claim: PersistentVolumeClaim): string | undefined {
  const owner = claim.metadata.ownerReferences?.find(({ controller }) => controller);
  if (owner?.uid === pod.metadata.uid) return undefined;
  const { name, namespace } = claim.metadata;
  return `PVC ${namespace}/${name} was not created for pod ${pod.metadata.namespace}/${pod.metadata.name} (pod is not owner)`;
}
