import { isNotFound } from '../../../api/status.js';
import type { VolumeSnapshot, VolumeSnapshotContent } from '../../../api/types/snapshots.js';
import type { PersistentVolumeClaim } from '../../../api/types/storage.js';
import type { ApiClient } from '../../../client/client.js';
import type { Informer } from '../../../client/informer.js';
import type { Waiting } from '../../../kernel/wait.js';
import { STORAGE } from '../../provisioner/storage-types.js';
import { BOUND_FINALIZER, CLAIM_FINALIZER, keyOf, SnapshotError, SOURCE_FINALIZER } from './snapshot-names.js';
import { type Sources, sourceClaim } from './snapshot-source.js';
import { SNAPSHOT_GROUP, SNAPSHOTS } from './snapshot-types.js';

const FAILED = 'snapshot controller failed to update';

/** Keeps snapshots as long as something hangs on them, and claims as long as snapshots are taken of them. */
export class Finalizers {
  constructor(
    private readonly client: ApiClient,
    private readonly sources: Sources,
    private readonly snapshots: Informer<VolumeSnapshot>,
  ) {}

  /** Gives a snapshot the finalizers that it should have; the second when its content goes with it. */
  *keep(snapshot: VolumeSnapshot, content: VolumeSnapshotContent | undefined): Waiting<VolumeSnapshot> {
    const { finalizers = [] } = snapshot.metadata;
    const wanted = [SOURCE_FINALIZER, ...(content?.spec.deletionPolicy === 'Delete' ? [BOUND_FINALIZER] : [])];
    const missing = wanted.filter((name) => !finalizers.includes(name));
    return missing.length === 0 ? snapshot : yield* this.write(snapshot, [...finalizers, ...missing]);
  }

  /** Takes them away; the one for the content stays until that is gone. */
  *letGo(snapshot: VolumeSnapshot, withContent: boolean): Waiting<void> {
    yield* this.releaseClaim(snapshot, true);
    const { finalizers = [] } = snapshot.metadata;
    const left = finalizers.filter((name) => name !== SOURCE_FINALIZER && !(withContent && name === BOUND_FINALIZER));
    if (left.length < finalizers.length) yield* this.write(snapshot, left);
  }

  /** Keeps the claim until the snapshot was taken. Throws `SnapshotError`. */
  *holdClaim(snapshot: VolumeSnapshot): Waiting<void> {
    if (snapshot.spec.source.persistentVolumeClaimName === undefined) return;
    let claim: PersistentVolumeClaim;
    try {
      claim = sourceClaim(this.sources, snapshot);
    } catch (error) {
      if (!(error instanceof SnapshotError)) throw error;
      throw new SnapshotError(`${FAILED} ${snapshot.metadata.name} on API server: cannot get claim from snapshot`);
    }
    const { metadata } = claim;
    const { finalizers = [] } = metadata;
    if (finalizers.includes(CLAIM_FINALIZER)) return;
    if (metadata.deletionTimestamp)
      throw new SnapshotError(
        `${FAILED} ${metadata.name} on API server: cannot add finalizer on claim because it is being deleted`,
      );
    const kept = { ...claim, metadata: { ...metadata, finalizers: [...finalizers, CLAIM_FINALIZER] } };
    yield* this.client.update(STORAGE.claims, kept);
  }

  /** Lets the claim go when no snapshot is being taken of it. */
  *releaseClaim(snapshot: VolumeSnapshot, isGoing: boolean): Waiting<void> {
    const name = snapshot.spec.source.persistentVolumeClaimName ?? '';
    const claim = this.sources.claims.get(snapshot.metadata.namespace, name);
    if (!claim?.metadata.finalizers?.includes(CLAIM_FINALIZER)) return;
    const isTaken = this.snapshots.list().some((one) => {
      if (one.metadata.namespace !== snapshot.metadata.namespace) return false;
      const isThis = keyOf(one) === keyOf(snapshot);
      if (isThis && isGoing) return false;
      const { status } = isThis ? snapshot : one;
      return one.spec.source.persistentVolumeClaimName === name && !status?.readyToUse;
    });
    if (isTaken) return;
    try {
      const now = yield* this.client.get<PersistentVolumeClaim>(STORAGE.claims, name, claim.metadata.namespace);
      const others = (now.metadata.finalizers ?? []).filter((one) => one !== CLAIM_FINALIZER);
      yield* this.client.update(STORAGE.claims, { ...now, metadata: { ...now.metadata, finalizers: others } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  /** Whether a claim waits for a volume that is made of a snapshot. */
  isRestored({ metadata }: VolumeSnapshot): boolean {
    return this.sources.claims.list().some(({ metadata: { namespace }, spec, status }) => {
      const { kind, name, apiGroup } = spec.dataSource ?? {};
      const isSource = kind === 'VolumeSnapshot' && apiGroup === SNAPSHOT_GROUP && name === metadata.name;
      return isSource && namespace === metadata.namespace && status?.phase === 'Pending';
    });
  }

  private *write(snapshot: VolumeSnapshot, finalizers: string[]): Waiting<VolumeSnapshot> {
    const metadata = { ...snapshot.metadata, finalizers };
    try {
      return yield* this.client.update<VolumeSnapshot>(SNAPSHOTS.snapshots, { ...snapshot, metadata });
    } catch (error) {
      if (isNotFound(error)) return snapshot;
      throw error;
    }
  }
}
