import { deepCopy } from '../../api/object.js';
import { isAlreadyExists, isConflict, isNotFound, StatusError } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolumeClaim } from '../../api/types/storage.js';
import type { StatefulSet } from '../../api/types/workloads.js';
import type { Informer } from '../../client/informer.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { OwnWrites } from '../machinery/consistency.js';
import type { ControllerContext, EventRecorder } from '../machinery/context.js';
import { aggregate, isExpectedFailure, SyncError } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { PERSISTENT_VOLUME_CLAIMS, PODS } from '../machinery/resource-types.js';
import {
  claimsFor,
  hasOtherController,
  hasStaleOwner,
  isOwnedAsWanted,
  retentionOf,
  withWantedOwners,
} from './claims.js';
import { giveIdentity, giveStorage, hasIdentity, hasStorage, isInRange, ordinalOf } from './identity.js';

/** client-go's DefaultBackoff for conflicts. */
const CONFLICT_TRIES_MAX = 4;
const CONFLICT_DELAY = 10 * MILLISECOND;
const CONFLICT_FACTOR = 5;

const VERBS = { create: 'Create', delete: 'Delete', update: 'Update' } as const;

/** Makes, mends and deletes pods of stateful sets and their claims, and tells about it in events on the set. */
export class StatefulPodControl {
  /** Claims as last written, for as long as the cache has older ones. */
  private readonly written = new Map<string, PersistentVolumeClaim>();
  private newest = 0;

  constructor(
    private readonly context: Pick<ControllerContext, 'client' | 'sys'>,
    private readonly recorder: EventRecorder,
    private readonly pods: Informer<Pod>,
    private readonly claims: Informer<PersistentVolumeClaim>,
    private readonly writes: OwnWrites,
  ) {}

  /** Makes a pod, its claims first. */
  *create(set: StatefulSet, pod: Pod): Waiting<void> {
    yield* this.telling('create', set, pod, () => this.createClaims(set, pod));
    let failure: Error | undefined;
    try {
      const made = yield* this.context.client.create<Pod>(PODS, pod);
      this.writes.wrote(keyOf(set), this.pods, PODS, made);
    } catch (error) {
      if (!isExpectedFailure(error) || isAlreadyExists(error)) throw error;
      failure = error;
    }
    yield* this.telling('update', set, pod, () => this.updateClaims(set, pod));
    this.tell('create', set, pod, failure);
    if (failure) throw failure;
  }

  /** Deletes a pod; one that is gone already counts as deleted. */
  *delete(set: StatefulSet, pod: Pod): Waiting<void> {
    const { name = '', namespace } = pod.metadata;
    try {
      const deleted = yield* this.context.client.delete(PODS, name, namespace);
      this.writes.wrote(keyOf(set), this.pods, PODS, deleted);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      if (!isNotFound(error)) {
        this.tell('delete', set, pod, error);
        throw error;
      }
    }
    this.tell('delete', set, pod);
  }

  /** Gives a pod its identity, its storage and its claims' owners back where it lacks them. */
  *update(set: StatefulSet, original: Pod): Waiting<void> {
    let pod = deepCopy(original);
    let attempted = false;
    for (let tries = 1, delay = CONFLICT_DELAY; ; tries += 1, delay *= CONFLICT_FACTOR) {
      try {
        if (yield* this.makeConsistent(set, pod)) break;
        attempted = true;
        const updated = yield* this.context.client.update<Pod>(PODS, pod);
        this.writes.wrote(keyOf(set), this.pods, PODS, updated);
        break;
      } catch (error) {
        if (!isExpectedFailure(error)) throw error;
        if (!isConflict(error) || tries >= CONFLICT_TRIES_MAX) {
          if (attempted) this.tell('update', set, pod, error);
          throw error;
        }
        pod = deepCopy(this.pods.get(set.metadata.namespace, pod.metadata.name ?? '') ?? pod);
      }
      yield* this.context.sys.sleep(delay);
    }
    if (attempted) this.tell('update', set, pod);
  }

  /** Makes the claims a pod waits for. */
  *createMissingClaims(set: StatefulSet, pod: Pod): Waiting<void> {
    yield* this.createClaims(set, pod);
    yield* this.telling('update', set, pod, () => this.updateClaims(set, pod));
  }

  /** Whether the claims of a pod are owned as the set's policy wants. */
  claimsAreOwned(set: StatefulSet, pod: Pod): boolean {
    const inRange = isInRange(set, ordinalOf(pod));
    return this.storedClaims(set, pod).every((claim) => isOwnedAsWanted(claim, set, pod, inRange));
  }

