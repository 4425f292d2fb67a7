import { CLASS_ANNOTATION } from '../../api/kinds/persistent-volume.js';
import { readQuantity } from '../../api/kinds/quantity-rules.js';
import { compareQuantity } from '../../api/quantity.js';
import { forbiddenRequest, StatusError } from '../../api/status.js';
import type { PersistentVolumeClaim, StorageClass } from '../../api/types/storage.js';
import type { Store } from '../../store/store.js';
import { groupResource } from '../served-kind.js';
import { objectOf } from '../storage/stored-object.js';
import type { Admission } from './admission.js';

/** A claim grows only when it is bound and its class says that volumes may grow. */
export const PERSISTENT_VOLUME_CLAIM_RESIZE: Admission = {
  name: 'PersistentVolumeClaimResize',
  validate({ kind, subresource, operation, object, old, store }) {
    if (kind.kind !== 'PersistentVolumeClaim' || kind.group !== '' || subresource !== '') return;
    if (operation !== 'UPDATE' || !object || !old) return;
    const claim = object as PersistentVolumeClaim;
    const before = old as PersistentVolumeClaim;
    if (compareQuantity(sizeOf(claim), sizeOf(before)) <= 0) return;
    const refuse = (why: string) =>
      new StatusError(forbiddenRequest(groupResource(kind), claim.metadata.name ?? '', why));
    if (before.status?.phase !== 'Bound') throw refuse('Only bound persistent volume claims can be expanded');
    if (mayGrow(store, classOf(claim), classOf(before))) return;
    throw refuse(
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    );
  },
};

function sizeOf({ spec }: PersistentVolumeClaim) {
  return readQuantity(spec?.resources?.requests?.['storage']);
}

function classOf({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata.annotations?.[CLASS_ANNOTATION] ?? spec?.storageClassName ?? '';
}

function mayGrow(store: Store, name: string, before: string): boolean {
  if (name === '' || name !== before) return false;
  const entry = store.get(`/registry/storageclasses/${name}`);
  return entry !== undefined && (objectOf(entry) as StorageClass).allowVolumeExpansion === true;
}
