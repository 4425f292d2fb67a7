import { isDeleting } from '../../api/pods.js';
import type { PersistentVolume } from '../../api/types/storage.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext } from '../machinery/context.js';
import { keyOf } from '../machinery/keys.js';
import { PERSISTENT_VOLUMES } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';

const FINALIZER = 'kubernetes.io/pv-protection';

/** Lets a volume that is being deleted go when no claim has it any more. */
export const persistentVolumeProtectionController: Controller = {
  name: 'persistentvolume-protection-controller',
  alias: 'pv-protection',
  start: (context) => startProtection(context),
};

function startProtection(context: ControllerContext): void {
  const volumes = context.informer<PersistentVolume>(PERSISTENT_VOLUMES);
  const queue = context.queue('pvprotection');
  const look = (volume: PersistentVolume) => {
    if (isProtected(volume) === isDeleting(volume)) queue.add(keyOf(volume));
  };
  volumes.addHandlers({ added: look, updated: (_, after) => look(after) });
  const sync = function* (name: string): Waiting<void> {
    const volume = volumes.get(undefined, name);
    if (!volume || isProtected(volume) !== isDeleting(volume)) return;
    if (isDeleting(volume) && volume.status?.phase === 'Bound') return;
    const others = (volume.metadata.finalizers ?? []).filter((finalizer) => finalizer !== FINALIZER);
    const finalizers = isDeleting(volume) ? others : [...others, FINALIZER];
    yield* context.client.update(PERSISTENT_VOLUMES, { ...volume, metadata: { ...volume.metadata, finalizers } });
  };
  startWorker(context, queue, sync, retryWithBackoff(context, queue));
}

function isProtected({ metadata }: PersistentVolume): boolean {
  return metadata.finalizers?.includes(FINALIZER) ?? false;
}