  /** Gives the claims of a pod the owners that the set's policy wants. */
  *updateClaims(set: StatefulSet, pod: Pod): Waiting<void> {
    const inRange = isInRange(set, ordinalOf(pod));
    for (const claim of this.storedClaims(set, pod)) {
      const { name } = claim.metadata;
      if (hasOtherController(claim, set, pod)) {
        const message = `PersistentVolumeClaim ${name} has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim`;
        this.recorder.event(set, 'Warning', 'ConflictingController', message);
      }
      if (isOwnedAsWanted(claim, set, pod, inRange)) continue;
      try {
        const owned = withWantedOwners(claim, set, pod, inRange);
        this.wroteClaim(set, yield* this.context.client.update(PERSISTENT_VOLUME_CLAIMS, owned));
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        const message = `could not update claim ${name} for delete policy ownerRefs: ${error.message}`;
        throw new StatusError({ ...error.status, message });
      }
    }
  }

  /** Whether a claim of the pod still belongs to its forerunner, and so is about to go: a new pod waits for that. */
  hasStaleClaim(set: StatefulSet, pod: Pod): boolean {
    return retentionOf(set).deletesScaled && this.storedClaims(set, pod).some((claim) => hasStaleOwner(claim, pod));
  }

  private storedClaims(set: StatefulSet, pod: Pod): PersistentVolumeClaim[] {
    return claimsFor(set, ordinalOf(pod)).flatMap(({ claim }) => this.storedClaim(keyOf(claim)) ?? []);
  }

  private storedClaim(key: string): PersistentVolumeClaim | undefined {
    if (Number(this.claims.version) >= this.newest) this.written.clear();
    const { namespace, name } = splitKey(key);
    return this.written.get(key) ?? this.claims.get(namespace, name);
  }

  private wroteClaim(set: StatefulSet, claim: PersistentVolumeClaim): void {
    this.written.set(keyOf(claim), claim);
    this.newest = Number(claim.metadata.resourceVersion);
    this.writes.wrote(keyOf(set), this.claims, PERSISTENT_VOLUME_CLAIMS, claim);
  }

  /** Whether nothing has to be written: what was missing in the pod is put in. */
  private *makeConsistent(set: StatefulSet, pod: Pod): Waiting<boolean> {
    let consistent = true;
    if (!hasIdentity(set, pod)) {
      giveIdentity(set, pod);
      consistent = false;
    }
    if (!hasStorage(set, pod)) {
      giveStorage(set, pod);
      consistent = false;
      yield* this.telling('update', set, pod, () => this.createClaims(set, pod));
    }
    if (!this.claimsAreOwned(set, pod)) {
      yield* this.telling('update', set, pod, () => this.updateClaims(set, pod));
      consistent = false;
    }
    return consistent;
  }

  private *createClaims(set: StatefulSet, pod: Pod): Waiting<void> {
    const failures: Error[] = [];
    for (const { claim } of claimsFor(set, ordinalOf(pod))) {
      const { name = '' } = claim.metadata;
      const there = this.storedClaim(keyOf(claim));
      if (there) {
        if (there.metadata.deletionTimestamp) failures.push(new SyncError(`pvc ${name} is being deleted`));
        continue;
      }
      try {
        this.wroteClaim(set, yield* this.context.client.create(PERSISTENT_VOLUME_CLAIMS, claim));
        this.tellOfClaim(set, pod, name);
      } catch (error) {
        if (!isExpectedFailure(error)) throw error;
        failures.push(new SyncError(`failed to create PVC ${name}: ${error.message}`));
        if (!isAlreadyExists(error)) this.tellOfClaim(set, pod, name, error);
      }
    }
    const failure = aggregate(failures);
    if (failure) throw failure;
  }

  /** Takes a step and tells of its failure as of the verb's. */
  private *telling(verb: keyof typeof VERBS, set: StatefulSet, pod: Pod, step: () => Waiting<void>): Waiting<void> {
    try {
      yield* step();
    } catch (error) {
      if (isExpectedFailure(error)) this.tell(verb, set, pod, error);
      throw error;
    }
  }

  private tell(verb: keyof typeof VERBS, set: StatefulSet, pod: Pod, failure?: Error): void {
    const words = `${VERBS[verb]} Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name}`;
    if (!failure) return this.recorder.event(set, 'Normal', `Successful${VERBS[verb]}`, `${words} successful`);
    this.recorder.event(set, 'Warning', `Failed${VERBS[verb]}`, `${words} failed error: ${failure.message}`);
  }

  private tellOfClaim(set: StatefulSet, pod: Pod, claim: string, failure?: Error): void {
    const where = `Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name}`;
    if (!failure) {
      return this.recorder.event(set, 'Normal', 'SuccessfulCreate', `Create Claim ${claim} ${where} success`);
    }
    const message = `Create Claim ${claim} for ${where} failed error: ${failure.message}`;
    this.recorder.event(set, 'Warning', 'FailedCreate', message);
  }
}
