import { groupResource } from '../served-kind.js';
import type { Admission } from './admission.js';

/** By resource and group, the finalizer that keeps an object until nobody uses it. */
const FINALIZERS: Readonly<Record<string, string>> = {
  'persistentvolumeclaims/': 'kubernetes.io/pvc-protection',
  'persistentvolumes/': 'kubernetes.io/pv-protection',
  'volumeattributesclasses/storage.k8s.io': 'kubernetes.io/vac-protection',
};

/** Volumes, claims and classes of attributes stay while they are in use, also when somebody deletes them. */
export const STORAGE_OBJECT_IN_USE_PROTECTION: Admission = {
  name: 'StorageObjectInUseProtection',
  mutate({ kind, subresource, operation, object }) {
    if (operation !== 'CREATE' || subresource !== '' || !object) return;
    const { group, resource } = groupResource(kind);
    const finalizer = FINALIZERS[`${resource}/${group}`];
    if (finalizer === undefined || object.metadata.finalizers?.includes(finalizer)) return;
    object.metadata.finalizers = [...(object.metadata.finalizers ?? []), finalizer];
  },
};
