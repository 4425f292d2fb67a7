import { deepCopy, type KubeObject, type OwnerReference } from '../../api/object.js';
import { controllerReference } from '../../api/owner-references.js';
import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolumeClaim } from '../../api/types/storage.js';
import type { StatefulSet } from '../../api/types/workloads.js';

/** When the claims of a set go: with their pod when the set shrinks, and with the set. */
interface Retention {
  readonly deletesScaled: boolean;
  readonly deletesWithSet: boolean;
}

/** What the set's policy says of its claims; they stay without one. */
export function retentionOf({ spec }: StatefulSet): Retention {
  const { whenScaled, whenDeleted } = spec.persistentVolumeClaimRetentionPolicy ?? {};
  return { deletesScaled: whenScaled === 'Delete', deletesWithSet: whenDeleted === 'Delete' };
}

/** The name of the claim that a pod of that number has from a template. */
export function claimName(set: StatefulSet, template: string | undefined, ordinal: number): string {
  return `${template}-${set.metadata.name}-${ordinal}`;
}

/** The claims of a pod of that number as they are made, and the volumes they are for. */
export function claimsFor(set: StatefulSet, ordinal: number): { volume: string; claim: PersistentVolumeClaim }[] {
  const { namespace } = set.metadata;
  return (set.spec.volumeClaimTemplates ?? []).map((template) => {
    const volume = template.metadata?.name ?? '';
    const { metadata, ...rest } = deepCopy(template);
    const claim = {
      ...rest,
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        ...metadata,
        name: claimName(set, volume, ordinal),
        ...(namespace === undefined ? {} : { namespace }),
        labels: { ...metadata?.labels, ...set.spec.selector?.matchLabels },
      },
    } as PersistentVolumeClaim;
    return { volume, claim };
  });
}

/** Whether the claim is owned by an earlier object of the owner's name, which is gone. */
export function hasStaleOwner(claim: PersistentVolumeClaim, owner: KubeObject): boolean {
  const reference = ownersOf(claim).find((one) => names(one, owner));
  return reference !== undefined && reference.uid !== owner.metadata.uid;
}

/** Whether somebody but the set and the pod manages the claim, which matters where it should go with one of them. */
export function hasOtherController(claim: PersistentVolumeClaim, set: StatefulSet, pod: Pod): boolean {
  const { deletesScaled, deletesWithSet } = retentionOf(set);
  if (!deletesScaled && !deletesWithSet) return false;
  return ownersOf(claim).some((reference) => {
    const owner = [set, pod].find((one) => names(reference, one));
    return owner ? reference.uid !== owner.metadata.uid : reference.controller === true;
  });
}

/** Whether the claim is owned by whom it should go with. One in a state nobody here made is left as it is. */
export function isOwnedAsWanted(claim: PersistentVolumeClaim, set: StatefulSet, pod: Pod, inRange: boolean): boolean {
  if (hasStaleOwner(claim, set) || hasStaleOwner(claim, pod)) return true;
  const bySet = isOwnedBy(claim, set);
  const byPod = isOwnedBy(claim, pod);
  if (hasOtherController(claim, set, pod)) return !bySet && !byPod;
  const lacksController = ownersOf(claim).some(
    ({ uid, controller }) => (uid === set.metadata.uid || uid === pod.metadata.uid) && controller !== true,
  );
  if (lacksController) return false;
  const wanted = wantedOwners(set, inRange);
  return bySet === wanted.set && byPod === wanted.pod;
}

/** The claim owned by whom it should go with. */
export function withWantedOwners(
  claim: PersistentVolumeClaim,
  set: StatefulSet,
  pod: Pod,
  inRange: boolean,
): PersistentVolumeClaim {
  const copy = deepCopy(claim);
  const others = ownersOf(claim).filter((reference) => !names(reference, set) && !names(reference, pod));
  const wanted = hasOtherController(claim, set, pod) ? { set: false, pod: false } : wantedOwners(set, inRange);
  const owners = [...(wanted.pod ? [controllerReference(pod)] : []), ...(wanted.set ? [controllerReference(set)] : [])];
  copy.metadata.ownerReferences = [...others, ...owners];
  return copy;
}

function wantedOwners(set: StatefulSet, inRange: boolean): { set: boolean; pod: boolean } {
  const { deletesScaled, deletesWithSet } = retentionOf(set);
  return { set: deletesWithSet && (inRange || !deletesScaled), pod: deletesScaled && !inRange };
}

function ownersOf(claim: PersistentVolumeClaim): readonly OwnerReference[] {
  return claim.metadata.ownerReferences ?? [];
}

function isOwnedBy(claim: PersistentVolumeClaim, owner: KubeObject): boolean {
  return ownersOf(claim).some(({ uid }) => uid === (owner.metadata.uid ?? ''));
}

function names(reference: OwnerReference, object: KubeObject): boolean {
  const { apiVersion, kind, name } = reference;
  return apiVersion === object.apiVersion && kind === object.kind && name === object.metadata.name;
}
