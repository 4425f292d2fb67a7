import type { KubeObject } from '../../api/object.js';
import type { Store } from '../../store/store.js';
import { objectOf } from '../storage/stored-object.js';
import type { Admission } from './admission.js';
import { newestFirst } from './newest-first.js';

/** The field that took its place came later. */
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const DEFAULT_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';

/** Ingresses that name no class get the default one; of several the newest, then the first by name. */
export const DEFAULT_INGRESS_CLASS: Admission = {
  name: 'DefaultIngressClass',
  mutate({ kind, subresource, operation, object, store }) {
    if (kind.kind !== 'Ingress' || kind.group !== 'networking.k8s.io' || subresource !== '') return;
    if (operation !== 'CREATE' || !object) return;
    const spec = (object['spec'] ?? {}) as { ingressClassName?: string };
    if (spec.ingressClassName != null || object.metadata.annotations?.[CLASS_ANNOTATION] !== undefined) return;
    const name = defaultClass(store)?.metadata.name;
    if (name !== undefined) object['spec'] = { ...spec, ingressClassName: name };
  },
};

function defaultClass(store: Store): KubeObject | undefined {
  const classes = store.range({ prefix: '/registry/ingressclasses/' }).entries.map(objectOf);
  return classes.filter(({ metadata }) => metadata.annotations?.[DEFAULT_ANNOTATION] === 'true').sort(newestFirst)[0];
}
