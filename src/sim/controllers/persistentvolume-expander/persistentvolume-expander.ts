import { compareQuantity } from '../../api/quantity.js';
import { isNotFound } from '../../api/status.js';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types/storage.js';
import { PRE_RESIZE_CAPACITY } from '../../api/volumes/claims.js';
import { sizeOf } from '../../api/volumes/matching.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext } from '../machinery/context.js';
import { SyncError } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { PERSISTENT_VOLUME_CLAIMS, PERSISTENT_VOLUMES } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';

const WAITING = 'waiting for an external controller to expand this PVC';

/**
 * Looks after claims that want more than they have. No plugin inside the manager of v1.36 can expand anything, so all it
 * does is to say who is waited for.
 */
export const persistentVolumeExpanderController: Controller = {
  name: 'persistentvolume-expander-controller',
  alias: 'persistentvolume-expander',
  start: (context) => startExpander(context),
};

function startExpander(context: ControllerContext): void {
  const claims = context.informer<PersistentVolumeClaim>(PERSISTENT_VOLUME_CLAIMS);
  const recorder = context.recorder('volume_expand');
  const queue = context.queue('volume_expand');
  const enqueue = (claim: PersistentVolumeClaim) => {
    if (claim.status?.phase === 'Bound') queue.add(keyOf(claim));
  };
  claims.addHandlers({
    added: enqueue,
    updated: (before, after) => {
      const wantsMore = compareQuantity(requestOf(after), requestOf(before)) > 0;
      if (wantsMore || compareQuantity(capacityOf(after), capacityOf(before)) > 0) enqueue(after);
    },
  });
  const sync = function* (key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const claim = claims.get(namespace, name);
    if (!claim) return;
    const volume = yield* volumeOf(context, claim);
    const { claimRef } = volume.spec;
    if (claimRef?.namespace !== namespace || claimRef?.uid !== claim.metadata.uid)
      throw new SyncError(`persistent Volume is not bound to PVC being updated : ${key}`);
    const isPending = volume.metadata.annotations?.[PRE_RESIZE_CAPACITY] !== undefined;
    if (compareQuantity(requestOf(claim), capacityOf(claim)) <= 0 && !isPending) return;
    recorder.event(claim, 'Normal', 'ExternalExpanding', WAITING);
  };
  startWorker(context, queue, sync, retryWithBackoff(context, queue));
}

function* volumeOf({ client }: ControllerContext, { spec }: PersistentVolumeClaim): Waiting<PersistentVolume> {
  try {
    return yield* client.get<PersistentVolume>(PERSISTENT_VOLUMES, spec.volumeName ?? '');
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new SyncError(`failed to get PV "${spec.volumeName}": ${(error as Error).message}`);
  }
}

const requestOf = ({ spec }: PersistentVolumeClaim) => sizeOf(spec.resources?.requests);
const capacityOf = ({ status }: PersistentVolumeClaim) => sizeOf(status?.capacity);
