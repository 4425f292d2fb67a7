import { isPodTerminal } from '../../api/pods.js';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types/storage.js';
import {
  BIND_COMPLETED,
  BOUND_BY_CONTROLLER,
  classOfClaim,
  defaultClass,
  delaysBinding,
  isBoundTo,
  namesClass,
  SELECTED_NODE,
  STORAGE_PROVISIONER,
} from '../../api/volumes/claims.js';
import { whyUnsuitable } from '../../api/volumes/matching.js';
import type { Waiting } from '../../kernel/wait.js';
import { SyncError } from '../machinery/failures.js';
import { keyOf } from '../machinery/keys.js';
import { bestMatch } from './best-match.js';
import { type Binder, claimKeyOf } from './binder.js';
import { migratedAnnotations } from './migrated-plugins.js';
import { provisionClaim } from './provision.js';
import { bind, loseClaim, saveClaim, setClaimStatus } from './writes.js';

const NO_REFERENCE = 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!';
const NO_VOLUME = 'Bound claim has lost its PersistentVolume. Data on the volume is lost!';
const TWO_CLAIMS = 'Two claims are bound to the same volume, this one is bound incorrectly';
const NOTHING_TO_BIND = 'no persistent volumes available for this claim and no storage class is set';

/** Brings one claim to its volume, or says why there is none (PersistentVolumeController.syncClaim). */
export function* syncClaim(binder: Binder, given: PersistentVolumeClaim): Waiting<void> {
  let claim = given;
  const annotations = migratedAnnotations(claim, claim.metadata.annotations?.[STORAGE_PROVISIONER]);
  if (annotations) claim = yield* saveClaim(binder, { ...claim, metadata: { ...claim.metadata, annotations } });
  if (claim.metadata.annotations?.[BIND_COMPLETED] !== undefined) yield* syncBound(binder, claim);
  else if (claim.spec.volumeName) yield* syncNamed(binder, claim, claim.spec.volumeName);
  else yield* syncOpen(binder, claim);
}

/** A claim that says nothing of which volume it gets. */
function* syncOpen(binder: Binder, claim: PersistentVolumeClaim): Waiting<void> {
  const delayed = delaysBinding(binder.classes.get(undefined, classOfClaim(claim)));
  const volume = bestMatch(claim, binder.volumes.values(), delayed);
  if (volume) return yield* bind(binder, volume, claim);
  if (yield* giveDefaultClass(binder, claim)) return;
  if (delayed && claim.metadata.annotations?.[SELECTED_NODE] === undefined) tellOfWaiting(binder, claim);
  else if (classOfClaim(claim) !== '') return provisionClaim(binder, claim);
  else binder.recorder.event(claim, 'Normal', 'FailedBinding', NOTHING_TO_BIND);
  yield* setClaimStatus(binder, claim, 'Pending');
}

/** A claim made before there was a default class gets it now. Tells whether it did: the claim comes again then. */
function* giveDefaultClass(binder: Binder, claim: PersistentVolumeClaim): Waiting<boolean> {
  const name = namesClass(claim) ? undefined : defaultClass(binder.classes.list())?.metadata.name;
  if (name === undefined) return false;
  yield* saveClaim(binder, { ...claim, spec: { ...claim.spec, storageClassName: name } });
  return true;
}

function tellOfWaiting(binder: Binder, claim: PersistentVolumeClaim): void {
  const names = binder
    .podsUsing(keyOf(claim))
    .filter((pod) => !isPodTerminal(pod) && !pod.spec.nodeName)
    .map(({ metadata }) => metadata.name);
  if (names.length === 0) {
    const message = 'waiting for first consumer to be created before binding';
    binder.recorder.event(claim, 'Normal', 'WaitForFirstConsumer', message);
    return;
  }
  const message = `waiting for pod${names.length > 1 ? 's' : ''} ${names.join(',')} to be scheduled`;
  binder.recorder.event(claim, 'Normal', 'WaitForPodScheduled', message);
}

/** A claim that names its volume. */
function* syncNamed(binder: Binder, claim: PersistentVolumeClaim, name: string): Waiting<void> {
  const volume = binder.volumes.get(name);
  if (!volume) yield* setClaimStatus(binder, claim, 'Pending');
  else if (!volume.spec.claimRef) yield* takeFree(binder, volume, claim);
  else if (isBoundTo(volume, claim)) yield* bind(binder, volume, claim);
  else yield* refuse(binder, volume, claim);
}

function* takeFree(binder: Binder, volume: PersistentVolume, claim: PersistentVolumeClaim): Waiting<void> {
  const why = whyUnsuitable(volume, claim);
  if (why === undefined) return yield* bind(binder, volume, claim);
  const message = `Cannot bind to requested volume ${JSON.stringify(volume.metadata.name)}: ${why}`;
  binder.recorder.event(claim, 'Warning', 'VolumeMismatch', message);
  yield* setClaimStatus(binder, claim, 'Pending');
}

/** Somebody else has the volume. */
function* refuse(binder: Binder, volume: PersistentVolume, claim: PersistentVolumeClaim): Waiting<void> {
  const name = JSON.stringify(volume.metadata.name);
  binder.recorder.event(claim, 'Warning', 'FailedBinding', `volume ${name} already bound to a different claim.`);
  if (claim.metadata.annotations?.[BOUND_BY_CONTROLLER] === undefined) yield* setClaimStatus(binder, claim, 'Pending');
  else
    throw new SyncError(
      `invalid binding of claim "${keyOf(claim)}" to volume "${claim.spec.volumeName}": volume already claimed by "${claimKeyOf(volume)}"`,
    );
}

/** A claim that has been bound before: it stays so, or is lost for good. */
function* syncBound(binder: Binder, claim: PersistentVolumeClaim): Waiting<void> {
  const { volumeName } = claim.spec;
  if (!volumeName) return yield* loseClaim(binder, claim, { reason: 'ClaimLost', message: NO_REFERENCE });
  const volume = binder.volumes.get(volumeName);
  if (!volume) return yield* loseClaim(binder, claim, { reason: 'ClaimLost', message: NO_VOLUME });
  const { claimRef } = volume.spec;
  if (!claimRef || claimRef.uid === claim.metadata.uid) return yield* bind(binder, volume, claim);
  yield* loseClaim(binder, claim, { reason: 'ClaimMisbound', message: TWO_CLAIMS });
}
