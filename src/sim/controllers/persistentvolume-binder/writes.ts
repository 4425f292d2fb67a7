import { deepCopy, deepEqual } from '../../api/object.js';
import { compareQuantity } from '../../api/quantity.js';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types/storage.js';
import { BIND_COMPLETED, BOUND_BY_CONTROLLER, isBoundTo, PRE_RESIZE_CAPACITY } from '../../api/volumes/claims.js';
import { sizeOf } from '../../api/volumes/matching.js';
import { referenceOf } from '../../client/object-reference.js';
import type { Waiting } from '../../kernel/wait.js';
import { PERSISTENT_VOLUME_CLAIMS, PERSISTENT_VOLUMES } from '../machinery/resource-types.js';
import type { Binder } from './binder.js';

/** An event that is told when a phase changes, and only then. */
export interface PhaseEvent {
  readonly reason: string;
  readonly message: string;
}

/** Writes a volume; what the server answers is known from then on. */
export function* saveVolume(binder: Binder, volume: PersistentVolume, status = false): Waiting<PersistentVolume> {
  const options = status ? { subresource: 'status' } : {};
  const saved = yield* binder.context.client.update<PersistentVolume>(PERSISTENT_VOLUMES, volume, options);
  binder.volumes.put(saved);
  return saved;
}

/** Writes a claim; what the server answers is known from then on. */
export function* saveClaim(
  binder: Binder,
  claim: PersistentVolumeClaim,
  status = false,
): Waiting<PersistentVolumeClaim> {
  const options = status ? { subresource: 'status' } : {};
  const saved = yield* binder.context.client.update<PersistentVolumeClaim>(PERSISTENT_VOLUME_CLAIMS, claim, options);
  binder.claims.put(saved);
  return saved;
}

/** Brings a volume into a phase, and warns of it where there is something to say. */
export function* setVolumePhase(
  binder: Binder,
  volume: PersistentVolume,
  phase: string,
  event?: PhaseEvent,
): Waiting<PersistentVolume> {
  if (volume.status?.phase === phase) return volume;
  const { message: _, ...status } = volume.status ?? {};
  const copy = { ...volume, status: { ...status, phase, ...(event ? { message: event.message } : {}) } };
  const saved = yield* saveVolume(binder, copy, true);
  if (event) binder.recorder.event(saved, 'Warning', event.reason, event.message);
  return saved;
}

/** Brings a claim's status to a phase and to what its volume has; without a volume it has nothing (updateClaimStatus). */
export function* setClaimStatus(
  binder: Binder,
  claim: PersistentVolumeClaim,
  phase: string,
  volume?: PersistentVolume,
): Waiting<PersistentVolumeClaim> {
  const before = claim.status ?? {};
  const status: NonNullable<PersistentVolumeClaim['status']> = { ...before, phase };
  if (!volume) {
    delete status.accessModes;
    delete status.capacity;
    delete status.currentVolumeAttributesClassName;
  } else {
    if (volume.spec.accessModes) status.accessModes = volume.spec.accessModes;
    if (before.phase !== phase) {
      const capacity = capacityToTell(before, volume);
      if (capacity) status.capacity = capacity;
      if (before.phase === 'Pending' && phase === 'Bound') {
        const { volumeAttributesClassName: attributes } = volume.spec;
        if (attributes === undefined) delete status.currentVolumeAttributesClassName;
        else status.currentVolumeAttributesClassName = attributes;
      }
    }
  }
  if (deepEqual(status, before)) return claim;
  return yield* saveClaim(binder, { ...claim, status }, true);
}

/** What a claim that becomes bound is told to have; a volume whose file system is smaller than it says so. */
function capacityToTell(
  before: NonNullable<PersistentVolumeClaim['status']>,
  { metadata, spec }: PersistentVolume,
): Record<string, string> | undefined {
  const earlier = metadata.annotations?.[PRE_RESIZE_CAPACITY];
  if (earlier !== undefined) return { ...before.capacity, storage: earlier };
  const differs =
    before.capacity?.['storage'] === undefined || compareQuantity(sizeOf(spec.capacity), sizeOf(before.capacity)) !== 0;
  return differs ? spec.capacity : undefined;
}

/** A claim whose volume is lost: told once. */
export function* loseClaim(binder: Binder, claim: PersistentVolumeClaim, event: PhaseEvent): Waiting<void> {
  if (claim.status?.phase === 'Lost') return;
  const saved = yield* setClaimStatus(binder, claim, 'Lost');
  binder.recorder.event(saved, 'Warning', event.reason, event.message);
}

/** Binds volume and claim to each other, the volume first; whatever is done already is left as it is. */
export function* bind(binder: Binder, volume: PersistentVolume, claim: PersistentVolumeClaim): Waiting<void> {
  const bound = boundVolume(volume, claim);
  const saved = bound === volume ? volume : yield* saveVolume(binder, bound);
  const settled = yield* setVolumePhase(binder, saved, 'Bound');
  const linked = boundClaim(claim, settled);
  const told = linked === claim ? claim : yield* saveClaim(binder, linked);
  yield* setClaimStatus(binder, told, 'Bound', settled);
}

/** A volume as it is when the claim has it; the same object when it is so (GetBindVolumeToClaim). */
function boundVolume(volume: PersistentVolume, claim: PersistentVolumeClaim): PersistentVolume {
  const { claimRef } = volume.spec;
  const isLinked = isBoundTo(volume, claim) && claimRef?.uid === claim.metadata.uid;
  const isMarked = isBoundTo(volume, claim) || volume.metadata.annotations?.[BOUND_BY_CONTROLLER] !== undefined;
  if (isLinked && isMarked) return volume;
  const copy = deepCopy(volume);
  if (!isLinked) copy.spec.claimRef = { ...referenceOf(claim) };
  if (!isMarked) copy.metadata.annotations = { ...copy.metadata.annotations, [BOUND_BY_CONTROLLER]: 'yes' };
  return copy;
}

function boundClaim(claim: PersistentVolumeClaim, { metadata }: PersistentVolume): PersistentVolumeClaim {
  const isLinked = claim.spec.volumeName === metadata.name;
  const annotations = claim.metadata.annotations ?? {};
  if (isLinked && annotations[BIND_COMPLETED] !== undefined) return claim;
  const copy = deepCopy(claim);
  copy.metadata.annotations = {
    ...annotations,
    ...(annotations[BIND_COMPLETED] === undefined ? { [BIND_COMPLETED]: 'yes' } : {}),
    ...(isLinked || annotations[BOUND_BY_CONTROLLER] !== undefined ? {} : { [BOUND_BY_CONTROLLER]: 'yes' }),
  };
  if (!isLinked && metadata.name !== undefined) copy.spec.volumeName = metadata.name;
  return copy;
}

/** Takes a volume back from its claim: what was written by hand stays without the uid, all else goes. */
export function* unbindVolume(binder: Binder, volume: PersistentVolume): Waiting<void> {
  const copy = deepCopy(volume);
  if (volume.metadata.annotations?.[BOUND_BY_CONTROLLER] !== undefined) {
    delete copy.spec.claimRef;
    const { [BOUND_BY_CONTROLLER]: _, ...annotations } = copy.metadata.annotations ?? {};
    if (Object.keys(annotations).length > 0) copy.metadata.annotations = annotations;
    else delete copy.metadata.annotations;
  } else if (copy.spec.claimRef) delete copy.spec.claimRef.uid;
  yield* setVolumePhase(binder, yield* saveVolume(binder, copy), 'Available');
}
