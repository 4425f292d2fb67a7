import { matchesSelector, type Selector, selectorFromObject } from '../../../api/labels.js';
import type { KubeObject, LabelSelector } from '../../../api/object.js';
import { notFound, type Status } from '../../../api/status.js';
import { objectOf } from '../../storage/stored-object.js';
import type { Attributes } from './attributes.js';

/** Selectors of a webhook or policy, read once. */
export interface Selectors {
  readonly namespaces: Selector;
  readonly objects: Selector;
}

/** Reads the selectors of a webhook or policy; an empty one selects everything. */
export function readSelectors(given: {
  readonly namespaceSelector?: LabelSelector | undefined;
  readonly objectSelector?: LabelSelector | undefined;
}): Selectors {
  return {
    namespaces: selectorFromObject(given.namespaceSelector ?? {}),
    objects: selectorFromObject(given.objectSelector ?? {}),
  };
}

/** Whether the request's namespace is selected; the Status of whoever could not find it. */
export function matchesNamespace({ namespaces }: Selectors, attributes: Attributes): boolean | Status {
  const { namespace, request } = attributes;
  if (namespace === '' && attributes.own.resource.resource !== 'namespaces') return true;
  if (namespaces?.length === 0) return true;
  if (attributes.bringsNamespace) return matchesSelector(namespaces, request.object?.metadata.labels);
  const found = namespaceObject(attributes);
  if (!found) return notFound({ group: '', resource: 'namespaces' }, namespace);
  return matchesSelector(namespaces, found.metadata.labels);
}

/** Whether the object is selected, as it was or as it is to be. */
export function matchesObject({ objects }: Selectors, { request: { object, old } }: Attributes): boolean {
  if (objects?.length === 0) return true;
  return [object, old].some((one) => one?.metadata !== undefined && matchesSelector(objects, one.metadata.labels));
}

/** The namespace a request is in, as it is kept. */
export function namespaceObject({ namespace, request: { store } }: Attributes): KubeObject | undefined {
  const entry = namespace === '' ? undefined : store.get(`/registry/namespaces/${namespace}`);
  return entry && objectOf(entry);
}
