import { isDeleting } from '../../api/pods.js';
import type { PersistentVolume, PersistentVolumeClaim, VolumeAttributesClass } from '../../api/types/storage.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext } from '../machinery/context.js';
import {
  PERSISTENT_VOLUME_CLAIMS,
  PERSISTENT_VOLUMES,
  VOLUME_ATTRIBUTES_CLASSES,
} from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';

const FINALIZER = 'kubernetes.io/vac-protection';

/** Lets a class of attributes that is being deleted go when no volume and no claim names it any more. */
export const volumeAttributesClassProtectionController: Controller = {
  name: 'volumeattributesclass-protection-controller',
  alias: '',
  start: (context) => startProtection(context),
};

function startProtection(context: ControllerContext): void {
  const classes = context.informer<VolumeAttributesClass>(VOLUME_ATTRIBUTES_CLASSES);
  const volumes = context.informer<PersistentVolume>(PERSISTENT_VOLUMES);
  const claims = context.informer<PersistentVolumeClaim>(PERSISTENT_VOLUME_CLAIMS);
  const queue = context.queue('vacprotection');
  const look = (one: VolumeAttributesClass) => {
    if (isProtected(one) === isDeleting(one)) queue.add(one.metadata.name ?? '');
  };
  const lookAt = (names: readonly string[]) => {
    for (const name of names) if (classes.get(undefined, name)) queue.add(name);
  };
  classes.addHandlers({ added: look, updated: (_, after) => look(after) });
  volumes.addHandlers({ deleted: (volume) => lookAt(namesOfVolume(volume)) });
  claims.addHandlers({
    updated: (before, after) => lookAt(namesOfClaim(before).filter((name) => !namesOfClaim(after).includes(name))),
    deleted: (claim) => lookAt(namesOfClaim(claim)),
  });
  const sync = function* (name: string): Waiting<void> {
    const one = classes.get(undefined, name);
    if (!one || isProtected(one) !== isDeleting(one)) return;
    const isUsed =
      volumes.list().some((volume) => namesOfVolume(volume).includes(name)) ||
      claims.list().some((claim) => namesOfClaim(claim).includes(name));
    if (isDeleting(one) && isUsed) return;
    const others = (one.metadata.finalizers ?? []).filter((finalizer) => finalizer !== FINALIZER);
    const finalizers = isDeleting(one) ? others : [...others, FINALIZER];
    yield* context.client.update(VOLUME_ATTRIBUTES_CLASSES, { ...one, metadata: { ...one.metadata, finalizers } });
  };
  startWorker(context, queue, sync, retryWithBackoff(context, queue));
}

function namesOfVolume({ spec }: PersistentVolume): string[] {
  return spec.volumeAttributesClassName ? [spec.volumeAttributesClassName] : [];
}

/** The class a claim wants, the one its volume has, and the one it is being given. */
function namesOfClaim({ spec, status }: PersistentVolumeClaim): string[] {
  const { currentVolumeAttributesClassName: has, modifyVolumeStatus } = status ?? {};
  const names = [spec.volumeAttributesClassName, has, modifyVolumeStatus?.targetVolumeAttributesClassName];
  return names.flatMap((name) => (name ? [name] : []));
}

function isProtected({ metadata }: VolumeAttributesClass): boolean {
  return metadata.finalizers?.includes(FINALIZER) ?? false;
}
