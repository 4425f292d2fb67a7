import { CLASS_ANNOTATION } from '../../api/kinds/persistent-volume.js';
import { isDefaultClass } from '../../api/kinds/storage-class.js';
import type { KubeObject } from '../../api/object.js';
import type { PersistentVolumeClaim } from '../../api/types/storage.js';
import type { Store } from '../../store/store.js';
import { objectOf } from '../storage/stored-object.js';
import type { Admission } from './admission.js';
import { newestFirst } from './newest-first.js';

/** Claims that name no class get the default one; of several the newest, then the first by name. */
export const DEFAULT_STORAGE_CLASS: Admission = {
  name: 'DefaultStorageClass',
  mutate({ kind, subresource, operation, object, store }) {
    if (kind.kind !== 'PersistentVolumeClaim' || kind.group !== '' || subresource !== '') return;
    if (operation !== 'CREATE' || !object) return;
    const { metadata, spec } = object as PersistentVolumeClaim;
    if (!spec || spec.storageClassName !== undefined || metadata.annotations?.[CLASS_ANNOTATION] !== undefined) return;
    const name = defaultClass(store)?.metadata.name;
    if (name !== undefined) spec.storageClassName = name;
  },
};

function defaultClass(store: Store): KubeObject | undefined {
  const classes = store.range({ prefix: '/registry/storageclasses/' }).entries.map((entry) => objectOf(entry));
  return classes.filter(isDefaultClass).sort(newestFirst)[0];
}
